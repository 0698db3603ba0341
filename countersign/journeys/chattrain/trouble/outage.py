"""The system is killed and started again, or loses its database."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded, SystemFault
from countersign.faults import rolled_back
from countersign.journeys.chattrain.chat.made_up import Recovered, answer_made_up, everything_so_far
from countersign.journeys.chattrain.chat.memory import Memories, memories
from countersign.journeys.chattrain.chat.steady import confirmed, delayed, steady_line
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.chattrain.model import Exchange
from countersign.systems.chattrain.stored import Stored
from countersign.transport import eventually, unless_raised
from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline

READY_WITHIN = 30.0
"""Longer than any limit, so that a late start itself can be measured."""
ANSWER_WITHIN = 4.0
LOOK_EVERY = 0.1
EVERY, TRY_EVERY = 1.0, 0.5
"""Seconds between two lines or wishes of one user: so slow that no limit on a user is met, however soon each fails."""
AWAY = "3 users, the database away"


@dataclass(frozen=True)
class Completed:
    """How a training ended that was completed before the system was hurt."""

    session: Mapping[str, Any]
    messages: Sequence[Stored]


@dataclass(frozen=True)
class Restart:
    """What was found after a kill and a start. `seconds` run from the start to the first good health."""

    seconds: float
    status: str
    expected: Sequence[Stored]
    found: Memories
    last_number: int
    after: Exchange


@dataclass(frozen=True)
class DatabaseOutage:
    """What people met while the database was away, and how it was when it was back.

    `back_after` runs from its return to the first line that was confirmed and answered.
    """

    lines: Sequence[Exchange]
    sessions: Sequence[Answer]
    back_after: float
    expected: Mapping[str, Sequence[Stored]]
    found: Mapping[str, Memories]


def completes(trainee: Trainee, training: str) -> Completed:
    """Complete a training and remember how the system tells of it."""
    trainee.trains(training)
    return Completed(ending_of(trainee), everything_so_far(trainee))


def ending_of(trainee: Trainee) -> Mapping[str, Any]:
    """Ask for the state of the current session and when it was completed."""
    session = trainee.training.chat.info().get("session") or {}
    return {name: session.get(name) for name in ("status", "completed_at")}


def killed_when_confirmed(trainee: Trainee) -> Restart:
    """Kill the system the moment a line is confirmed, start it again, and look what it still knows."""
    control, olga = trainee.system.control, trainee.stage.actor("Olga")
    line = delayed(trainee, steady_line())
    with rolled_back(control, olga.finds_it_well):
        _, receipt = confirmed(trainee, line)
        control.kill()
        began = time.monotonic()
        control.start()
        eventually(
            unless_raised(olga.finds_it_well, SystemFault),
            READY_WITHIN,
            every=LOOK_EVERY,
            what="the system to be ready",
        )
        seconds = time.monotonic() - began
    number = int(receipt.data["message_id"])
    trainee.training.rejoin()
    status = trainee.training.status()
    kept = _kept_line(trainee, line, number)
    expected = [*everything_so_far(trainee), *kept]
    found = memories(trainee)
    after = trainee.training.say(steady_line())
    return Restart(seconds, status, expected, found, max(item.id for item in expected), after)


def _kept_line(trainee: Trainee, line: str, number: int) -> list[Stored]:
    # The answer itself is not promised over a kill, the confirmed line is.
    try:
        made_up: Recovered = answer_made_up(trainee, line, number, Deadline(5.0, "the answer in work"))
    except DeadlineExceeded as late:
        trainee.stage.recorder.say(f"the answer that was in work at the kill was not made up for: {late}")
        return [Stored(number, "user", line)]
    return [made_up.line, made_up.reply]


def database_away(stage: Any, talker: Trainee, waiting: Trainee, newcomer: Trainee, seconds: float) -> DatabaseOutage:
    """Take the database away for so long: one goes on talking, one waits for an answer, one asks for new sessions."""
    control = stage.system("chattrain").control
    pending = delayed(waiting, steady_line())
    scenario = newcomer.finds("customer service")
    wish = {"scenario_id": scenario.id, "user_id": newcomer.user_name}
    with rolled_back(control, stage.actor("Olga").finds_it_well):
        _, receipt = confirmed(waiting, pending)
        control.dependency("database").stop()
        jobs: list[Callable[[], list[Any]]] = [
            partial(_talks_on, talker, seconds),
            partial(_asks_for_sessions, newcomer, wish, seconds),
        ]
        talked, asked = together(jobs, within=seconds + 20)
        control.dependency("database").start()
        returned = time.monotonic()
        eventually(partial(_is_served, talker), READY_WITHIN, every=TRY_EVERY, what="a line to be taken again")
        back_after = time.monotonic() - returned
        newcomer.starts(scenario)
    within = Deadline(10.0, "the answer to the line that was confirmed before the database went")
    made_up = answer_made_up(waiting, pending, int(receipt.data["message_id"]), within)
    expected = {talker.name: everything_so_far(talker), waiting.name: everything_so_far(waiting, made_up)}
    found = {person.name: memories(person) for person in (talker, waiting)}
    return DatabaseOutage(talked.get(), asked.get(), back_after, expected, found)


def _talks_on(trainee: Trainee, seconds: float) -> list[Any]:
    deadline, said = Deadline(seconds, "the outage"), list[Exchange]()
    while not deadline.expired:
        said += trainee.training.chat.burst([f"Is anybody there? ({len(said) + 1})"], ANSWER_WITHIN)
        trainee.training.chat.silence(min(EVERY, deadline.remaining))
    return said


def _asks_for_sessions(trainee: Trainee, wish: Mapping[str, Any], seconds: float) -> list[Any]:
    deadline, pace, answers = Deadline(seconds, "the outage"), Pace(EVERY), list[Answer]()
    while not deadline.expired:
        pace.wait()
        answers.append(trainee.api.try_session(wish, within=ANSWER_WITHIN))
    return answers


def _is_served(trainee: Trainee) -> None:
    [exchange] = trainee.training.chat.burst([steady_line()], ANSWER_WITHIN)
    if exchange.refusal is not None:
        raise AssertionError(f"the line was refused: {exchange.refusal.content!r}")
    trainee.training.exchanges.append(exchange)


def measure_start(stage: Any, restart: Restart, limit: float) -> float:
    """Journal and give how long the system took to be ready."""
    return measure_longest(stage, "start to ready after a kill", [restart.seconds], below=limit, load="1 kill")


def measure_refusals(stage: Any, outage: DatabaseOutage, limit: float) -> None:
    """Journal how long it took to be told that nothing can be kept."""
    seconds = [one.refusal.arrived - one.sent for one in outage.lines if one.refusal is not None]
    if seconds:
        measure_longest(stage, "line to its refusal without database", seconds, below=limit, load=AWAY)
    turned = [answer.seconds for answer in outage.sessions]
    measure_longest(stage, "wish for a session without database", turned, below=limit, load=AWAY)


def measure_recovery(stage: Any, outage: DatabaseOutage, limit: float) -> float:
    """Journal and give how long it took until lines were taken again."""
    return measure_longest(stage, "database back to line taken", [outage.back_after], below=limit, load=AWAY)
