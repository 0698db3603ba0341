"""Matchers for what happens when a model is loaded: a fresh look at its files, and no use of damaged ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Health, Task


@dataclass(frozen=True)
class Loaded:
    """A generation, and the health of its model before and after. `task` is None if the order was refused."""

    what: str
    before: Health
    after: Health
    task: Task | None


class LookedAtAnew(Lacking[Loaded]):
    """See `looked_at_anew`."""

    expected = "a look at the files of the model that is newer than the generation"

    def lack(self, item: Any) -> str:
        """Say that no look was taken."""
        if item.after.last_check is None or item.after.last_check == item.before.last_check:
            return f"{item.what}: the files were last looked at {item.after.last_check or 'never'}, as before"
        return ""


def looked_at_anew() -> LookedAtAnew:
    """Match a generation for which the files of its model were looked at."""
    return LookedAtAnew()


class GaveAResult(Lacking[Loaded]):
    """Match a generation with a whole model that gave a result, and left it at full integrity."""

    expected = "a result of a model whose integrity is 1"

    def lack(self, item: Any) -> str:
        """Say how it ended."""
        if item.task is None or item.task.status != "completed" or item.task.mode != "real":
            return f"{item.what}: it {'was refused' if item.task is None else 'ended as ' + item.task.status}"
        score = item.after.integrity_score
        return "" if score == 1 else f"{item.what}: the integrity is told as {score:g}"


def gave_a_result() -> GaveAResult:
    """Match a generation with a whole model that gave a result."""
    return GaveAResult()


class DamagedNotUsed(Lacking[Loaded]):
    """See `not_used_with`."""

    def __init__(self, integrity: float) -> None:
        self.integrity = integrity
        self.expected = f"no result from a damaged model, and an integrity of {integrity:.3f}"

    def lack(self, item: Any) -> str:
        """Say what came of the damaged model."""
        if item.task is not None and item.task.status != "failed":
            return f"{item.what}: the damaged model was used, the generation is {item.task.status}"
        if item.task is not None and not item.task.error:
            return f"{item.what}: the generation failed without a sentence"
        score = item.after.integrity_score
        return "" if abs(score - self.integrity) < 0.001 else f"{item.what}: the integrity is told as {score:g}"


def not_used_with(integrity: float) -> DamagedNotUsed:
    """Match a generation that a damaged model did not make, with the integrity (0 to 1) that is told afterwards."""
    return DamagedNotUsed(integrity)


@dataclass(frozen=True)
class Speed:
    """What is told of the speed of a model, and how long its last runs took (seconds, as the queue tells them)."""

    told: Mapping[str, Any]
    runs: tuple[float, ...]


class SpeedTold(Lacking[Speed]):
    """Match a model whose performance score and average time are told and can be."""

    expected = "a performance score of at most 1 and an average time for a generation"

    def lack(self, item: Any) -> str:
        """Say what is not told."""
        score, average = item.told.get("performance_score"), item.told.get("average_generation_time")
        if not isinstance(score, int | float) or not 0 < score <= 1:
            return f"after {len(item.runs)} runs the performance score is {score}"
        if not isinstance(average, int | float) or average <= 0:
            return f"after {len(item.runs)} runs the average time is {average}"
        return ""


def speed_told() -> SpeedTold:
    """Match a model whose speed is told."""
    return SpeedTold()
