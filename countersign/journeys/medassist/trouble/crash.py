"""The system is killed, or loses its database, in the middle of its work; afterwards everything is compared."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import SystemFault
from countersign.expect.delivery_record import Conversation
from countersign.expect.medassist.kept_work import KeptDecision, KeptDeployment, KeptMessages, Registry
from countersign.faults.control import Control
from countersign.journeys.medassist.chat.windows import all_at_once, crowd
from countersign.journeys.medassist.nursing.duty import emergencies
from countersign.journeys.medassist.trouble.busy_clinic import ALL_DONE_WITHIN, Decider, Deployer, Progress, Writer
from countersign.journeys.medassist.trouble.upheaval import upheaval
from countersign.systems.medassist.audit import AuditEntry
from countersign.transport import eventually, unless_raised
from countersign.transport.deadline import Deadline

EVERY = 0.2
"""Seconds between two messages of one patient."""
MIDDLE_WITHIN = 20.0
OUTAGE_WITHIN, REFUSALS = 5.0, 20
LOOKED_FOR = 40.0
"""Longer than the limit for what was not answered, so that a late answer itself can be measured."""
AT_WORK = "20 patients, 1 nurse, 1 administrator"


@dataclass(frozen=True)
class Clinic:
    """Everybody at work, ready to begin."""

    writers: Sequence[Writer]
    decider: Decider
    deployer: Deployer
    progress: Progress


@dataclass(frozen=True)
class Aftermath:
    """What is found after the break. `answered_after` runs from the start (or the database's return) to the moment
    every message had its answer."""

    clinic: Clinic
    conversations: Sequence[Conversation]
    decisions: Sequence[KeptDecision]
    answered_after: float


def at_work(stage: Any, people: int, messages: int, decisions: int, deployments: int) -> Clinic:
    """Get everybody ready: patients in their chats, reports waiting, versions registered where models are offered."""
    progress = Progress()
    patients = crowd(stage, "Priya", people)
    share = messages // people
    writers = all_at_once([partial(Writer, patient, share, EVERY, progress) for patient in patients])
    waiting = emergencies(stage, "Pia", decisions)
    span = share * EVERY
    decider = Decider(stage.actor("Nora"), waiting, span / decisions, progress)
    deployer = Deployer(stage.actor("Ada"), deployments, span / deployments, progress)
    if "model-ops" in stage.system().capabilities:
        deployer.prepares()
    return Clinic(writers, decider, deployer, progress)


def killed_in_the_middle(stage: Any, clinic: Clinic) -> Aftermath:
    """Kill the system when a third of the work is confirmed, start it again, and let everybody go on."""

    def kill(control: Control) -> float:
        control.kill()
        started = time.monotonic()
        control.start()
        return started

    return _broken_off(stage, clinic, kill)


def without_database_in_the_middle(stage: Any, clinic: Clinic) -> Aftermath:
    """Take the database away when a third of the work is confirmed, until many were refused, and give it back."""
    stage.need("dependency-control")

    def outage(control: Control) -> float:
        control.dependency("database").stop()
        clinic.progress.reaches(OUTAGE_WITHIN, refused=REFUSALS)
        control.dependency("database").start()
        return time.monotonic()

    return _broken_off(stage, clinic, outage)


def _broken_off(stage: Any, clinic: Clinic, breaks: Callable[[Control], float]) -> Aftermath:
    offered = "model-ops" in stage.system().capabilities
    progress = clinic.progress

    def break_off(control: Control) -> float:
        total = sum(writer.messages for writer in clinic.writers)
        least = {"messages": total // 3, "decisions": len(clinic.decider.emergencies) // 4}
        middle = Deadline(MIDDLE_WITHIN, f"medassist: a third of {total} messages and some of the other work")
        reached = progress.reaches(middle.remaining, **least, **({"deployments": 2} if offered else {}))
        done = ", ".join(f"{progress[what]} {what}" for what in ("messages", "decisions", "deployments"))
        if not reached:
            raise middle.exceeded(f"confirmed were {done}")
        stage.recorder.say(f"the break comes when these were confirmed: {done}")
        return breaks(control)

    with upheaval(stage) as control:
        jobs: list[Callable[[], Any]] = [writer.works for writer in clinic.writers]
        jobs += [clinic.decider.works, *([clinic.deployer.works] if offered else [])]
        jobs = [partial(break_off, control), *jobs]
        well_at, *_ = all_at_once(jobs, within=ALL_DONE_WITHIN + 30)
    answered_after = _until_answered(clinic, well_at)
    conversations = [writer.book.conversation({}) for writer in clinic.writers]
    return Aftermath(clinic, conversations, _decisions(stage, clinic), answered_after)


def _until_answered(clinic: Clinic, well_at: float) -> float:
    def all_answered() -> None:
        for writer in clinic.writers:
            kept = writer.patient.api.sessions.whole_history(writer.book.session.id)
            asked = {message.id for message in kept if message.role == "user"}
            left = asked - {message.in_reply_to for message in kept}
            assert not left, f"{len(left)} messages of {writer.book.session.id} are not answered, one is {min(left)}"

    try:
        eventually(unless_raised(all_answered, SystemFault), LOOKED_FOR, every=0.3, what="every message to be answered")
    except SystemFault as late:
        # Which one has no answer is for the history checker to say, with everything else that is wrong.
        clinic.writers[0].patient.stage.recorder.say(str(late))
    return time.monotonic() - well_at


def _decisions(stage: Any, clinic: Clinic) -> list[KeptDecision]:
    nurse = clinic.decider.nurse
    noted = _trail(stage, nurse.id, "par_approved") if "audit-read" in stage.system().capabilities else None
    with_steps = "nurse-desk" in stage.system().capabilities
    found = []
    for emergency in clinic.decider.emergencies:
        report = nurse.api.reports.read(emergency.report_id)
        steps = nurse.api.reports.decisions(report.id) if with_steps else None
        found.append(
            KeptDecision(
                report.id,
                report.id in clinic.decider.confirmed,
                report.reviewed,
                report.approved,
                None if steps is None else sum(step.new_status == "reviewed" for step in steps),
                1 if noted is None else _mentions(noted, report.id),
                nurse.api.sessions.read(report.session_id).status,
            )
        )
    return found


def deployments(stage: Any, aftermath: Aftermath) -> list[KeptDeployment]:
    """Look up every confirmed deployment. Raises CapabilityMissing without models or an audit trail."""
    stage.need("model-ops", "audit-read")
    deployer = aftermath.clinic.deployer
    noted = _trail(stage, deployer.admin.id, "model_deployed")
    return [
        KeptDeployment(version, named, _state_of(deployer, named), _mentions(noted, named))
        for version, named in deployer.deployed.items()
    ]


def _state_of(deployer: Deployer, deployment_id: str) -> str:
    answer = deployer.admin.api.ask("GET", f"/api/deployments/{deployment_id}")
    return str(answer.json().get("status")) if answer.status == 200 else f"nothing ({answer.status})"


def registry(aftermath: Aftermath) -> Registry:
    """Look up which versions of the model are active."""
    deployer = aftermath.clinic.deployer
    models = deployer.admin.api.models
    active = tuple(each["version"] for each in models.versions(deployer.model_id) if each["status"] == "active")
    return Registry(deployer.names[-1], active, models.state(deployer.model_id)["active_version"])


def messages(stage: Any, aftermath: Aftermath) -> list[KeptMessages]:
    """Look up which messages the audit trail tells of. Raises CapabilityMissing without one."""
    stage.need("audit-read")
    found = []
    for writer, conversation in zip(aftermath.clinic.writers, aftermath.conversations, strict=True):
        entries = _trail(stage, writer.patient.id, "message_received")
        kept = tuple(item.id for item in conversation.kept if item.asks)
        found.append(KeptMessages(conversation.name, kept, tuple(str(entry.resource_id) for entry in entries)))
    return found


def _trail(stage: Any, user_id: str, action: str) -> list[AuditEntry]:
    return list(stage.actor("Ada").api.audit.entries(user_id=user_id, action=action, limit=500))


def _mentions(entries: Sequence[AuditEntry], id: str) -> int:
    return sum(id in json.dumps(entry.raw) for entry in entries)


def measure_answers(stage: Any, aftermath: Aftermath, limit: float) -> float:
    """Journal and give when every message had its answer."""
    seconds: float = stage.measure(
        "end of the break to every message answered",
        aftermath.answered_after,
        "s",
        samples=sum(len(each.sendings) for each in aftermath.conversations),
        limit=limit,
        relation="below",
        statistic="maximum",
        load=AT_WORK,
    )
    return seconds
