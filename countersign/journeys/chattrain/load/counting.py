"""The operator compares the system's figures before and after a piece of work."""

from dataclasses import dataclass

from countersign.errors import DeadlineExceeded
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.metrics import (
    ANSWERED,
    LINES,
    OPEN_CONNECTIONS,
    REFUSED,
    REPLIES_TIMED,
    REPLY_SECONDS,
    SESSIONS,
)
from countersign.systems.prometheus import Metrics
from countersign.transport import eventually

SETTLED_WITHIN = 15.0


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
    # The answer to a question that follows is the marker: by then everything before it is done and counted.
    trainee.training.chat.info()
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
        sessions=more(SESSIONS),
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
