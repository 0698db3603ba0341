"""Knocking at chats that do not exist, and saying a line all the same."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, HandshakeRefused, LineClosed
from countersign.expect.doors import WITHIN, Knock
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.chat import Chat, socket_url
from countersign.transport.deadline import Deadline

ALL_WITHIN = 30.0


@dataclass(frozen=True)
class Knocks:
    """What came of every knock, and what a session started after them held: the number of its messages."""

    all: tuple[Knock, ...]
    messages_found: int
    found_unknown: tuple[str, ...]


def knocks_at(trainee: Trainee, names: Sequence[str]) -> Knocks:
    """Knock at each of these chats (chattrain_mistakes.yaml), all at once, saying a line at each.

    Then look whether anything was kept: a session that is started afterwards (it may get a number that was knocked at)
    is empty, and, with the capability history, no unknown session can be read back.
    """
    known = personas.material("chattrain_mistakes")["chats"]
    scenario = trainee.finds("customer service")
    newest = trainee.starts(scenario).id
    ids = [_id_of(known[name], newest) for name in names]
    line = personas.material("chattrain_mistakes")["good_line"]
    tries = [partial(knock, trainee, name, f"/chat/{id_}", line) for name, id_ in zip(names, ids, strict=True)]
    outcomes = together(tries, within=ALL_WITHIN)
    unknown = [id_ for name, id_ in zip(names, ids, strict=True) if "ahead" in known[name]]
    readable = _readable(trainee, unknown)
    found = trainee.joins(scenario, trainee.starts(scenario)).chat.info().get("messages") or []
    return Knocks(tuple(outcome.get() for outcome in outcomes), len(found), readable)


def _readable(trainee: Trainee, numbers: Sequence[str]) -> tuple[str, ...]:
    if "history" not in trainee.system.capabilities:
        trainee.stage.recorder.say("the target reads no sessions back, so unknown ones were not looked for there")
        return ()
    answers = {number: trainee.api.try_read(int(number), "no-such-token", "/messages") for number in numbers}
    return tuple(number for number, answer in answers.items() if answer.status not in (401, 404))


def knock(trainee: Trainee, where: str, path: str, line: str, **details: Any) -> Knock:
    """Try to join a chat and say a line without having been let in; wait at most 3 s for the refusal."""
    system, deadline = trainee.system, Deadline(WITHIN, "chattrain: to be turned away")
    try:
        chat = Chat.join(
            system, socket_url(system, path=path), actor=trainee.name, recorder=trainee.stage.recorder, **details
        )
    except HandshakeRefused as refusal:
        return Knock(where, status=refusal.status, seconds=deadline.waited)
    try:
        with suppress(LineClosed):
            chat.say(line)
        with suppress(DeadlineExceeded, LineClosed):
            while True:
                chat.next_frame(deadline)
        with suppress(DeadlineExceeded):
            chat.line.wait_closed(deadline)
        return Knock(where, closed=chat.line.close_code, seconds=deadline.waited, frames=tuple(chat.frames))
    finally:
        chat.close()


def _id_of(form: dict[str, Any], newest: int) -> str:
    if "ahead" in form:
        return str(newest + int(form["ahead"]))
    return "9" * int(form["digits"]) if "digits" in form else str(form["path"])
