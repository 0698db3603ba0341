"""The operator compares the clinic's figures before and after a known piece of work, and after many connections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.counted_exactly import Count
from countersign.journeys.changes import Change, changed
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.metrics import (
    CACHE,
    FRAMES,
    MEMORY,
    MODEL,
    OPEN_FILES,
    OPEN_SOCKETS,
    PROCESSOR,
    RED_FLAGS,
    REPLIES,
    REQUESTS,
    REVIEWS,
    metrics_of,
)
from countersign.systems.prometheus import Metrics
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

AT_REST_WITHIN, TOLD_WITHIN, BACK_WITHIN = 15.0, 5.0, 10.0
PREDICTING = "symptom_analyzer"
"""A model that nobody but the operator asks."""
MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Work:
    """How often the figures counted each kind of work, and how often it was done. `open_chats` were open at its end."""

    counts: Sequence[Count]
    after: Metrics
    left: Change


def known_work(patient: Patient, alarmed: Patient, nurse: Nurse) -> Work:
    """Do a known piece of work between two looks at the figures, and look on until the chats are counted off.

    The patient says two things that are answered and one at which the AI fails; the other reports an emergency, which
    the nurse approves; she asks for the same prediction three times. Raises CapabilityMissing without a scripted AI or
    without models.
    """
    stage = patient.stage
    stage.need("scripted-ai", "model-ops")
    complaint = personas.material("medassist_load")["complaints"]["routine"]
    for person in (patient, alarmed, nurse):
        _ = person.api
    before = _at_rest(nurse)
    patient.says(mark("echo", complaint, when="chat"))
    patient.says(mark("status", "And something else", code=500, when="chat"))
    patient.says(mark("echo", "And a third thing", when="chat"))
    emergency = alarmed.says(personas.material("medassist")["complaints"]["an emergency"])
    ready = next((frame for frame in alarmed.line.frames if frame.type == "par_ready"), None)
    ready = ready or alarmed.line.wait_for("par_ready", TOLD_WITHIN)
    nurse.api.reports.try_review(str(ready.payload["par_id"]), {"approved": True}).must_be(200)
    for _ in range(3):
        nurse.api.models.predict(PREDICTING, f"the same question {stage.tag}")
    patient.api.sessions.read(patient.session.id)
    for line in (patient.line, alarmed.line):
        line.ping(TOLD_WITHIN)  # a marker: what came before it is done and counted
    after = metrics_of(nurse.api)

    def count(what: str, expected: int, name: str, **labels: str) -> Count:
        return Count(what, expected, round(after.total(name, **labels) - _so_far(before, name, **labels)))

    counts = [
        count("writing requests", 6, REQUESTS, method="POST"),
        # The look at the figures before is counted when it is over.
        count("reading requests, the first look at the figures among them", 2, REQUESTS, method="GET"),
        count("messages", 4, FRAMES, type="chat"),
        count("answers sent", 4, FRAMES, type="streaming_complete"),
        count("answers", 4, REPLIES),
        count("answers in place of the AI", 1, REPLIES, outcome="fallback"),
        count("red flags", len(emergency.red_flags), RED_FLAGS),
        count("decisions", 1, REVIEWS),
        count("predictions answered from the cache", 2, CACHE, result="hit"),
        count("predictions asked for anew", 1, CACHE, result="miss"),
        count("calls of the model for predictions", 1, MODEL, model_id=PREDICTING),
        count("open chats", 2, OPEN_SOCKETS, channel="chat"),
    ]
    patient.leaves()
    alarmed.leaves()
    return Work(counts, after, _counted_off(nurse, before))


def _at_rest(nurse: Nurse) -> Metrics:
    looks: list[Metrics] = []

    def still() -> Metrics:
        looks.append(metrics_of(nurse.api))
        assert len(looks) > 1, "one look tells nothing"
        for name in (FRAMES, REPLIES, MODEL, OPEN_SOCKETS):
            before, now = _so_far(looks[-2], name), _so_far(looks[-1], name)
            assert before == now, f"{name} went from {before:g} to {now:g} by itself"
        return looks[-1]

    return eventually(still, AT_REST_WITHIN, every=0.3, what="the system to be at rest before its figures are compared")


def _so_far(metrics: Metrics, name: str, **labels: str) -> float:
    # What was never counted yet may be missing before, as the exposition format allows.
    named = (figure for figure in metrics.figures if figure.name == name)
    return sum(figure.value for figure in named if labels.items() <= figure.labels.items())


def _counted_off(nurse: Nurse, before: Metrics) -> Change:
    wanted = before.total(OPEN_SOCKETS)
    return changed(
        lambda: metrics_of(nurse.api).total(OPEN_SOCKETS),
        lambda now: now == wanted,
        within=BACK_WITHIN,
        words=lambda now: f"{now:g} open connections, {wanted:g} were open before",
    )


def resources(work: Work) -> dict[str, float]:
    """Give what the system tells of its use of resources. Raises ContractBroken if one of them is not told."""
    return {name: work.after.total(name) for name in (PROCESSOR, MEMORY, OPEN_FILES, OPEN_SOCKETS)}


@dataclass(frozen=True)
class ManyConnections:
    """Memory in bytes before and after so many connections, and how long after the last they were all counted off."""

    before: float
    after: float
    count: int
    left: Change


def opens_and_closes(patient: Patient, nurse: Nurse, count: int) -> ManyConnections:
    """Open a chat and close it again so many times."""
    _ = patient.session
    before = _at_rest(nurse)
    for _number in range(count):
        patient.joins().close()
        patient.lines.pop()
    left = _counted_off(nurse, before)
    return ManyConnections(before.total(MEMORY), metrics_of(nurse.api).total(MEMORY), count, left)


def measure_growth(stage: Any, many: ManyConnections, limit: float, count: int) -> float:
    """Journal and give by how many MiB the memory grew."""
    grown: float = stage.measure(
        "growth of the memory",
        (many.after - many.before) / MEBIBYTE,
        "MiB",
        samples=many.count,
        limit=limit,
        relation="below",
        required_samples=count,
        statistic="difference",
        load=f"{many.count} connections opened and closed",
    )
    return grown
