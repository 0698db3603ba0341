"""The system, its database or its AI goes and comes back: how soon a patient reads a real answer again."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import ContractBroken, SystemFault
from countersign.faults.control import Control
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.models.prediction_rush import AtWork
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import scripted_ai
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.medassist.models import CHAT_MODEL
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually, unless_raised
from countersign.transport.answer import Answer

ANSWER_WITHIN = 8.0
BACK_WITHIN = 40.0
"""Longer than the limit, so that a late return itself can be measured."""
TRY_EVERY = 0.7
"""Seconds between two tries of one patient: so seldom that the limit of messages is not met."""
FAILING_MESSAGES = 6
"""So many that the AI is left alone for a while (five failures in a row) and has to be tried again."""
RUNNING_SECONDS = 2
ALL_WITHIN = 60.0


@dataclass(frozen=True)
class Comebacks:
    """Seconds from each return to the first message that the AI answered."""

    what: str
    seconds: Sequence[float]


def comes_and_goes(both: AtWork, what: str, times: int) -> Comebacks:
    """Let something go and come back so many times; after each return wait until the patient reads a real answer."""
    patient, control = both.patient, both.nurse.system.control
    ready = partial(both.nurse.api.ask, "GET", "/api/health/ready", token="")
    seconds = []
    for _ in range(times):
        with rolled_back(control, lambda: ready().must_be(200), within=30):
            began = _WAYS[what](control, patient)
            eventually(
                unless_raised(partial(_really_answered, patient), SystemFault),
                BACK_WITHIN,
                every=TRY_EVERY,
                what="a real answer after the return",
            )
            seconds.append(time.monotonic() - began)
    return Comebacks(what, seconds)


def _killed(control: Control, patient: Patient) -> float:
    control.kill()
    return _started(control)


def _stopped(control: Control, patient: Patient) -> float:
    control.stop()
    return _started(control)


def _started(control: Control) -> float:
    began = time.monotonic()
    control.start()
    return began


def _database(control: Control, patient: Patient) -> float:
    control.dependency("database").stop()
    patient.line.collect_what_comes([patient.line.say("Is anybody there?")], ANSWER_WITHIN)
    began = time.monotonic()
    control.dependency("database").start()
    return began


def _ai(control: Control, patient: Patient) -> float:
    control.dependency("ai").stop()
    pace = Pace(TRY_EVERY / 2)
    for number in range(FAILING_MESSAGES):
        pace.wait()
        patient.line.collect_what_comes([patient.line.say(f"Is anybody there? ({number + 1})")], ANSWER_WITHIN)
    began = time.monotonic()
    control.dependency("ai").start()
    return began


_WAYS: dict[str, Callable[[Control, Patient], float]] = {
    "is killed and started": _killed,
    "is stopped in good order and started": _stopped,
    "loses its database and gets it back": _database,
    "loses its AI and gets it back": _ai,
}


def _really_answered(patient: Patient) -> None:
    if patient.line.line.closed:
        patient.joins()
    if patient.line.exchange("I am still here", ANSWER_WITHIN).is_fallback:
        raise ContractBroken("medassist: the answer stands in for the AI")


def measure_comebacks(stage: Any, comebacks: Comebacks, limit: float, times: int) -> Sequence[float]:
    """Journal the longest way back; give all."""
    name = f"return to a real answer: the system {comebacks.what}"
    measure_longest(stage, name, comebacks.seconds, below=limit, load="1 patient, 1 nurse", required=times)
    return comebacks.seconds


@dataclass(frozen=True)
class OrderlyStop:
    """What an orderly stop did: the code with which the chat was closed, and the answer of a running prediction."""

    close_code: int
    running: Answer


def stopped_while_running(both: AtWork) -> OrderlyStop:
    """Stop the system in good order while a prediction runs and a chat is open; start it again.

    Raises CapabilityMissing where no prediction can be made to last.
    """
    patient, nurse = both.patient, both.nurse
    nurse.stage.need("scripted-ai", "model-ops")
    control, line = nurse.system.control, patient.line.line
    ready = partial(nurse.api.ask, "GET", "/api/health/ready", token="")
    inputs = f"a prediction that runs {nurse.stage.tag}"
    running = mark("echo", inputs, after=RUNNING_SECONDS)
    predicts = partial(nurse.api.models.try_predict, CHAT_MODEL, running, within=20.0)
    with rolled_back(control, lambda: ready().must_be(200), within=30):
        answer, [stopped] = meanwhile(predicts, [partial(_stops_then, nurse, control, inputs)], within=ALL_WITHIN)
        stopped.get()
        code = line.wait_closed(ANSWER_WITHIN)
        control.start()
    return OrderlyStop(code, answer)


def _stops_then(nurse: Nurse, control: Control, inputs: str, going_on: GoingOn) -> None:
    ai = scripted_ai(nurse.stage)

    def runs() -> None:
        assert ai.holding(inputs), "the AI was not asked yet"

    eventually(runs, ANSWER_WITHIN, what="the prediction to run")
    control.stop()
