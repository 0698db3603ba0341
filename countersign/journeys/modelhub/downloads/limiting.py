"""Downloads under speed limits."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.speed import MOST, Limited, fastest_window
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport.answer import Answer

CHANGE_AT_MB = 1.0
OVER_WITHIN = 60.0
SLOW_MBPS = 1


@dataclass(frozen=True)
class Limits:
    """Limited downloads that went on at the same time."""

    each: tuple[Limited, ...]

    @property
    def changed(self) -> tuple[Limited, ...]:
        """Give those whose limit was changed on the way."""
        return tuple(each for each in self.each if each.changed_to is not None)


@dataclass(frozen=True)
class OddLimits:
    """Limits that make no sense, in words, each with the answer to it."""

    each: tuple[tuple[str, Answer], ...]


def downloads_limited(user: HubUser, rows: Sequence[Mapping[str, str]]) -> Limits:
    """Download the models of a table at once; `then` is the limit after the first MB ("the same", "none", "8 Mbps")."""
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": len(rows)})
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    wanted = {model_of(row["model"]): (_mbps(row["limit"]), _mbps(row["then"])) for row in rows}
    watch = Watch(user, wanted)
    started: dict[str, float] = {}
    changed: dict[str, float] = {}
    for model_id, (limit, _) in wanted.items():
        started[model_id] = time.monotonic()
        user.api.downloads.start(model_id, bandwidth_limit_mbps=limit)
    for model_id, (_, then) in wanted.items():
        if then is not None:
            watch.until(model_id, CHANGE_AT_MB)
            user.api.downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=then)
            changed[model_id] = time.monotonic()
    seen = {each.model_id: each for each in watch.until_over(OVER_WITHIN, every=0.1)}
    return Limits(
        tuple(
            Limited(seen[model_id], limit or 0.0, started[model_id], then, changed.get(model_id))
            for model_id, (limit, then) in wanted.items()
        )
    )


def measure(stage: Any, limits: Limits) -> None:
    """Journal the highest rate over 3 s of the download whose limit stayed, against 110 percent of it."""
    [steady] = [each for each in limits.each if each.changed_to is None]
    stage.measure(
        "highest rate over 3 s",
        fastest_window(steady.seen.looks),
        "Mbps",
        samples=len(steady.seen.looks),
        limit=MOST * steady.limit,
        relation="at most",
        statistic="maximum",
        load=f"one download limited to {steady.limit:g} Mbps beside {len(limits.each) - 1} others",
    )


def asks_odd_limits(user: HubUser, model: str) -> OddLimits:
    """Ask for limits that make no sense, at the start of a download and for one that is under way."""
    model_id, limits = model_of(model), personas.material("modelhub_downloads")["odd_limits"]
    starts = _asks(user, model_id, "start", limits)
    user.api.downloads.start(model_id, bandwidth_limit_mbps=SLOW_MBPS)
    return OddLimits((*starts, *_asks(user, model_id, "bandwidth", limits)))


def _asks(user: HubUser, model_id: str, action: str, limits: Mapping[str, Any]) -> list[tuple[str, Answer]]:
    manage = user.api.downloads.try_managing
    return [
        (f"{words} ({action})", manage(model_id, action, bandwidth_limit_mbps=value)) for words, value in limits.items()
    ]


def _mbps(text: str) -> float | None:
    return float(text.removesuffix(" Mbps")) if text[:1].isdigit() else {"none": 0.0, "the same": None}[text]
