"""Matcher for the order of a conversation: every line has one receipt, one reply and one feedback, in this order."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.chat import THE_THREE
from countersign.systems.chattrain.model import Frame

RECEIPT, REPLY, FEEDBACK = THE_THREE
NUMBERED = (RECEIPT, REPLY)
WORDS = {RECEIPT: "receipt", REPLY: "reply", FEEDBACK: "feedback"}


class InOrder(Lacking[Sequence[Frame]]):
    """See `a_receipt_a_reply_and_a_feedback_each`."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.expected = f"one receipt, one reply and one feedback for each of {lines} lines, in this order"

    def lack(self, item: Sequence[Frame]) -> str:
        """Say what is doubled, missing, out of order or numbered wrongly."""
        own = [frame for frame in item if frame.type in THE_THREE]
        wrong = "; ".join(filter(None, (_doubled(own), self._out_of_order(own))))
        return wrong or self._missing(own) or _not_rising(own)

    def _missing(self, frames: Sequence[Frame]) -> str:
        found = Counter(frame.type for frame in frames)
        wrong = [f"{found[kind]} {WORDS[kind]}(s)" for kind in THE_THREE if found[kind] != self.lines]
        return f"there were {' and '.join(wrong)}" if wrong else ""

    @staticmethod
    def _out_of_order(frames: Sequence[Frame]) -> str:
        seen: Counter[str] = Counter()
        for frame in frames:
            seen[frame.type] += 1
            for earlier, later in pairwise(THE_THREE):
                if seen[later] > seen[earlier]:
                    return f"the {WORDS[later]} of line {seen[later]} came before its {WORDS[earlier]}"
        return ""


def _doubled(frames: Sequence[Frame]) -> str:
    numbers = Counter(frame.data.get("message_id") for frame in frames if frame.type in NUMBERED)
    for frame in frames:
        number = frame.data.get("message_id")
        if frame.type in NUMBERED and numbers[number] > 1:
            line = [each.data.get("message_id") for each in frames if each.type == frame.type].index(number) + 1
            return (
                f"the {WORDS[frame.type]} of line {line} bore the number {number}, which came {numbers[number]} times"
            )
    return ""


def _not_rising(frames: Sequence[Frame]) -> str:
    for kind in NUMBERED:
        numbers = [frame.data.get("message_id") for frame in frames if frame.type == kind]
        whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
        if len(whole) < len(numbers) or any(before >= after for before, after in pairwise(whole)):
            return f"the numbers of the {WORDS[kind]}s do not rise: {numbers}"
    return ""


def a_receipt_a_reply_and_a_feedback_each(lines: int) -> InOrder:
    """Match the frames of a conversation in which each of so many lines was confirmed, answered and rated once.

    Numbers of messages are unique and rise. Frames of other kinds are passed over.
    """
    return InOrder(lines)


class OwnAnswers(Lacking[Sequence[tuple[str, str]]]):
    """See `in_the_order_of_sending`."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.expected = f"{what} in the order in which the lines were sent"

    def lack(self, item: Sequence[tuple[str, str]]) -> str:
        """Name the first that belongs to another line."""
        for number, (wanted, got) in enumerate(item, 1):
            if wanted != got:
                return f"line {number} got {got!r} in place of {wanted!r}"
        return "" if item else "there was none"


def in_the_order_of_sending(what: str) -> OwnAnswers:
    """Match pairs of what was due to each line and what it got."""
    return OwnAnswers(what)
