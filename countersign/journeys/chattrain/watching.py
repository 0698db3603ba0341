"""The operator watches: the health through an outage, the figures through a piece of work, the memory through much."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.outage_told import says_gone, says_healthy
from countersign.faults import rolled_back
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.lost_line import steady_line
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.chattrain.metrics import (
    ANSWERED,
    LINES,
    MEMORY,
    OPEN_CONNECTIONS,
    OPENED,
    REFUSED,
    REPLIES_TIMED,
    REPLY_SECONDS,
    SESSIONS,
    Metrics,
)
from countersign.systems.chattrain.model import Health
from countersign.transport import eventually
from countersign.transport.deadline import Deadline

LOOK_EVERY = 0.1
KEEP_LOOKING = 2.0
SETTLED_WITHIN = 15.0
PILOT_SIZE = 5
MB, GB = 1e6, 1e9


@dataclass(frozen=True)
class Change:
    """A change of what the health says: after how many seconds (None: it did not come), and the last look."""

    seconds: float | None
    last: Health


@dataclass(frozen=True)
class Watch:
    """What the health said around an outage: when it told of the loss, everything between then and the return of the
    database, and when it was healthy again."""

    loss: Change
    meanwhile: Sequence[Health]
    recovery: Change


@dataclass(frozen=True)
class Figures:
    """The figures when nothing was going on, and the memory the system took."""

    metrics: Metrics


@dataclass(frozen=True)
class Changes:
    """By how much the figures changed over a piece of work; `waited` is what its replies took by the trainee's clock.

    `connections` is the number of open connections before the work.
    """

    answered: int
    refused: int
    lines: int
    timed: int
    timed_seconds: float
    waited: float
    sessions: int
    opened: int
    connections: float


@dataclass(frozen=True)
class MemoryUse:
    """Bytes of memory the system held before and after much work, and how much work it was."""

    before: float
    after: float
    lines: int
    connects: int
    required: int


def watches_outage(operator: Operator) -> Watch:
    """Take the database away and give it back while the operator looks at the health ten times a second.

    It stays away until the health has told of it and for 2 s more.
    """
    control = operator.system.control
    with rolled_back(control, operator.finds_it_well):
        control.dependency("database").stop()
        loss = _until(operator, says_gone, 8.0)
        meanwhile = _looks(operator, KEEP_LOOKING) if loss.seconds is not None else []
        control.dependency("database").start()
        recovery = _until(operator, says_healthy, 15.0)
    return Watch(loss, meanwhile, recovery)


def _until(operator: Operator, says: Callable[[Health], bool], within: float) -> Change:
    began, looks = time.monotonic(), list[Health]()

    def look() -> None:
        looks.append(operator.health())
        assert says(looks[-1])

    try:
        eventually(look, within, every=LOOK_EVERY)
    except DeadlineExceeded:
        return Change(None, looks[-1])
    return Change(time.monotonic() - began, looks[-1])


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
    operator.stage.keep(Figures(eventually(still, SETTLED_WITHIN, every=0.2, what=what)))


def works(trainee: Trainee, operator: Operator, training: str, answered: int, refused: int) -> Changes:
    """Open a training, have some lines answered and some refused, and see before leaving how the figures changed."""
    before: Metrics = operator.stage.the(Figures).metrics
    trainee.opens(training)
    good = trainee.training.say_all([steady_line()] * answered)
    trainee.training.say_all([""] * refused)
    after = operator.metrics()

    def more(name: str, **labels: str) -> int:
        return round(after.total(name, **labels) - before.total(name, **labels))

    return Changes(
        answered=more(LINES, **ANSWERED),
        refused=more(LINES, **REFUSED),
        lines=more(LINES),
        timed=more(REPLIES_TIMED),
        timed_seconds=after.total(REPLY_SECONDS) - before.total(REPLY_SECONDS),
        waited=sum(exchange.feedback_seconds for exchange in good),
        sessions=more(SESSIONS, **OPENED),
        opened=more(OPEN_CONNECTIONS),
        connections=before.total(OPEN_CONNECTIONS),
    )


def connections_after_leaving(trainee: Trainee, operator: Operator, within: float) -> int:
    """Leave, and give how many connections are open more than before, once it is none or the time is over."""
    expected: float = operator.stage.the(Changes).connections
    trainee.training.leave()

    def looks() -> int:
        now = operator.metrics().total(OPEN_CONNECTIONS)
        if now != expected:
            raise AssertionError(f"{now:g} open connections")
        return 0

    try:
        return eventually(looks, within, what="the connection to be counted off")
    except DeadlineExceeded:
        return round(operator.metrics().total(OPEN_CONNECTIONS) - expected)


def much_work(stage: Any, operator: Operator, lines: int, connects: int) -> MemoryUse:
    """Let five people at once say so many lines over so many connects, spread over user names; weigh the system."""
    most = personas.material("chattrain_trouble")["lines_a_user"]
    people = crowd(stage, -(-lines // most))
    before: float = stage.the(Figures).metrics.total(MEMORY)
    lanes = [people[number::PILOT_SIZE] for number in range(PILOT_SIZE)]
    shares = {
        person: (_share(lines, len(people), n), _share(connects, len(people), n)) for n, person in enumerate(people)
    }
    done = together([partial(_walk, lane, shares) for lane in lanes], within=90)
    said, joined = (sum(counts) for counts in zip(*(outcome.get() for outcome in done), strict=True))
    return MemoryUse(before, operator.metrics().total(MEMORY), said, joined, lines)


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


def measure_change(stage: Any, name: str, change: Change, limit: float) -> None:
    """Journal how long a change of the health took, if it came."""
    if change.seconds is not None:
        measure_longest(stage, name, [change.seconds], below=limit, load="1 outage")


def measure_growth(stage: Any, use: MemoryUse, limit: float) -> float:
    """Journal and give by how many MB the memory grew."""
    return _weighed(stage, use, "growth of the memory", (use.after - use.before) / MB, "MB", limit=limit)


def measure_size(stage: Any, use: MemoryUse, limit: float) -> float:
    """Journal and give how many GB of memory the system takes after the work."""
    return _weighed(stage, use, "memory of the system", use.after / GB, "GB", limit=limit)


def _weighed(stage: Any, use: MemoryUse, name: str, value: float, unit: str, *, limit: float) -> float:
    weighed: float = stage.measure(
        name,
        value,
        unit,
        samples=use.lines,
        limit=limit,
        relation="below",
        required_samples=use.required,
        statistic="difference" if unit == "MB" else "after the work",
        load=f"{use.lines} lines and {use.connects} connects of {PILOT_SIZE} users at once",
    )
    return weighed
