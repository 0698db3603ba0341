"""The operator watches: the health through an outage, the figures through a piece of work, the memory through much."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.faults import rolled_back
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.lost_line import steady_line
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.chattrain.metrics import LINES, MEMORY, OPEN_CONNECTIONS, Metrics
from countersign.systems.chattrain.model import Exchange, Health
from countersign.transport import eventually
from countersign.transport.deadline import Deadline

LOOK_EVERY = 0.1
NEVER = float("inf")
KEEP_LOOKING = 2.0
SETTLED_WITHIN = 15.0
PILOT_SIZE = 5


@dataclass(frozen=True)
class Watch:
    """What the health check said around an outage. Seconds; infinite where it never said so.

    `unhealthy_after` runs from the loss, `healthy_after` from the return; `meanwhile` are the looks between the first
    that told the truth and the return.
    """

    unhealthy_after: float
    meanwhile: Sequence[Health]
    healthy_after: float
    last: Health


@dataclass(frozen=True)
class FiguresBefore:
    """The figures when nothing was going on."""

    metrics: Metrics


@dataclass(frozen=True)
class FiguresAfter:
    """The figures after a piece of work, and the seconds somebody waited for all replies together."""

    metrics: Metrics
    waited: float
    exchanges: Sequence[Exchange]


@dataclass(frozen=True)
class MemoryUse:
    """Bytes of memory the system held before and after much work, and how much work it was."""

    before: float
    after: float
    lines: int
    connects: int


def watches_outage(operator: Operator) -> Watch:
    """Take the database away and give it back while the operator looks at the health ten times a second.

    It stays away until the health has told of it and for 2 s more.
    """
    control = operator.system.control
    with rolled_back(control, operator.finds_it_well):
        control.dependency("database").stop()
        unhealthy_after, _ = _until(operator, says_gone, "to tell that the database is gone", 8.0)
        meanwhile = _looks(operator, KEEP_LOOKING) if unhealthy_after < NEVER else []
        control.dependency("database").start()
        healthy_after, last = _until(operator, says_healthy, "to be healthy again", 15.0)
    return Watch(unhealthy_after, meanwhile, healthy_after, last)


def says_healthy(health: Health) -> bool:
    """Say whether the system calls itself healthy, in word and in kind."""
    return health.status == "healthy" and health.status_code == 200


def says_gone(health: Health) -> bool:
    """Say whether the system calls itself unable to work, in word and in kind."""
    return health.status != "healthy" and health.status_code == 503


def _until(operator: Operator, says: Callable[[Health], bool], what: str, within: float) -> tuple[float, Health]:
    began, looks = time.monotonic(), list[Health]()

    def look() -> None:
        looks.append(operator.health())
        if not says(looks[-1]):
            raise AssertionError(f"the system calls itself {looks[-1].status!r}")

    try:
        eventually(look, within, every=LOOK_EVERY, what=what)
    except DeadlineExceeded:
        return NEVER, looks[-1]
    return time.monotonic() - began, looks[-1]


def _looks(operator: Operator, seconds: float) -> list[Health]:
    deadline, pace, looks = Deadline(seconds, "looking on"), Pace(LOOK_EVERY), list[Health]()
    while not deadline.expired:
        pace.wait()
        looks.append(operator.health())
    return looks


def notes_figures(operator: Operator) -> None:
    """Note the figures once they stand still. Raises DeadlineExceeded if the system does not come to rest in 15 s."""
    looks: list[Metrics] = []

    def still() -> Metrics:
        looks.append(operator.metrics())
        for name in (LINES, OPEN_CONNECTIONS):
            before, now = looks[-2:][0].total(name), looks[-1].total(name)
            if len(looks) == 1 or before != now:
                raise AssertionError(f"{name} went from {before:g} to {now:g} by itself")
        return looks[-1]

    what = "the system to be at rest before its figures are compared"
    operator.stage.keep(FiguresBefore(eventually(still, SETTLED_WITHIN, every=0.2, what=what)))


def works(trainee: Trainee, operator: Operator, training: str, answered: int, refused: int) -> FiguresAfter:
    """Open a training, have some lines answered and some refused, and look at the figures before leaving."""
    trainee.opens(training)
    good = trainee.training.say_all([steady_line()] * answered)
    bad = trainee.training.say_all([""] * refused)
    waited = sum(exchange.feedback_seconds for exchange in good)
    after = FiguresAfter(operator.metrics(), waited, [*good, *bad])
    return trainee.stage.keep(after)  # type: ignore[no-any-return]


def open_connections_after_leaving(trainee: Trainee, operator: Operator, expected: float) -> float:
    """Leave, and give the number of open connections as soon as it is the expected one, at the latest after 3 s."""
    trainee.training.leave()

    def looks() -> float:
        now = operator.metrics().total(OPEN_CONNECTIONS)
        if now != expected:
            raise AssertionError(f"{now:g} open connections")
        return now

    try:
        return eventually(looks, 3.0, what="the connection to be counted off")
    except DeadlineExceeded:
        return operator.metrics().total(OPEN_CONNECTIONS)


def much_work(stage: Any, operator: Operator, lines: int, connects: int) -> MemoryUse:
    """Let the pilot group say so many lines over so many connects, spread over user names, and weigh the system."""
    most = personas.material("chattrain_trouble")["lines_a_user"]
    people = crowd(stage, -(-lines // most))
    before = operator.metrics().total(MEMORY)
    lanes = [people[number::PILOT_SIZE] for number in range(PILOT_SIZE)]
    shares = {person: (_share(lines, len(people), n), _share(connects, len(people), n)) for n, person in enumerate(people)}
    done = together([partial(_walk, lane, shares) for lane in lanes], within=90)
    said, joined = (sum(counts) for counts in zip(*(outcome.get() for outcome in done), strict=True))
    return MemoryUse(before, operator.metrics().total(MEMORY), said, joined)


def _share(total: int, people: int, number: int) -> int:
    return total // people + (1 if number < total % people else 0)


def _walk(people: Sequence[Trainee], shares: dict[Trainee, tuple[int, int]]) -> tuple[int, int]:
    said = joined = 0
    for person in people:
        lines, visits = shares[person]
        training = person.opens("customer service")
        for visit in range(visits):
            if visit:
                training.leave()
                training.rejoin()
            joined += 1
            said += sum(one.accepted for one in training.say_all([steady_line()] * _share(lines, visits, visit)))
        training.leave()
    return said, joined
