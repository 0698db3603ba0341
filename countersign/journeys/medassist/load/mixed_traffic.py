"""Realistic mixed traffic in steps of more and more people: visits of patients, and a nurse's work beside them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import report, vouched
from countersign.journeys.medassist.crowd import Regular, gathered
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.load.percentiles import percentile
from countersign.load.steps import steps_of
from countersign.load.together import together
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.models import CHAT_MODEL
from countersign.systems.scripted_ai import mark

STEP_WITHIN = 60.0
NURSE_EVERY = 0.5
NOT_YET = (403, 404)
"""What a patient is told who asks for the report before a nurse has decided: an expected refusal."""


@dataclass(frozen=True)
class Step:
    """What so many people did at once, and how long it took them."""

    users: int
    operations: Sequence[Operation]
    seconds: float
    injector: InjectorHealth


@dataclass(frozen=True)
class MixedTraffic:
    """All steps, and what was done beforehand so that people could come (registering, signing in, agreeing)."""

    steps: Sequence[Step]
    beforehand: Sequence[Operation]

    @property
    def operations(self) -> list[Operation]:
        """Everything that was done."""
        return [*self.beforehand, *chain.from_iterable(step.operations for step in self.steps)]


@dataclass
class Visitor:
    """A patient on a visit; `line` is the open chat."""

    person: Regular
    line: list[ChatLine] = field(default_factory=list)
    session_id: str = ""


Act = Callable[[Visitor], object]


def mixed_traffic(nurse: Nurse, counts: str, rounds: int) -> MixedTraffic:
    """Let so many people in each step walk through so many rounds of a visit, all at once, a nurse working meanwhile.

    `counts` names them ("1, then 5"). Every step has people of its own, so that no limit on a single person is met.
    """
    stage, users = nurse.stage, steps_of(counts)
    come = gathered(stage, sum(users))
    _ = nurse.api
    people, steps = iter(come.people), list[Step]()
    for count in users:
        group = [person for _, person in zip(range(count), people, strict=False)]
        steps.append(_step(nurse, count, group, rounds))
    traffic = MixedTraffic(steps, come.operations)
    tell_failed(stage, traffic.operations)
    return traffic


def _step(nurse: Nurse, users: int, group: Sequence[Regular], rounds: int) -> Step:
    jobs = [partial(_visits, person, rounds) for person in group]

    def everybody() -> list[Operation]:
        outcomes = together(jobs, within=STEP_WITHIN)
        return list(chain.from_iterable(outcome.get() for outcome in outcomes))

    with watching_the_injector() as injector:
        done, [beside] = meanwhile(everybody, [partial(_works, nurse)], within=STEP_WITHIN + 10)
    operations = [*done, *beside.get()]
    began = min(operation.began for operation in operations)
    ended = max(operation.began + operation.seconds for operation in operations)
    return Step(users, operations, ended - began, injector.health)


def _visits(person: Regular, rounds: int) -> list[Operation]:
    operations: list[Operation] = []
    visitor = Visitor(person)
    opening: list[tuple[str, Act]] = [
        ("opening a session", _opens),
        ("joining the chat", _joins),
    ]
    again: list[tuple[str, Act]] = [
        ("looking at the health", partial(_reads, path="/api/health")),
        ("a message", _says),
        ("reading the session", _reads_session),
        ("reading the messages", _reads_messages),
        ("asking who one is", partial(_reads, path="/api/auth/me")),
        ("listing sessions", partial(_reads, path="/api/sessions")),
        ("a ping", lambda visiting: visiting.line[-1].ping(10.0)),
        ("asking for the report too early", _asks_too_early),
    ]
    for what, act in [*opening, *again * rounds]:
        operations.append(attempt(person.name, what, _timed(act, visitor)))
        if operations[-1].failed and what in ("opening a session", "joining the chat"):
            break
    return operations


def _timed(act: Act, visitor: Visitor) -> Callable[[], None]:
    def acted() -> None:
        act(visitor)

    return acted


def _opens(visitor: Visitor) -> None:
    visitor.session_id = visitor.person.opens_session().id


def _joins(visitor: Visitor) -> None:
    visitor.line.append(visitor.person.joins())


def _says(visitor: Visitor) -> None:
    complaint = str(personas.material("medassist_load")["complaints"]["routine"])
    echoed = "scripted-ai" in visitor.person.system.capabilities
    turn = visitor.line[-1].exchange(mark("echo", complaint, when="chat") if echoed else complaint)
    if turn.is_fallback:
        raise ContractBroken("medassist: the answer is the one that stands in for a failed AI")


def _reads(visitor: Visitor, path: str) -> None:
    visitor.person.api.ask("GET", path).must_be(200)


def _reads_session(visitor: Visitor) -> None:
    _reads(visitor, f"/api/sessions/{visitor.session_id}")


def _reads_messages(visitor: Visitor) -> None:
    _reads(visitor, f"/api/sessions/{visitor.session_id}/messages")


def _asks_too_early(visitor: Visitor) -> None:
    visitor.person.api.reports.try_of_session(visitor.session_id).must_be(*NOT_YET)


def _works(nurse: Nurse, going_on: GoingOn) -> list[Operation]:
    ways: list[tuple[str, Callable[[], object]]] = [
        ("reading the queue", lambda: nurse.api.ask("GET", "/api/pars/queue").must_be(200)),
        ("listing open sessions", lambda: nurse.api.ask("GET", "/api/sessions").must_be(200)),
    ]
    if "model-ops" in nurse.system.capabilities:
        ways.append(("a prediction", lambda: nurse.api.models.predict(CHAT_MODEL, "dry cough, two days")))
    pace, operations = Pace(NURSE_EVERY), list[Operation]()
    while going_on():
        pace.wait()
        what, act = ways[len(operations) % len(ways)]
        operations.append(attempt(nurse.name, what, partial(_done, act)))
    return operations


def _done(act: Callable[[], object]) -> None:
    act()


def report_steps(stage: Any, traffic: MixedTraffic) -> None:
    """Journal throughput and latency of every step."""
    for step in traffic.steps:
        done = [operation.seconds for operation in step.operations if not operation.failed]
        load, count = f"{step.users} users at once and a nurse", len(done)
        report(stage, f"throughput, {step.users} users", count / step.seconds, "per second", samples=count, load=load)
        for statistic, percent in (("median", 50), ("95th percentile", 95)):
            name, value = f"operation, {step.users} users", percentile(done, percent) if done else float("nan")
            report(stage, name, value, "s", samples=count, load=load, statistic=statistic)


def traffic_vouched(stage: Any, traffic: MixedTraffic) -> MixedTraffic:
    """Give the traffic if the injector can vouch for every step. Raises NotVerified."""
    for step in traffic.steps:
        vouched(stage, step.injector, f"{step.users} users at once and a nurse")
    return traffic
