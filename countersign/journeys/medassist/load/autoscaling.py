"""Ten minutes of rising load, and how many copies of the system serve before, during and after."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import report, vouched
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.scripted_ai import mark
from countersign.transport import Deadline, eventually

STEPS = (10, 25, 50, 100)
"""Patients at work in each quarter of the time."""
ACT_EVERY = 0.5
COUNT_EVERY = 10.0
FEWER_WITHIN = 900.0
"""Seconds after the load in which the copies must have become fewer again: those who scale down wait some minutes."""
BEYOND = 300.0


@dataclass(frozen=True)
class Scaling:
    """The number of copies before, at most during, and after the load, and everything that was done meanwhile."""

    before: int
    most: int
    after: int
    operations: Sequence[Operation]
    injector: InjectorHealth
    load: str


def rising_load(stage: Any, minutes: float) -> Scaling:
    """Let more and more patients work for so many minutes; count the copies all the time, and until they are fewer."""
    stage.may_take(60 * minutes + FEWER_WITHIN + BEYOND)
    control, seconds = stage.system().control, 60 * minutes
    people = patients(stage, STEPS[-1])
    before, counts, began = control.replicas(), list[int](), time.monotonic()
    workers = [partial(_works, person, began + _starts(number, seconds)) for number, person in enumerate(people)]

    def counting() -> None:
        deadline, pace = Deadline(seconds, "the rising load"), Pace(COUNT_EVERY)
        while not deadline.expired:
            pace.wait()
            counts.append(control.replicas())

    with watching_the_injector() as injector:
        _, worked = meanwhile(counting, workers, within=seconds + 60)
    operations = list(chain.from_iterable(outcome.get() for outcome in worked))
    tell_failed(stage, operations)
    load = f"{' to '.join(str(step) for step in (STEPS[0], STEPS[-1]))} patients over {minutes:g} minutes"
    most = max(counts)
    after = _fewer(stage, most) if most > before else most
    for name, value in (("before", before), ("at most during", most), ("after", after)):
        report(stage, f"copies of the system {name} the load", value, "", samples=len(counts), load=load)
    return Scaling(before, most, after, operations, injector.health, load)


def _starts(number: int, seconds: float) -> float:
    step = next(index for index, most in enumerate(STEPS) if number < most)
    return step * seconds / len(STEPS)


def _works(person: Regular, begins: float, going_on: GoingOn) -> list[Operation]:
    pace, operations = Pace(ACT_EVERY), list[Operation]()
    echoed = "scripted-ai" in person.system.capabilities
    text = "I have had a cough for two days"
    while going_on():
        if pace.wait() < begins:
            continue
        number = len(operations)
        if number % 8 == 0:
            said = mark("echo", text, when="chat") if echoed else text
            operations.append(attempt(person.name, "a message", partial(_says, person, said)))
        else:
            operations.append(attempt(person.name, "reading the session", partial(_reads, person)))
    return operations


def _says(person: Regular, text: str) -> float:
    return float(person.line.exchange(text).answered_after)


def _reads(person: Regular) -> float:
    return float(person.api.ask("GET", f"/api/sessions/{person.session.id}").must_be(200).seconds)


def _fewer(stage: Any, most: int) -> int:
    control = stage.system().control

    def fewer() -> int:
        now: int = control.replicas()
        assert now < most, f"{now} copies still serve"
        return now

    return eventually(fewer, FEWER_WITHIN, every=COUNT_EVERY, what="copies to be taken away after the load")


def scaling_vouched(stage: Any, scaling: Scaling) -> Scaling:
    """Give the scaling if the injector could keep the load up. Raises NotVerified."""
    vouched(stage, scaling.injector, scaling.load)
    return scaling
