"""Several failures at the same time: no source, no downloader, no space, a damaged model, and many people."""

import time
from dataclasses import dataclass

from countersign.expect.modelhub.overall import Store
from countersign.expect.modelhub.use import Absent, Offers
from countersign.expect.modelhub.whole import Whole
from countersign.faults import rolled_back
from countersign.faults.control import Control
from countersign.journeys.modelhub.outages.arrivals import arrived, begins_slowly, lets_run
from countersign.journeys.modelhub.outages.found import Aftermath
from countersign.journeys.modelhub.outages.orders import OrderBook
from countersign.journeys.modelhub.outages.others import Others, control_of
from countersign.journeys.modelhub.outages.recovering import Return, until_holds, until_whole
from countersign.journeys.modelhub.outages.use import Habit
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.journeys.modelhub.upkeep.damage import FolderCopy, overwritten
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.load.pace import Pace

HABIT = Habit(TEXT, IMAGE, thinks=1.0)
LIMIT_MBPS = 2.0
NOTICED_WITHIN = 15.0
"""Seconds in which damage has to be known (contract, section 6.5)."""
WATCHED_SECONDS, WELL_WITHIN, WITHIN = 45.0, 45.0, 130.0
GB = 2**30
RESTARTED = ("disk_full", "source_unreachable", "timeout")
"""Why a download may have failed meanwhile: it is started again by hand once there is space."""


@dataclass(frozen=True)
class Disaster:
    """What was offered meanwhile, and what was found afterwards: all in all, the health of the whole store, how many
    models are told as available in all, and how many are available one by one."""

    offers: Offers
    aftermath: Aftermath
    store: Store
    told_available: int
    available: int


@dataclass(frozen=True)
class _Times:
    damaged: float
    ended: float
    whole: Whole


def fails_at_once(user: HubUser, people: Others, seconds: float) -> Disaster:
    """Let everything fail at once for so long while others use the hub; then give it all back."""
    stage, hub = user.stage, user.hub
    stage.need("origin-control", "model-files")
    control, book = control_of(stage, "process-control"), OrderBook(stage)
    stage.may_take(2 * WITHIN)
    copy = FolderCopy(hub.models_folder / FAST)
    stage.at_end(copy.restores, f"bringing the files of {FAST} back")
    hub.repairs_unasked(True)
    begins_slowly(user, IMAGE, LIMIT_MBPS)
    began = time.monotonic()

    def lasting() -> _Times:
        with rolled_back(control, hub.source.works_again, within=WELL_WITHIN):
            return _fails(user, control, copy, seconds)

    times = people.go_on_while(lasting, HABIT, WITHIN)
    absent = {IMAGE: Absent(began, times.ended), FAST: Absent(times.damaged + NOTICED_WITHIN, times.ended)}
    statuses = user.api.models.get("models/status")
    names = (TEXT, IMAGE, FAST)
    return Disaster(
        Offers(people.use.offers, absent, TEXT),
        Aftermath(times.whole, book.found(people.use.orders), [arrived(user, IMAGE, 1)]),
        Store(dict.fromkeys(names, "healthy"), user.api.models.overall_health(), None),
        int(statuses["available_models"]),
        sum(bool(one["is_available"]) for one in statuses["models"].values()),
    )


def _fails(user: HubUser, control: Control, copy: FolderCopy, seconds: float) -> _Times:
    hub, outage = user.hub, Pace(seconds)
    outage.wait()
    hub.admin.config.prefer(storage_config={"max_storage_gb": used_bytes(hub) / 2 / GB})
    overwritten(copy.folder)
    damaged = time.monotonic()
    hub.source.fails("refuse")
    control.process("downloader").kill()
    outage.wait()
    ended = time.monotonic()
    hub.source.works_again()
    control.process("downloader").start()
    back = Return(time.monotonic(), WATCHED_SECONDS)
    until_holds(lambda: hub.admin.config.prefer(storage_config={"max_storage_gb": None}), back)
    return _Times(damaged, ended, until_whole(hub, back, lambda: _goes_on(user), lambda: _repaired(user)))


def _goes_on(user: HubUser) -> None:
    last = user.api.downloads.progress(IMAGE)
    if last.status == "failed" and last.failure_reason in RESTARTED:
        user.api.downloads.try_managing(IMAGE, "start").must_be(202, 409)
    lets_run(user, IMAGE)
    assert last.status == "completed", f"the download of {IMAGE} is {last.status}"


def _repaired(user: HubUser) -> None:
    health = user.api.models.health(FAST)
    assert health.is_healthy, f"{FAST} is {health.status}"
