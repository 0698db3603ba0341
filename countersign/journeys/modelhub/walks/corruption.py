"""A regular user whose model gets damaged: told, approves the repair, watches it, goes on (contract, section 6.11)."""

from collections.abc import Mapping
from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must
from countersign.transport import eventually

DAMAGED = "a damaged model"
NOTICED_WITHIN = 16.0
"""Damage shows within three health intervals, 15 s in the reference (contract, 6.5), and a second to tell it."""
REPAIRED_WITHIN = 10.0


def walks(walk: Walk) -> None:
    """Walk it with automatic repair switched off."""
    walk.stage.need("model-files", "repair", "topic-events")
    hub = hub_of(walk.stage)
    hub.leaves_damage_alone()
    hub.has_installed([TEXT])
    rosa = common.regular(walk)
    line = rosa.listens("health_monitoring")
    walk.begins()
    with walk.step("normal generation") as step:
        common.generates(walk, rosa, step, TEXT)
    damaged = ""
    with walk.step("receive the corruption notification") as step:
        damaged = common.overwrite(hub.models_folder / TEXT)
        step.begins_anew()
        found = common.frame(line, "corruption_detection", NOTICED_WITHIN, model_id=TEXT).data
        step.answered()
        _is_told(walk, rosa, step, found, damaged)
    with walk.step("approve the repair") as step:
        told = rosa.api.caring.repair(TEXT)
        step.answered()
        step.shows(repair_id=told.get("repair_id"), actions=told.get("actions_taken"))
        step.shows(end=common.first_estimate(told) is not None)
    with walk.step("monitor the repair") as step:
        _monitors(rosa, step, damaged)
    with walk.step("repair completion") as step:
        done = common.frame(
            line, "health_monitoring_alert", common.SHOWN_WITHIN, model_id=TEXT, status="completed", repair_success=True
        )
        step.answered()
        step.shows(frame=True)
        if not rosa.api.caring.verify(TEXT).get("is_valid"):
            walk.says_untrue(f"the repair was reported as {done.data['status']}, but the model is still damaged")
        health = rosa.api.models.health(TEXT)
        step.shows(healthy=common.sound(health), whole=health.integrity_score == 1.0)
        must(common.sound(health), f"after the repair the model is {health.status}")
    with walk.step("retry the generation") as step:
        common.generates(walk, rosa, step, TEXT)
        walk.is_out(DAMAGED)


def _is_told(walk: Walk, rosa: HubUser, step: Taking, found: Mapping[str, Any], damaged: str) -> None:
    step.shows(
        model=True,
        kind=found.get("corruption_type") == "checksum_mismatch",
        severity=found.get("severity") == "high",
        files=found.get("files") == [damaged],
        action=found.get("repair_action"),
    )
    health = rosa.api.models.health(TEXT)
    walk.meets(DAMAGED, " ".join(health.issues), " ".join(health.repair_suggestions))
    must(found.get("requires_user_action") is True, "it is not said that somebody has to act")


def _monitors(rosa: HubUser, step: Taking, damaged: str) -> None:
    def over() -> Mapping[str, Any]:
        repair = rosa.api.caring.repair_of(TEXT)
        must(repair is not None, "there is no word of a repair")
        assert repair is not None
        step.answered()
        must(repair["status"] in ("completed", "failed"), f"the repair is {repair['status']}")
        return repair

    repair = eventually(over, REPAIRED_WITHIN, every=0.1, what="the repair to be over")
    step.shows(percent=repair.get("progress_percent") == 100, files=repair.get("files_repaired") == [damaged])
    must(repair["status"] == "completed", f"the repair {repair['status']}: {repair.get('error')}")
