"""Many patients open and read sessions at a steady rate: four reads to one that writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import report, vouched
from countersign.journeys.measuring import measure_count, measure_rate
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.lanes import shared_out
from countersign.load.pace import Pace
from countersign.load.percentiles import percentile
from countersign.load.together import together
from countersign.transport import Deadline

OFFERED_BEYOND = 1.1
"""The rate that is offered, as a multiple of the one that is claimed."""
LONGEST_OPERATION = 10.0
READING_LANES, READING_WITHIN = 8, 60.0
PAGE = 100


@dataclass
class Desk:
    """One patient at work: the sessions opened, and what was done in its order."""

    person: Regular
    opened: list[str] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    single_reads: list[float] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)

    @property
    def missing(self) -> list[str]:
        """The sessions that were opened and are not among those read back."""
        return sorted(set(self.opened) - set(self.listed))


@dataclass(frozen=True)
class SessionTraffic:
    """What all patients did in so many seconds from a moment on."""

    desks: Sequence[Desk]
    began: float
    seconds: float
    injector: InjectorHealth
    load: str

    @property
    def operations(self) -> list[Operation]:
        """Everything that was done."""
        return list(chain.from_iterable(desk.operations for desk in self.desks))

    @property
    def completed(self) -> int:
        """How many operations were done well before the time was over."""
        ends = self.began + self.seconds
        return sum(not each.failed and each.began + each.seconds <= ends for each in self.operations)

    @property
    def opened(self) -> int:
        """How many sessions were opened."""
        return sum(len(desk.opened) for desk in self.desks)

    @property
    def missing(self) -> list[str]:
        """The sessions that were opened and could not be read back."""
        return list(chain.from_iterable(desk.missing for desk in self.desks))


def session_traffic(stage: Any, count: int, a_second: int, seconds: int) -> SessionTraffic:
    """Let so many patients open and read sessions for so long, together at more than the claimed rate."""
    desks = [Desk(person) for person in patients(stage, count)]
    each = count / (a_second * OFFERED_BEYOND)
    deadline = Deadline(seconds, "the traffic of sessions")
    jobs = [partial(_works, desk, each, deadline) for desk in desks]
    with watching_the_injector() as injector:
        for outcome in together(jobs, within=seconds + 2 * LONGEST_OPERATION):
            outcome.get()
    shared_out(desks, _reads_back, lanes=READING_LANES, within=READING_WITHIN)
    load = f"{count} patients, {a_second * OFFERED_BEYOND:.0f} operations per second offered, 4 reads to 1 write"
    traffic = SessionTraffic(desks, deadline.started, seconds, injector.health, load)
    tell_failed(stage, traffic.operations)
    return traffic


def measure_completed(stage: Any, traffic: SessionTraffic, least: int, seconds: int) -> int:
    """Journal and give how many operations were done in time, where at least so many in so many seconds are wanted."""
    done, load = traffic.completed, traffic.load
    measure_count(stage, "operations done", done, least=least, of=len(traffic.operations), load=load)
    measure_rate(stage, "operations", done / seconds, of=done, load=load, least=least / seconds)
    return done


def _works(desk: Desk, every: float, deadline: Deadline) -> None:
    pace = Pace(every)
    ways: list[tuple[str, Callable[[Desk], float]]] = [
        ("opening a session", _opens),
        ("reading a session", _reads),
        ("listing sessions", _lists),
        ("reading a session", _reads),
        ("reading a session", _reads),
    ]
    for number in range(round(deadline.seconds / every)):
        pace.wait()
        if deadline.expired:
            return
        what, act = ways[number % len(ways)]
        desk.operations.append(attempt(desk.person.name, what, partial(act, desk)))


def _opens(desk: Desk) -> float:
    answer = desk.person.api.sessions.try_open({"metadata": {}}, within=LONGEST_OPERATION).must_be(201)
    session_id = str(answer.json()["id"])
    desk.opened.append(session_id)
    desk.person.clinic.opened(session_id)
    return float(answer.seconds)


def _reads(desk: Desk) -> float:
    answer = _asks(desk, f"/{desk.opened[-1]}" if desk.opened else "")
    desk.single_reads.append(answer)
    return answer


def _lists(desk: Desk) -> float:
    return _asks(desk, "")


def _asks(desk: Desk, path: str) -> float:
    answer = desk.person.api.ask("GET", f"/api/sessions{path}", within=LONGEST_OPERATION)
    return float(answer.must_be(200).seconds)


def _reads_back(desk: Desk) -> None:
    while len(desk.listed) % PAGE == 0 and desk.missing:
        page = desk.person.api.sessions.listed(limit=PAGE, offset=len(desk.listed))
        desk.listed += [session.id for session in page]
        if not page:
            return


def session_traffic_vouched(stage: Any, traffic: SessionTraffic) -> SessionTraffic:
    """Give the traffic if the injector can vouch for its rate. Raises NotVerified.

    How long single sessions took to read is on record as an indication for a database without figures of its own.
    """
    vouched(stage, traffic.injector, traffic.load)
    reads = list(chain.from_iterable(desk.single_reads for desk in traffic.desks))
    if reads:
        report(
            stage,
            "reading a single session",
            percentile(reads, 95),
            "s",
            samples=len(reads),
            load=traffic.load,
            statistic="95th percentile",
        )
    return traffic
