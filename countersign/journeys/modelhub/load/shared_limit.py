"""Many downloads of one user under one speed limit for all of them, while others use the hub."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation
from countersign.expect.modelhub.speed import MOST
from countersign.expect.modelhub.sum import Flow, flow_of
from countersign.journeys.load_figures import excused, vouched
from countersign.journeys.measuring import measure_percentile
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.hub import product_models
from countersign.journeys.modelhub.load.crowd import users
from countersign.journeys.modelhub.load.reader import Reader
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.modelhub.model import ACTIVE, MB
from countersign.transport import eventually

SIZE_MB, CHANGE_AT_MB = 1.6, 9.5
"""Sixteen MB in all: more than 4 s under the first limit, more than 6 s under the halved one."""
OTHERS, OTHERS_EVERY = 5, 0.5
OVER_WITHIN, EVERY = 60.0, 0.1


@dataclass(frozen=True)
class SharedLimit:
    """What left the source under the limit, and the calls of the others meanwhile."""

    flow: Flow
    others: Sequence[Operation]
    injector: InjectorHealth
    load: str


def downloads_limited(user: HubUser, count: int, limit: float) -> SharedLimit:
    """Download so many models under a limit in Mbps for all of them together, and halve it on the way."""
    hub = user.hub
    user.stage.may_take(2 * OVER_WITHIN + 120)
    hub.has_installed([])
    people = users(user.stage, OTHERS)
    names = publishes_extra(hub, count, SIZE_MB)
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": count})
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": limit})
    readers = [Reader(each.api, product_models(), f"{user.stage.options.seed} {each.name}") for each in people]
    with watching_the_injector() as injector:
        flow, outcomes = meanwhile(
            lambda: _flows(user, names, limit), [partial(_reads_on, reader) for reader in readers], within=OVER_WITHIN
        )
    others = list(chain.from_iterable(outcome.get() for outcome in outcomes))
    load = f"{count} downloads of one user under {limit:g} Mbps, {OTHERS} others who read"
    return SharedLimit(flow, others, injector.health, load)


def _flows(user: HubUser, names: Sequence[str], limit: float) -> Flow:
    source, halved = user.hub.source, limit / 2
    for name in names:
        user.api.downloads.start(name)

    def far_enough() -> None:
        sent = source.stats()["total_bytes"] / MB
        assert sent >= CHANGE_AT_MB, f"{sent:.1f} MB have left"

    eventually(far_enough, OVER_WITHIN, every=EVERY, what=f"{CHANGE_AT_MB:g} MB to leave the source")
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": halved})
    # The source's own clock counts: what it sent last is at most a quarter of a second old.
    changed_at = float(source.stats()["timeline"][-1]["at"])
    eventually(lambda: _all_there(user, names), OVER_WITHIN, every=EVERY, what="the downloads to be completed")
    return flow_of(source.stats()["timeline"], limit, halved, changed_at)


def _all_there(user: HubUser, names: Sequence[str]) -> None:
    told = user.api.downloads.all()
    left = [name for name in names if name not in told or told[name].status in ACTIVE]
    assert not left, f"{len(left)} of {len(names)} go on"


def _reads_on(reader: Reader, going_on: GoingOn) -> list[Operation]:
    pace, done = Pace(OTHERS_EVERY), list[Operation]()
    while going_on():
        pace.wait()
        done.append(reader.next())
    return done


def measure(stage: Any, seen: SharedLimit) -> SharedLimit:
    """Journal the highest rates over 3 s before and after the change, and the share of what was allowed."""
    flow = seen.flow
    for limit, since, until in (
        (flow.limit, flow.began, flow.first_until),
        (flow.changed_to, flow.changed_at + 2, flow.ended),
    ):
        stage.measure(
            f"highest rate over 3 s under {limit:g} Mbps",
            flow.fastest(since, until),
            "Mbps",
            samples=len(flow.slots),
            limit=MOST * limit,
            relation="at most",
            statistic="maximum",
            load=seen.load,
        )
    stage.measure(
        "part of the limit that was used",
        100 * flow.came / flow.could,
        "%",
        samples=len(flow.slots),
        limit=70,
        relation="at least",
        load=seen.load,
    )
    excused(stage, missed=flow.came < 0.7 * flow.could)
    return seen


def measure_others(stage: Any, seen: SharedLimit, share: int, limit: float) -> Sequence[float]:
    """Journal how long the calls of the others took; give the times. Raises NotVerified where they say nothing."""
    vouched(stage, seen.injector, seen.load)
    times = [each.seconds for each in seen.others]
    kept = measure_percentile(stage, "calls of others", times, share, below=limit, load=seen.load, required=50)
    excused(stage, missed=kept >= limit)
    return times
