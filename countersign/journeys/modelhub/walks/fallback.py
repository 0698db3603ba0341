"""A regular user whose model is away: options, an alternative, and the preferred request waits (contract, 6.11)."""

import time
from collections.abc import Mapping
from typing import Any

import personas
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must, refusal

SPEED = 40
AWAY = "the preferred model is away"
DIFFERENCES = {"similar", "slightly_lower", "significantly_lower"}
NOTIFIED_WITHIN = 15.0


def walks(walk: Walk) -> None:
    """Walk it while only the fast model is there and the text model is wanted."""
    hub_of(walk.stage).has_installed([FAST])
    rosa = common.regular(walk)
    line = rosa.listens("fallback_notifications")
    walk.begins()
    with walk.step("request an unavailable model") as step:
        answer = rosa.api.generation.try_submitting(TEXT, common.prompt(rosa))
        must(answer.status == 409, f"a request for a model that is away was answered {answer.status}")
        step.answered()
        sentence, hint, bare = refusal(answer)
        walk.meets(AWAY, sentence, hint, bare=bare)
        step.shows(sentence=sentence, hint=hint, options=(answer.json().get("fallback") or {}).get("suggestions"))
    chosen: list[str] = []
    with walk.step("receive fallback options") as step:
        chosen.append(_reads_options(rosa.api.fallback.suggest(TEXT), step))
    with walk.step("choose an alternative") as step:
        must(chosen, "there was no option to choose")
        status = rosa.api.models.status(chosen[0])
        step.answered()
        step.shows(available=status.is_available)
        if not status.is_available:
            walk.says_untrue(f"{chosen[0]} was offered as an alternative, but it is {status.availability}")
    with walk.step("generation with the alternative") as step:
        must(chosen, "there was no option to generate with")
        image = bytes.fromhex(personas.material("modelhub_workflows")["image"])
        answer = rosa.api.generation.try_submitting_with_image(chosen[0], common.prompt(rosa), image)
        told = common.taken(walk, rosa, answer, "a refused alternative")
        step.answered()
        task = common.generated(rosa, str(told["task_id"]))
        must(common.has_output(rosa, task), "the completed generation has no output")
        step.shows(output=True)
        walk.is_out(AWAY)
    queued: Mapping[str, Any] = {}
    with walk.step("queue the preferred model") as step:
        queued = rosa.api.fallback.wait_for(TEXT, common.prompt(rosa))
        step.answered()
        wait, starts = queued.get("estimated_wait_time_minutes"), common.first_estimate(queued, "estimated_start_time")
        step.shows(id=queued.get("queue_id"), position=queued.get("position") == 1)
        step.shows(wait=wait is not None, start_time=starts is not None)
    with walk.step("receive the completion notification") as step:
        must(queued.get("queue_id"), "no request waits")
        began = time.monotonic()
        announced = common.first_estimate(rosa.api.downloads.start(TEXT, bandwidth_limit_mbps=SPEED))
        step.answered()
        frame = common.frame(
            line, "model_queue_update", NOTIFIED_WITHIN, queue_id=queued["queue_id"], status="completed"
        )
        step.promised(announced, time.monotonic() - began)
        step.shows(frame=True, task=frame.data.get("task_id"))
        task = common.generated(rosa, str(frame.data.get("task_id")))
        must(common.has_output(rosa, task), "the completed generation has no output")
        step.shows(output=True)


def _reads_options(told: Mapping[str, Any], step: Taking) -> str:
    best = told.get("alternative_suggestion") or {}
    strategy = told.get("fallback_strategy") or {}
    name = str(best.get("suggested_model") or "")
    must(name, "no alternative was offered")
    step.answered()
    step.shows(
        model=name != TEXT,
        score=0 < (best.get("compatibility_score") or 0) <= 1,
        quality_difference=best.get("estimated_quality_difference") in DIFFERENCES,
        reason=best.get("reason"),
        image_needed=best.get("requires_image") is (name in (FAST, IMAGE)),
        wait=strategy.get("estimated_wait_time") or told.get("wait_time_estimate"),
    )
    return name
