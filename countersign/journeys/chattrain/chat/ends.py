"""How trainings end: by their conditions, early, and what comes after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.chattrain.endings import End, Held, ReadBack, WholeTraining
from countersign.journeys.chattrain.chat.lines import spoken
from countersign.journeys.chattrain.crowd import doubles
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import END_WITHIN, Training
from countersign.systems.chattrain.model import Exchange, Summary, moment, read_summary

STAYS_ACTIVE = "stays active"


@dataclass(frozen=True)
class HeldConversations:
    """Conversations with the end that a table states for them and the one they had."""

    conversations: tuple[Held, ...]


@dataclass(frozen=True)
class LateAnswer:
    """An answer given after the end: what it brought, and how many messages the server kept before and after."""

    exchange: Exchange
    kept: tuple[int, int]


def end_of(training: Training, within: float = END_WITHIN) -> End:
    """Wait until the end is announced and say how, and how long after the last feedback."""
    frame = training.awaits_end(within)
    if frame is None:
        return End("", within)
    feedback = training.exchanges[-1].first("evaluation_feedback")
    return End(str(frame.data.get("status")), frame.arrived - feedback.arrived if feedback else 0.0)


def kept_session(training: Training) -> Mapping[str, Any]:
    """Ask the server what it keeps of the session."""
    session = training.chat.info().get("session")
    return session if isinstance(session, Mapping) else {}


def conversations_of_table(trainee: Trainee, rows: Sequence[Mapping[str, str]]) -> HeldConversations:
    """Hold every conversation of a table anew; columns `conversation` and `training` (how the training ends)."""
    material = personas.material("chattrain_trainings")["completion"]
    held = []
    for person, row in zip(doubles(trainee, len(rows)), rows, strict=True):
        lines = spoken("customer service", material["conversations"][row["conversation"]], material["answers"])
        training = person.opens("customer service")
        held.append(Held(row["conversation"], row["training"], _hold(training, lines)))
        training.leave()
    return HeldConversations(tuple(held))


def _hold(training: Training, lines: Sequence[str]) -> str:
    for line in lines:
        training.say(line)
        if training.has_ended():
            break
    # Also where no end may come: one that is announced late is an end all the same.
    training.awaits_end()
    if training.ending is not None:
        return f"{training.ending.data.get('status')} by answer {len(training.scores)}"
    status = training.status()
    return STAYS_ACTIVE if status == "active" else f"{status} without saying so"


def trains_with_mixed_answers(trainee: Trainee, pause: float) -> None:
    """Say the mixed answers of the material until the training ends, thinking for `pause` seconds after the first."""
    for number, line in enumerate(personas.material("chattrain_trainings")["mixed_training"]["lines"]):
        trainee.training.say(line)
        if trainee.training.has_ended():
            return
        if number == 0:
            trainee.training.chat.silence(pause)


def whole_training(training: Training) -> WholeTraining:
    """Put together what was seen of a training that is over. Raises DeadlineExceeded if its end never comes."""
    training.awaits_end()
    session = kept_session(training)
    return WholeTraining(
        tuple(exchange for exchange in training.exchanges if exchange.accepted),
        training.summary,
        moment(session.get("created_at"), "the beginning of the session"),
        moment(session.get("completed_at"), "the end of the session"),
    )


def answers_after_the_end(trainee: Trainee) -> LateAnswer:
    """Give another answer in a training that is over."""
    training = trainee.training
    before = len(training.chat.messages())
    exchange = training.say(personas.material("chattrain_trainings")["after_the_end"])
    return LateAnswer(exchange, (before, len(training.chat.messages())))


def brings_to(trainee: Trainee, training: str, state: str) -> None:
    """Open a training and bring it to a final state: "completed" (all full answers) or "abandoned" (one, then the end).

    Raises SuiteError for another state; DeadlineExceeded if the end is not announced.
    """
    if state == "completed":
        trainee.trains(training)
    elif state == "abandoned":
        trainee.opens(training)
        trainee.answers_fully(1)
        ends_early(trainee)
    else:
        raise SuiteError(f'{state!r} is no way for a training to be over; write "completed" or "abandoned"')


def reads_again(trainee: Trainee) -> ReadBack:
    """Join the session on a new connection and read what is kept of it; through the session route too, if offered."""
    training = trainee.training
    training.leave()
    training.rejoin()
    spoken = tuple(text for each in training.exchanges if each.accepted for text in (each.line, each.reply))
    read = _contents(training.chat.messages())
    if "history" not in trainee.system.capabilities:
        trainee.stage.recorder.say("the target offers no reading back beside the chat, so only the chat was read")
        return ReadBack(spoken, read, read)
    return ReadBack(spoken, read, _contents(trainee.api.read_messages(training.session)))


def ends_early(trainee: Trainee) -> Summary:
    """End the training before its conditions are met and give the summary."""
    training = trainee.training
    training.ending = training.chat.end_early()
    return read_summary(training.ending.data)


def _contents(messages: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(str(each.get("content")) for each in messages)
