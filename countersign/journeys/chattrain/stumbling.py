"""A trainee who makes mistakes in the middle of a training."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import personas
from countersign.errors import DeadlineExceeded
from countersign.journeys.chattrain.chat.memory import memories
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.model import Exchange, Session
from countersign.transport.answer import Answer

ERROR_WITHIN = 4.0
LINE_WITHIN = 6.0
"""Longer than any limit, so that a late answer itself can be seen."""


@dataclass(frozen=True)
class Mixed:
    """Good messages and mistakes, each with what came for it, and how many exchanges the system counts (by each way
    it tells them)."""

    good: Sequence[Exchange]
    mistakes: Sequence[Exchange]
    counted: Sequence[int]


@dataclass(frozen=True)
class Wishes:
    """A wish for a session that cannot be fulfilled, and the proper one that followed."""

    impossible: Answer
    proper: Session


def mixed_messages() -> list[dict[str, str]]:
    """Give the messages, good ones and mistakes, in the order they are sent."""
    return list(personas.material("chattrain_trouble")["mixed_messages"])


def sends_mixed(trainee: Trainee) -> Mixed:
    """Send the mixed messages of the material one after the other and collect what comes for each.

    Ends after a good line that brought nothing: whoever gets no answer at all sends no more.
    """
    good, mistakes = list[Exchange](), list[Exchange]()
    for message in mixed_messages():
        if message.get("line"):
            good += trainee.training.say_at_once([message["line"]], LINE_WITHIN)
            if not good[-1].frames:
                return Mixed(good, mistakes, [])
        else:
            mistakes.append(_mistake(trainee, message))
    return Mixed(good, mistakes, _counted(trainee))


def _counted(trainee: Trainee) -> list[int]:
    counted = [sum(item.role == "user" for item in told) for told in memories(trainee).values()]
    if "history" in trainee.system.capabilities:
        counted.append(int(trainee.api.read_session(trainee.training.session)["exchanges"]))
    return counted


def _mistake(trainee: Trainee, message: dict[str, str]) -> Exchange:
    chat = trainee.training.chat
    before = len(chat.frames)
    if "frame" in message:
        text = message["frame"]
        sent = chat.line.send_text(text)
    else:
        text = message["line"]
        sent = chat.say(text)
    # Whatever is missing or too much shows in the frames, where the sentence judges it.
    with suppress(DeadlineExceeded):
        chat.wait_for(("error", "security_error"), ERROR_WITHIN)
    return Exchange(text, sent, tuple(chat.frames[before:]))


def wishes_wrongly(trainee: Trainee) -> Wishes:
    """Ask for a session of a training that cannot exist, then for a proper one."""
    impossible = personas.material("chattrain_trouble")["impossible_scenario"]
    answer = trainee.api.try_session({"scenario_id": impossible, "user_id": trainee.user_name})
    return Wishes(answer, trainee.starts(trainee.training.scenario))
