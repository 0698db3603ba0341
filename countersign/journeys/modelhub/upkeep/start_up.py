"""A hub that is started again after models were deleted and damaged while it was away."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hamcrest import assert_that

import personas
from countersign.evidence import utc_now
from countersign.expect.modelhub.start_up import Found, only_recommends, verified_again, work_begun
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.hub import Hub, hub_of, model_of
from countersign.journeys.modelhub.upkeep.on_disk import overwrites
from countersign.load.pace import Pace
from countersign.systems.modelhub.model import moment
from countersign.transport import eventually

EVERYTHING = "all"
LOOKED_ON_SECONDS = 6.0
"""How long a hub that may only recommend is watched after it has looked at everything, for what it might begin."""


@dataclass(frozen=True)
class Restarted:
    """A hub that was started again: the moments of its stop (its clock) and its start (monotonic), and the models
    that were deleted and damaged meanwhile."""

    stopped_at: datetime
    started: float
    models: tuple[str, str]


def set_to(stage: Any, automation: str) -> None:
    """Set how much the hub does without being asked."""
    hub_of(stage).admin.config.prefer(automation_level=automation.replace(" ", "_"))


def starts_again(stage: Any, deleted: str, damaged: str) -> Restarted:
    """Stop the whole hub, delete one model and damage another, and start it."""
    stage.need("process-control", "model-files")
    hub, gone, hurt = hub_of(stage), model_of(deleted), model_of(damaged)
    stage.at_end(lambda: _removes(hub, (gone, hurt)), "removing the deleted and the damaged model")
    ahead = moment(hub.admin.models.overall_health()["timestamp"], "the time of the health report") - utc_now()
    with rolled_back(stage.system("modelhub").control, hub.admin.health) as control:
        control.process(EVERYTHING).stop()
        shutil.rmtree(hub.models_folder / gone)
        overwrites(hub, hurt, personas.material("modelhub_downloads")["damage"]["changed"])
        damaged_at = utc_now() + ahead
        control.process(EVERYTHING).start()
    return Restarted(damaged_at, time.monotonic(), (gone, hurt))


def all_looked_at(stage: Any, restarted: Restarted, within: float) -> None:
    """Wait until the hub has looked at every model, and journal how long that took."""
    _eventually(stage, restarted, verified_again(), within)
    seconds = time.monotonic() - restarted.started
    measure_longest(stage, "start until every model is looked at", [seconds], below=within, load="1 hub")


def work_has_begun(stage: Any, restarted: Restarted, within: float) -> None:
    """Wait until the hub has begun to fetch the deleted and to repair the damaged model."""
    _eventually(stage, restarted, work_begun(restarted.models), within)


def nothing_but_recommended(stage: Any, restarted: Restarted) -> None:
    """Look on for a while: something is recommended for both models, and nothing is begun."""
    hub, pace, ends = hub_of(stage), Pace(0.5), time.monotonic() + LOOKED_ON_SECONDS
    while pace.wait() < ends:
        assert_that(_found(hub, restarted), only_recommends(restarted.models))


def _eventually(stage: Any, restarted: Restarted, matcher: Any, within: float) -> None:
    left = max(0.1, restarted.started + within - time.monotonic())
    hub = hub_of(stage)
    eventually(lambda: assert_that(_found(hub, restarted), matcher), left, every=0.2, what="the started hub's work")


def _found(hub: Hub, restarted: Restarted) -> Found:
    health, begun = hub.admin.models.overall_health(), hub.admin.downloads.all()
    checks = {name: told.get("last_check") for name, told in health["model_health"].items()}
    starts = {name: progress.raw.get("started_at") for name, progress in begun.items()}
    return Found(
        restarted.stopped_at,
        {name: moment(at, "last_check") if at else None for name, at in checks.items()},
        {name: moment(at, "started_at") if at else None for name, at in starts.items()},
        frozenset(str(each["model_id"]) for each in health["recommendations"]),
    )


def _removes(hub: Hub, models: Sequence[str]) -> None:
    hub.admin.config.prefer(automation_level="manual")
    hub.cancels_transfers()
    for model_id in models:
        hub.removes(model_id)
