"""Many lines in a row and several at once, with everything the chat sent for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hamcrest import assert_that

import personas
from countersign.expect.chattrain.sequence import in_the_order_of_sending
from countersign.journeys.chattrain.training import Training
from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Exchange, Frame
from countersign.systems.scripted_ai import mark

BURST_WITHIN = 30.0


@dataclass(frozen=True)
class Talk:
    """Lines that were said, and every frame from the first of them until the system answered a question after them.

    `replies` and `keywords` pair what was due to each line with what it got; `replies` is empty where nobody can know
    what is due, because the AI is not a scripted one. `pace` says how they were sent.
    """

    pace: str
    exchanges: tuple[Exchange, ...]
    frames: tuple[Frame, ...]
    replies: tuple[tuple[str, str], ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()


def says_singly(training: Training, count: int) -> Talk:
    """Say so many plain lines, each after the feedback of the one before."""
    lines: list[str] = personas.material("chattrain_api")["plain_lines"][:count]
    begin = len(training.chat.frames)
    exchanges = training.say_all(lines)
    training.chat.info()
    return Talk("one after the other", tuple(exchanges), tuple(training.chat.frames[begin:]))


def says_at_once(training: Training, count: int) -> Talk:
    """Say so many lines without waiting in between. With a scripted AI each asks to be echoed."""
    burst = personas.material("chattrain_api")["burst"][:count]
    scripted = "scripted-ai" in training.system.capabilities
    lines = [mark("echo", entry["line"]) if scripted else entry["line"] for entry in burst]
    begin = len(training.chat.frames)
    exchanges = training.say_at_once(lines, BURST_WITHIN)
    training.chat.info()
    if not scripted:
        training.recorder.say("the AI is no scripted one: whose reply is whose was judged by numbers and feedback only")
    return Talk(
        "all at once",
        tuple(exchanges),
        tuple(training.chat.frames[begin:]),
        _paired([entry["line"] for entry in burst], _said(exchanges)) if scripted else (),
        _paired([entry["keyword"] for entry in burst], _rated_for(exchanges)),
    )


def measure(stage: Any, talk: Talk, count: int) -> None:
    """Journal how many of the `count` lines have exactly their three messages in order."""
    complete = sum(exchange.types == THE_THREE for exchange in talk.exchanges)
    stage.measure(
        "lines with one receipt, one reply and one feedback, in this order",
        complete,
        "lines",
        samples=len(talk.exchanges),
        limit=count,
        relation="equal to",
        required_samples=count,
        load=talk.pace,
    )


def judge_replies(talk: Talk) -> None:
    """Raise AssertionError unless each line got its own reply; without a scripted AI nobody can know and none is."""
    if talk.replies:
        assert_that(talk.replies, in_the_order_of_sending("replies"))


def _said(exchanges: Sequence[Exchange]) -> list[str]:
    return [exchange.reply if exchange.first("assistant_message") else "nothing" for exchange in exchanges]


def _rated_for(exchanges: Sequence[Exchange]) -> list[str]:
    return [
        ", ".join(exchange.feedback.matched).lower() if exchange.first("evaluation_feedback") else "nothing"
        for exchange in exchanges
    ]


def _paired(due: Sequence[str], got: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple(zip(due, got, strict=True))
