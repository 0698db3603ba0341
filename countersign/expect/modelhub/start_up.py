"""Matchers for a hub right after its start: what it has looked at, begun and recommended of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Found:
    """What was found after a start. `stopped_at`, `checks` and `begun` are times of the hub's own clock.

    `checks` holds the last look at the files of each model, `begun` the moment its newest transfer was started, each
    None if there was none; `recommended` the models for which something is recommended.
    """

    stopped_at: datetime
    checks: Mapping[str, datetime | None]
    begun: Mapping[str, datetime | None]
    recommended: frozenset[str]

    def works_on(self, model_id: str) -> bool:
        """Say whether a transfer of a model was begun since the stop."""
        begun = self.begun.get(model_id)
        return begun is not None and begun > self.stopped_at


class VerifiedAgain(Lacking[Found]):
    """See `verified_again`."""

    expected = "every model looked at again since the start"

    def lack(self, item: Any) -> str:
        """Name the models that were not looked at."""
        old = sorted(name for name, at in item.checks.items() if at is None or at <= item.stopped_at)
        return f"nobody has looked at {', '.join(old)} since the start" if old else ""


def verified_again() -> VerifiedAgain:
    """Match a hub that verified every model after its start."""
    return VerifiedAgain()


class WorkBegun(Lacking[Found]):
    """See `work_begun`."""

    def __init__(self, models: Sequence[str]) -> None:
        self.models = tuple(models)
        self.expected = f"transfers of {' and '.join(models)} begun since the start"

    def lack(self, item: Any) -> str:
        """Name the models for which nothing was begun."""
        idle = [model_id for model_id in self.models if not item.works_on(model_id)]
        return f"no transfer of {', '.join(idle)} has begun since the start" if idle else ""


def work_begun(models: Sequence[str]) -> WorkBegun:
    """Match a hub that began to fetch or repair these models after its start."""
    return WorkBegun(models)


class OnlyRecommends(Lacking[Found]):
    """See `only_recommends`."""

    def __init__(self, models: Sequence[str]) -> None:
        self.models = tuple(models)
        self.expected = f"a recommendation for {' and '.join(models)}, and nothing begun"

    def lack(self, item: Any) -> str:
        """Say what was begun, or what is not recommended."""
        begun = sorted(model_id for model_id in item.begun if item.works_on(model_id))
        if begun:
            return f"a transfer of {', '.join(begun)} was begun without being asked for"
        silent = [model_id for model_id in self.models if model_id not in item.recommended]
        return f"nothing is recommended for {', '.join(silent)}" if silent else ""


def only_recommends(models: Sequence[str]) -> OnlyRecommends:
    """Match a hub that recommends something for each of these models and began no transfer at all."""
    return OnlyRecommends(models)
