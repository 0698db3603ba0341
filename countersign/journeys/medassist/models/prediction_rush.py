"""Hundreds of predictions in flight at the same moment: each with an input of its own."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from countersign.errors import ContractBroken, NotEnoughSamples, SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.expect.medassist.rush import BUSY, Asked
from countersign.journeys.load_figures import report, vouched
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.medassist.models import CHAT_MODEL
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually, unless_raised
from countersign.transport.flight import Landed, Shot
from countersign.transport.volley import volley

ANSWER_WITHIN = 30.0
"""Longer than any limit, so that the late answer itself can be measured."""
LOOK_EVERY, LOOK_WITHIN = 0.1, 10.0


@dataclass(frozen=True)
class Rush:
    """What became of predictions that were asked for at the same moment. `over_at` is monotonic."""

    asked: Sequence[Asked]
    most_in_flight: int
    injector: InjectorHealth
    over_at: float
    load: str
    others: Sequence[Operation] = ()

    @property
    def seconds(self) -> list[float]:
        """How long each took, to its answer or to its failure."""
        return [each.seconds for each in self.asked]


@dataclass(frozen=True)
class AtWork:
    """A patient in a chat and a nurse on duty."""

    patient: Patient
    nurse: Nurse


def at_work(patient: Patient, nurse: Nurse) -> AtWork:
    """Let a patient join a chat and a nurse sign in."""
    _ = patient.line, nurse.api
    both: AtWork = nurse.stage.keep(AtWork(patient, nurse))
    return both


def rush(nurse: Nurse, count: int, ai_seconds: float) -> Rush:
    """Ask for so many predictions at once; a scripted AI takes so many seconds to say each input back."""
    words = [f"rush-{nurse.stage.tag}-{number:04d}" for number in range(count)]
    echoed = "scripted-ai" in nurse.system.capabilities
    header = {"Authorization": f"Bearer {nurse.api.tokens.access}"}
    shots = [
        Shot(
            "POST",
            f"/api/models/{CHAT_MODEL}/predict",
            {"inputs": mark("echo", word, after=f"{ai_seconds:g}") if echoed else word, "user_id": word},
            header,
        )
        for word in words
    ]
    with watching_the_injector() as injector:
        landed = volley(
            nurse.system.url,
            shots,
            system="medassist",
            actor=nurse.name,
            recorder=nurse.recorder,
            within=ANSWER_WITHIN,
            ca=nurse.system.ca_file or None,
        )
    over_at = time.monotonic()
    asked = [
        Asked(word, words, each.answer, each.fault, each.seconds, echoed)
        for word, each in zip(words, landed, strict=True)
    ]
    load = f"{count} predictions at the same moment, AI {ai_seconds:g} s"
    return Rush(asked, most_at_once(landed), injector.health, over_at, load)


def most_at_once(landed: Sequence[Landed]) -> int:
    """Give the largest number of requests that were under way at one moment."""
    changes = sorted([(each.sent, 1) for each in landed] + [(each.ended, -1) for each in landed])
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return most


def rush_beside(both: AtWork, count: int, ai_seconds: float) -> Rush:
    """Ask for so many predictions at once while a patient and a nurse go on asking for everything else."""
    lasting = partial(rush, both.nurse, count, ai_seconds)
    come, [beside] = meanwhile(lasting, [partial(_goes_on, both)], within=2 * ANSWER_WITHIN)
    others = beside.get()
    tell_failed(both.nurse.stage, others)
    return replace(come, others=others)


def _goes_on(both: AtWork, going_on: GoingOn) -> list[Operation]:
    patient, nurse = both.patient, both.nurse
    ways: list[tuple[str, str, Callable[..., Any]]] = [
        (patient.name, "/api/health", patient.api.ask),
        (patient.name, f"/api/sessions/{patient.session.id}", patient.api.ask),
        (nurse.name, "/api/pars/queue", nurse.api.ask),
    ]
    pace, done = Pace(LOOK_EVERY), list[Operation]()
    while going_on():
        pace.wait()
        who, path, ask = ways[len(done) % len(ways)]
        done.append(attempt(who, path.rpartition("/api/")[2].partition("/")[0], partial(_asks, ask, path)))
    return done


def _asks(ask: Callable[..., Any], path: str) -> float:
    return float(ask("GET", path, within=LOOK_WITHIN).must_be(200).seconds)


def seconds_to_normal(both: AtWork, come: Rush, within: float) -> float:
    """Give the seconds from the last answer of a rush until a prediction and a message are answered by the AI.

    Raises DeadlineExceeded.
    """

    def served() -> None:
        both.nurse.api.models.predict(CHAT_MODEL, f"after the rush {time.monotonic()}")
        if both.patient.says("And now I am well again, thank you").is_fallback:
            raise ContractBroken("medassist: the patient read the answer that stands in for a failed AI")

    eventually(unless_raised(served, SystemFault), within, every=0.2, what="normal service after the rush")
    return time.monotonic() - come.over_at


def rush_vouched(stage: Any, come: Rush) -> Rush:
    """Give the rush if the injector can vouch for its times and had all in flight at once. Raises NotVerified."""
    flown, count = come.most_in_flight, len(come.asked)
    report(stage, "predictions in flight at one moment", flown, "", samples=count, load=come.load, statistic="count")
    vouched(stage, come.injector, come.load)
    if flown < count:
        raise NotEnoughSamples(f"only {flown} of {count} predictions were in flight at one moment")
    return come


def report_refused(stage: Any, come: Rush) -> None:
    """Journal how many were refused."""
    refused = sum(each.answer is not None and each.answer.status == BUSY for each in come.asked)
    report(stage, "predictions refused", refused, "", samples=len(come.asked), load=come.load, statistic="count")
