"""Matchers for long trainings: a connection on which nobody speaks stays open."""

from dataclasses import dataclass

from countersign.expect.stated import Stated, stated


@dataclass(frozen=True)
class Silence:
    """A pause for thinking, in seconds: how long it was to be and was. `broken` says how the system ended the line."""

    wanted: float
    lasted: float
    broken: str = ""


@dataclass(frozen=True)
class LongTraining:
    """A training with silences in between. `minutes` is from opening it to its last feedback."""

    silences: tuple[Silence, ...]
    answers: int
    connections: int
    minutes: float


def unbroken() -> Stated[Silence]:
    """Match a silence through which the connection stayed open."""

    def lack(item: Silence) -> str:
        if not item.broken:
            return ""
        after = f"after {item.lasted:.1f} s, {item.broken}"
        return f"in a silence of {item.wanted:g} s the system closed the connection {after}"

    return stated("a connection that stays open through the silence", lack)


def lasting(minutes: float, answers: int) -> Stated[LongTraining]:
    """Match a training of at least so many minutes and answers that needed one connection only."""

    def lack(item: LongTraining) -> str:
        if item.answers < answers:
            return f"only {item.answers} answers were rated"
        if item.connections != 1:
            return f"it needed {item.connections} connections"
        return "" if item.minutes >= minutes else f"it took {item.minutes:.2f} minutes"

    return stated(f"a training of at least {minutes:g} minutes and {answers} answers on one connection", lack)
