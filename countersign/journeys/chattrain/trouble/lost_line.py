"""Connections that drop: everybody comes back after a while and goes on."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import SystemFault
from countersign.journeys.chattrain.chat.steady import holds, steady_line
from countersign.journeys.chattrain.crowd import all_at_once, crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.systems.chattrain.model import Exchange


@dataclass(frozen=True)
class Travellers:
    """Trainees who are about to lose their connections."""

    people: Sequence[Trainee]


@dataclass(frozen=True)
class Return:
    """A trainee's way back after a drop. `seconds` run from asking to be let in to the greeting.

    `trouble` says why there was no way back; then there is no time, no state and no exchange.
    """

    who: str
    away: float
    seconds: float = 0.0
    status: str = ""
    exchange: Exchange | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Returns:
    """All ways back."""

    each: Sequence[Return]


def travellers(stage: Any, count: int, exchanges: int, training: str) -> None:
    """Let so many pilot users hold so many exchanges each."""
    people = crowd(stage, count)
    all_at_once(people, lambda person: holds(person, exchanges, training), within=60)
    stage.keep(Travellers(people))


def everybody_drops(stage: Any, times_away: Sequence[float]) -> Returns:
    """Let all travellers lose their connection at once, once for each time away, with two exchanges before each drop.

    Gives two exchanges between one drop and the next: the line after the return and one more.
    """

    def travels(person: Trainee) -> list[Return]:
        ways = []
        for number, away in enumerate(times_away):
            if number:
                person.answers(steady_line())
            ways.append(drop_and_return(person, away))
            if ways[-1].trouble:
                break
        return ways

    people = stage.the(Travellers).people
    everyone = all_at_once(people, travels, within=sum(times_away) + 60)
    return Returns([way for ways in everyone for way in ways])


def drop_and_return(trainee: Trainee, away: float) -> Return:
    """Lose the connection without a close frame, stay away, come back and say the next line."""
    training = trainee.training
    training.chat.cut()
    _stay_away(away)
    began = time.monotonic()
    try:
        greeting = training.rejoin()
        return Return(trainee.name, away, greeting.arrived - began, training.status(), training.say(steady_line()))
    except SystemFault as fault:
        return Return(trainee.name, away, trouble=str(fault))


def measure_returns(stage: Any, returns: Returns, limit: float, required: int) -> None:
    """Journal how long the greetings of the returns took."""
    seconds = [way.seconds for way in returns.each if not way.trouble]
    if seconds:
        load = f"{len(stage.the(Travellers).people)} users at once"
        measure_longest(stage, "return to greeting", seconds, below=limit, load=load, required=required)


def _stay_away(seconds: float) -> None:
    time.sleep(seconds)
