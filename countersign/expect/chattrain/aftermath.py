"""Matchers for what a message brings that nobody can use: one clear error, and the conversation goes on."""

from dataclasses import dataclass

from countersign.expect.chattrain.exchange import rated
from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.chat import REFUSALS, THE_THREE
from countersign.systems.chattrain.model import Exchange, Frame

TOO_BIG = 1009


@dataclass(frozen=True)
class Aftermath:
    """What came after an unusable message.

    `frames` are all that came until the system answered the next question, `seconds` the time to the first of them
    (or the time waited in vain). `closed` is the code with which the system closed the line instead; `may_close` says
    that closing is a fair answer to this one. `next_line` is what the next good line brought, where one was said.
    """

    message: str
    frames: tuple[Frame, ...]
    seconds: float
    closed: int | None = None
    may_close: bool = False
    next_line: Exchange | None = None


class RefusedOnce(Lacking[Aftermath]):
    """See `refused_once`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"a message that brings one clear error within {seconds:g} s and no receipt"

    def lack(self, item: Aftermath) -> str:
        """Say what came instead."""
        told = f"{item.message!r}"
        if item.closed is not None:
            fair = item.may_close and item.closed == TOO_BIG
            return "" if fair else f"{told} had the line closed with {item.closed}"
        kinds = [frame.type for frame in item.frames]
        if THE_THREE[0] in kinds:
            return f"{told} was accepted: {', '.join(kinds)}"
        if not kinds:
            return f"{told} brought nothing within {item.seconds:.2f} s"
        if len(kinds) > 1 or kinds[0] not in REFUSALS:
            return f"{told} brought {', '.join(kinds)}"
        if not item.frames[0].content.strip():
            return f"{told} brought an error without a word"
        return "" if item.seconds < self.seconds else f"{told} was refused after {item.seconds:.2f} s"


def refused_once(seconds: float) -> RefusedOnce:
    """Match a message that brought one error with words in time, no receipt, and nothing else."""
    return RefusedOnce(seconds)


class GoesOn(Lacking[Aftermath]):
    """See `followed_by_a_rated_line`."""

    expected = "the next good line on the same line to be answered and rated"

    def lack(self, item: Aftermath) -> str:
        """Say what the next good line brought."""
        if item.next_line is None:
            return f"after {item.message!r} no further line could be said"
        if not rated().matches(item.next_line):
            return f"after {item.message!r} it brought {', '.join(item.next_line.types) or 'nothing'}"
        return ""


def followed_by_a_rated_line() -> GoesOn:
    """Match a message after which the next good line was answered and rated on the same connection."""
    return GoesOn()
