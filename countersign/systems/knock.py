"""Try a socket that may be closed to the caller, and tell how the system took it."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from countersign.errors import DeadlineExceeded, HandshakeRefused, LineClosed
from countersign.systems.frame_line import FrameLine

REFUSED_WITHIN = 3.0


@dataclass(frozen=True)
class Knock:
    """How a socket took a caller. `way` says who came how, `answer` what the system did, in words.

    `refused` is a refusal by the words of the system's contract.
    """

    way: str
    answer: str
    refused: bool


def knocked(way: str, dial: Callable[[], FrameLine[Any]], *, statuses: Set[int], codes: Set[int]) -> Knock:
    """Open a socket by `dial` and see whether the system lets the caller in.

    Refused is an opening answered with one of `statuses`, or a line closed with one of `codes` before any frame.
    """
    try:
        line = dial()
    except HandshakeRefused as refusal:
        return Knock(way, f"the opening was answered with {refusal.status}", refusal.status in statuses)
    try:
        first = line.next_frame(REFUSED_WITHIN)
    except LineClosed as end:
        return Knock(way, f"it was opened and closed with {end.code}", end.code in codes)
    except DeadlineExceeded:
        return Knock(way, f"it was opened and stayed open for {REFUSED_WITHIN:g} s", False)
    finally:
        line.close()
    return Knock(way, f"it was opened and greeted with {first.type}", False)
