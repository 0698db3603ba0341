"""A power user meets an error of each kind, learns its cause, sees a way out and takes it (contract, section 6.11)."""

from collections.abc import Callable, Mapping
from typing import Any

from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import FAST, TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must, refusal
from countersign.systems.modelhub.model import MB, Progress
from countersign.transport import eventually

ALERTED_WITHIN = 8.0
"""The health is right within 5 s (contract, section 9), and somebody is told of it."""
LEFT_MB = 2
IN_FORCE_WITHIN = 3.0
"""A changed setting takes effect within 2 seconds (MH-CFG-02)."""
"""Space that is left on the full disk, less than a model needs."""
MENDED_WITHIN = 15.0


def walks(walk: Walk) -> None:
    """Walk it for the kind of error that the variant names."""
    pavel = common.regular(walk)
    hub_of(walk.stage).calms()
    KINDS[walk.variant](walk, pavel)


def _works(walk: Walk, pavel: HubUser) -> None:
    with walk.step("normal operation") as step:
        task = pavel.api.generation.submit(TEXT, common.prompt(pavel))
        step.answered()
        must(common.has_output(pavel, common.generated(pavel, str(task["task_id"]))), "a generation gives nothing")


def _told(walk: Walk, step: Taking, sentence: str, reason: object, next_step: str, *, bare: bool = False) -> None:
    """Note what is said of the error."""
    step.answered()
    walk.meets(walk.variant, sentence, next_step, bare=bare)
    step.shows(sentence=sentence, reason=reason)
    must(sentence, "the error comes without a sentence")


def _options(walk: Walk, options: str) -> None:
    with walk.step("view the recovery options") as step:
        must(options.strip(), f"no way out is shown for the {walk.variant}")
        step.answered()
        step.show({"at least one": True})


def _failing_download(walk: Walk, pavel: HubUser, mode: str, reason: str) -> None:
    """The source lets a download down; the guidance says to start it again once the source is back."""
    hub = hub_of(walk.stage)
    hub.has_installed([TEXT])
    pavel.api.config.prefer(download_config={"retry_delay_base": 0.2})
    walk.begins()
    _works(walk, pavel)
    failed: list[Progress] = []
    with walk.step("the error occurs") as step:
        hub.source.fails(mode)
        step.begins_anew()
        pavel.api.downloads.start(FAST, max_retries=0)
        step.answered()
        failed.append(common.transfer(pavel, FAST, "failed", common.TRANSFER_WITHIN))
    with walk.step("receive the error notification") as step:
        must(failed, "the download did not fail as it had to")
        told = pavel.api.downloads.progress(FAST)
        _told(walk, step, told.error or "", told.failure_reason == reason, " ".join(told.guidance))
        must(told.failure_reason == reason, f"the reason is told as {told.failure_reason}, it is {reason}")
    _options(walk, " ".join(failed[0].guidance) if failed else "")
    hub.source.works_again()
    with walk.step("initiate the recovery") as step:
        must(failed, "there is nothing to recover from")
        walk.cause_ended(walk.variant)
        pavel.api.downloads.start(FAST)
        step.answered()
    with walk.step("recovery completion") as step:
        common.transfer(pavel, FAST)
        step.answered()
        common.available(pavel, FAST)
        step.shows(works_again=True)
        walk.is_out(walk.variant)


def _network(walk: Walk, pavel: HubUser) -> None:
    walk.stage.need("origin-control")
    _failing_download(walk, pavel, "refuse", "source_unreachable")


def _timeout(walk: Walk, pavel: HubUser) -> None:
    walk.stage.need("origin-control")
    _failing_download(walk, pavel, "hang", "timeout")


def _full_disk(walk: Walk, pavel: HubUser) -> None:
    """The storage is full; the hint says to clean up."""
    walk.stage.need("storage")
    hub = hub_of(walk.stage)
    hub.has_installed([TEXT, FAST])
    wanted = common.IMAGE
    walk.begins()
    _works(walk, pavel)
    answers = []
    with walk.step("the error occurs") as step:
        used = sum(status.size_mb for status in pavel.api.models.statuses().values())
        full = (used + LEFT_MB) / 1024
        pavel.api.config.prefer(storage_config={"max_storage_gb": full})
        eventually(lambda: _in_force(pavel, full), IN_FORCE_WITHIN, every=0.1, what="the storage to be full")
        step.begins_anew()
        answer = pavel.api.downloads.try_managing(wanted, "start")
        must(answer.status == 507, f"a download without room was answered {answer.status}")
        step.answered()
        answers.append(answer)
    hint = ""
    with walk.step("receive the error notification") as step:
        must(answers, "the disk was not full as it had to be")
        sentence, hint, bare = refusal(answers[0])
        _told(walk, step, sentence, answers[0].json().get("code"), hint, bare=bare)
    _options(walk, hint)
    with walk.step("initiate the recovery") as step:
        must(answers, "there is nothing to recover from")
        told = pavel.api.caring.clean_up(target_space_gb=8 * MB / 2**30, keep_recent_days=0, dry_run=False)
        step.answered()
        if not any(each.get("success") for each in told.get("executed_actions", ())):
            raise AssertionError("the clean-up freed nothing")
    with walk.step("recovery completion") as step:
        pavel.api.downloads.start(wanted)
        step.answered()
        common.transfer(pavel, wanted)
        common.available(pavel, wanted)
        step.shows(works_again=True)
        walk.is_out(walk.variant)


def _in_force(pavel: HubUser, capacity_gb: float) -> None:
    told = pavel.api.models.get("models/storage")["storage_summary"]["total_capacity_gb"]
    assert abs(told - capacity_gb) * 1024 < LEFT_MB, f"its capacity is told as {told} GB"


def _damaged(walk: Walk, pavel: HubUser) -> None:
    """A model is damaged; the refusal of a generation says what can be done, and the repair is taken."""
    walk.stage.need("model-files", "repair")
    hub = hub_of(walk.stage)
    hub.leaves_damage_alone()
    hub.has_installed([TEXT])
    walk.begins()
    _works(walk, pavel)
    answers = []
    with walk.step("the error occurs") as step:
        common.overwrite(hub.models_folder / TEXT)
        # Status may be 2 s old (contract, section 2), and so may be what a request is judged by.
        eventually(lambda: _away(pavel), common.SHOWN_WITHIN, every=0.1, what="the damage to be noticed")
        step.begins_anew()
        answer = pavel.api.generation.try_submitting(TEXT, common.prompt(pavel))
        must(answer.status == 409, f"a generation with a damaged model was answered {answer.status}")
        step.answered()
        answers.append(answer)
    hint = ""
    with walk.step("receive the error notification") as step:
        must(answers, "nobody said that the model is damaged")
        sentence, hint, bare = refusal(answers[0])
        health = pavel.api.models.health(TEXT)
        _told(walk, step, sentence, health.issues and health.corruption_types, hint, bare=bare)
    _options(walk, hint)
    with walk.step("initiate the recovery") as step:
        pavel.api.caring.repair(TEXT)
        step.answered()
    with walk.step("recovery completion") as step:
        step.answered()
        common.available(pavel, TEXT, within=MENDED_WITHIN)
        if not pavel.api.caring.verify(TEXT).get("is_valid"):
            walk.says_untrue("the model is shown as repaired, and is still damaged")
        step.shows(works_again=True)
        task = pavel.api.generation.submit(TEXT, common.prompt(pavel))
        must(common.has_output(pavel, common.generated(pavel, str(task["task_id"]))), "a generation gives nothing")
        walk.is_out(walk.variant)


def _away(pavel: HubUser) -> None:
    status = pavel.api.models.status(TEXT)
    must(not status.is_available, f"the model is shown as {status.availability}")


def _unavailable(walk: Walk, pavel: HubUser) -> None:
    """The process that generates is gone; the recovery says what is missing, and whoever looks after it starts it."""
    walk.stage.need("process-control", "topic-events")
    hub = hub_of(walk.stage)
    hub.has_installed([TEXT])
    line = pavel.listens("alerts")
    walk.begins()
    _works(walk, pavel)
    control = pavel.system.control
    assert control is not None  # the capability says so
    with rolled_back(control, lambda: _healthy(pavel), within=MENDED_WITHIN):
        task_id = ""
        alert: Mapping[str, Any] = {}
        with walk.step("the error occurs") as step:
            control.process("generator").stop()
            step.begins_anew()
            task_id = str(pavel.api.generation.submit(TEXT, common.prompt(pavel))["task_id"])
            step.answered()
            alert = common.frame(line, "alert", ALERTED_WITHIN, alert_type="component_down").data
        way = ""
        with walk.step("receive the error notification") as step:
            must(alert, "nobody was told that a part of the service is gone")
            told = pavel.api.caring.try_recovery({"failure_type": "generation_pipeline_error"}).must_be(200).json()
            way = str(told.get("message") or "")
            _told(walk, step, str(alert.get("message") or ""), "generator" in str(alert.get("message")), way)
            must(told.get("success") is False, "a recovery was reported as a success, and the generator is not there")
        _options(walk, way)
        with walk.step("initiate the recovery") as step:
            control.process("generator").start()
            step.answered()
            walk.cause_ended(walk.variant)
        with walk.step("recovery completion") as step:
            step.answered()
            task = common.generated(pavel, task_id, within=MENDED_WITHIN)
            must(common.has_output(pavel, task), "the generation that had waited gives nothing")
            step.shows(works_again=True)
            walk.is_out(walk.variant)


def _healthy(pavel: HubUser) -> None:
    told = pavel.api.health().json()
    must(told.get("status") == "healthy", f"the service is {told.get('status')}")


KINDS: Mapping[str, Callable[[Walk, HubUser], None]] = {
    "network failure": _network,
    "full disk": _full_disk,
    "damaged model": _damaged,
    "service unavailable": _unavailable,
    "timeout": _timeout,
}
