"""Waits that are promised while models are on their way, beside how long it really takes."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.alternatives import Situation
from countersign.expect.modelhub.way_out import Promise
from countersign.journeys.modelhub.fallback.suggesting import Situations
from countersign.journeys.modelhub.hub import Hub, model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

OVER_WITHIN = 60.0
SLOWEST_MBPS = 0.1


@dataclass(frozen=True)
class Promises:
    """The waits that were promised."""

    made: tuple[Promise, ...]


def downloads_at_once(user: HubUser, rows: Iterable[Mapping[str, str]]) -> Promises:
    """Start each download of the owner's table with its limit, ask for the wait right away, and wait for the ends.

    Models beside the three of the product are published for it. All downloads run at once.
    """
    user.stage.need("origin-control")
    limits = {_named(row["model"]): float(row["limit"].split()[0]) for row in rows}
    _publish(user.hub, rows)
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": len(limits)})
    told: dict[str, tuple[Any, float]] = {}
    for name, limit in limits.items():
        user.api.downloads.start(name, bandwidth_limit_mbps=limit)
        told[name] = user.api.fallback.suggest(name), time.monotonic()
    over: dict[str, float] = {}

    def all_over() -> None:
        now = time.monotonic()
        for name, progress in user.api.downloads.all().items():
            if name in limits and progress.status == "completed":
                over.setdefault(name, now)
        assert set(over) == set(limits), f"{len(over)} of {len(limits)} downloads are completed"

    eventually(all_over, OVER_WITHIN, every=0.1, what="the downloads to end")
    return Promises(tuple(Promise(name, answer, over[name] - at) for name, (answer, at) in told.items()))


def asks_with_patience(user: HubUser, model: str, rows: Iterable[Mapping[str, str]]) -> Situations:
    """Ask what to do about a model on its way that takes some minutes, with each patience of the owner's table."""
    asked = model_of(model)
    user.api.downloads.start(asked, bandwidth_limit_mbps=SLOWEST_MBPS)
    seen = []
    for row in rows:
        minutes = int(row["patience"].split()[0])
        told = user.api.fallback.suggest(asked, max_wait_minutes=minutes)["fallback_strategy"]
        instead = "none" if row["instead"] == "none" else model_of(row["instead"])
        due = {"advice": row["advice"], "instead": instead, "may wait": row["may wait"]}
        seen.append(Situation(f"{asked} on its way and {minutes} minutes of patience", asked, due, told))
    return Situations(tuple(seen))


def _named(words: str) -> str:
    material = personas.material("modelhub_fallback")
    return str(material["published"].get(words.strip()) or model_of(words))


def _publish(hub: Hub, rows: Iterable[Mapping[str, str]]) -> None:
    extra = {_named(row["model"]): float(row["size"].split()[0]) for row in rows if "another" in row["model"]}
    for name, size in extra.items():
        hub.stage.at_end(lambda name=name: hub.removes(name), f"removing {name}")  # type: ignore[misc]
        hub.source.publishes(name, "1.0.0", size_mb=size)
    hub.admin.caring.look_for_updates()
