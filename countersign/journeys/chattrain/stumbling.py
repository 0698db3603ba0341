"""A trainee who makes mistakes in the middle of a training."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import personas
from countersign.errors import DeadlineExceeded
from countersign.journeys.chattrain.memory import memories
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.chat import EXCHANGE_WITHIN
from countersign.systems.chattrain.model import Exchange, Session
from countersign.transport.answer import Answer

ERROR_WITHIN = 4.0


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


def sends_mixed(trainee: Trainee) -> Mixed:
    """Send the mixed messages of the material one after the other and collect what comes for each."""
    training, good, mistakes = trainee.training, list[Exchange](), list[Exchange]()
    for message in personas.material("chattrain_trouble")["mixed_messages"]:
        if message.get("line"):
            good += training.say_at_once([message["line"]], EXCHANGE_WITHIN)
        else:
            mistakes.append(_mistake(trainee, message))
    counted = [sum(item.role == "user" for item in told) for told in memories(trainee).values()]
    if "history" in trainee.system.capabilities:
        counted.append(int(trainee.api.read_session(training.session)["exchanges"]))
    return Mixed(good, mistakes, counted)


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
