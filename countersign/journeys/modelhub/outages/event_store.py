"""The event store goes away for a while during a download and a generation."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.modelhub.parts import PartAway
from countersign.expect.modelhub.snapshots import Snapshot
from countersign.expect.modelhub.whole import Whole
from countersign.faults import rolled_back
from countersign.faults.control import Control
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.outages.arrivals import arrived, begins_slowly, lets_run
from countersign.journeys.modelhub.outages.found import Aftermath
from countersign.journeys.modelhub.outages.health_looks import away
from countersign.journeys.modelhub.outages.orders import OrderBook, ordered, under_way, worded
from countersign.journeys.modelhub.outages.others import Others, control_of
from countersign.journeys.modelhub.outages.recovering import Return, must_be_well, until_holds, until_whole
from countersign.journeys.modelhub.outages.use import Habit
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.load.pace import Pace
from countersign.systems.modelhub.model import ACTIVE
from countersign.systems.modelhub.socket import TopicLine

STORE = "redis"
HABIT = Habit(TEXT, FAST, thinks=0.5)
LIMIT_MBPS, AFTERWARDS_MBPS = 6.0, 4.0
NOTICES_WATCHED, WATCHED_SECONDS, WITHIN = 20.0, 30.0, 90.0
AWAY_SECONDS = 20.0
"""The longest that work under way may take to end (criterion MH-RESIL-08)."""
TOPICS = ("model_status", "download_progress")


@dataclass(frozen=True)
class StoreAway:
    """What was told of the outage, whether the work was over before its end, when the first notice came of something
    that began after it, what new listeners were told, and what was found afterwards."""

    outage: PartAway
    meanwhile: Whole
    told: Whole
    snapshots: Sequence[Snapshot]
    aftermath: Aftermath


@dataclass(frozen=True)
class _Seen:
    lost: float
    back: float
    meanwhile: Whole
    told: Whole
    snapshots: Sequence[Snapshot]


def loses_the_event_store(user: HubUser, people: Others, seconds: float) -> StoreAway:
    """Take the event store away for so long, in the middle of a download and a generation, while others go on."""
    stage = user.stage
    stage.need("topic-events")
    control, book = control_of(stage, "dependency-control"), OrderBook(stage)
    stage.may_take(2 * WITHIN)
    line = user.listens(*TOPICS)
    begins_slowly(user, IMAGE, LIMIT_MBPS)
    order = ordered(user, TEXT, worded(user, 0, lasting=True))
    under_way(order)

    def lasting() -> _Seen:
        with rolled_back(control, lambda: must_be_well(user.hub)):
            return _loses(user, control, line, seconds)

    seen = people.go_on_while(lasting, HABIT, WITHIN)
    whole = until_whole(user.hub, Return(seen.back, WATCHED_SECONDS), partial(lets_run, user, FAST))
    orders = book.found([order, *people.use.orders])
    aftermath = Aftermath(whole, orders, [arrived(user, IMAGE, 0), arrived(user, FAST, 0)])
    outage = away(people.looks, STORE, seen.lost, seen.back)
    return StoreAway(outage, seen.meanwhile, seen.told, seen.snapshots, aftermath)


def _loses(user: HubUser, control: Control, line: TopicLine, seconds: float) -> _Seen:
    outage = Pace(seconds)
    outage.wait()
    control.dependency(STORE).stop()
    lost = time.monotonic()
    meanwhile = _work_goes_on(user, lost, seconds)
    outage.wait()
    control.dependency(STORE).start()
    back = time.monotonic()
    user.api.downloads.try_managing(FAST, "start", bandwidth_limit_mbps=AFTERWARDS_MBPS)
    told = _first_notice(line, back)
    return _Seen(lost, back, meanwhile, told, [_snapshot(user, topic) for topic in TOPICS])


def _work_goes_on(user: HubUser, lost: float, seconds: float) -> Whole:
    """Look until the download and the generation that were under way are over, at most until the end of the outage."""

    def over() -> None:
        last = user.api.downloads.progress(IMAGE)
        assert last.status == "completed", f"the download is {last.status} at {last.percent:g} %"
        own = [task for task in user.api.generation.tasks() if task.status != "completed"]
        assert not own, f"the generation is {own[0].status}"

    return until_holds(over, Return(lost, seconds - 1))


def _first_notice(line: TopicLine, back: float) -> Whole:
    try:
        frame = line.wait_for_data("download_progress_update", NOTICES_WATCHED, model_id=FAST)
    except (DeadlineExceeded, LineClosed) as none_came:
        return Whole(None, f"no notice came of what began after the return ({none_came})")
    return Whole(frame.arrived - back, "")


def _snapshot(user: HubUser, topic: str) -> Snapshot:
    """Listen anew to a topic, and read the same right before and right after."""
    before = _read(user, topic)
    line = user.listens()
    line.subscribe(topic)
    line.ping()
    told = {
        str(frame.data["model_id"]): str(frame.data.get("availability_status") or frame.data.get("status"))
        for frame in line.frames
        if frame.data.get("snapshot") is True
    }
    return Snapshot(topic, told, before, _read(user, topic))


def _read(user: HubUser, topic: str) -> dict[str, str]:
    if topic == "model_status":
        return {name: each.availability for name, each in user.api.models.statuses().items()}
    return {name: each.status for name, each in user.api.downloads.all().items() if each.status in ACTIVE}


def measure(stage: Any, outage: StoreAway, limit: float) -> None:
    """Journal when the first notice came."""
    if outage.told.seconds is not None:
        what = "return of the event store to the first notice of something new"
        measure_longest(stage, what, [outage.told.seconds], below=limit, load="5 users")
