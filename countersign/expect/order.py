"""Match the frames that several lines sent at once brought: each answered once, in the order of sending."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.chat import REFUSALS, THE_THREE
from countersign.systems.chattrain.model import Frame, need

_NAMES = dict(zip(THE_THREE, ("receipts", "replies", "ratings"), strict=True))


class EachOnceInOrder(Lacking[Sequence[Frame]]):
    """See `each_once_in_order`."""

    def __init__(self, lines: int) -> None:
        self.lines = lines
        self.expected = (
            f"one receipt, one reply and one rating for each of {lines} lines, in order, with rising numbers"
        )

    def lack(self, item: Any) -> str:
        """Say what is missing, doubled or out of order."""
        frames: Sequence[Frame] = item
        refused = [frame for frame in frames if frame.type in REFUSALS]
        if refused:
            return f"one was refused: {refused[0].content!r}"
        places = {kind: [place for place, frame in enumerate(frames) if frame.type == kind] for kind in THE_THREE}
        for kind, name in _NAMES.items():
            if len(places[kind]) != self.lines:
                return f"{len(places[kind])} {name} came"
        for number, own in enumerate(zip(*places.values(), strict=True), 1):
            if list(own) != sorted(own):
                came = ", ".join(frames[place].type for place in sorted(own))
                return f"for line {number} came {came}"
        for kind in THE_THREE[:2]:
            numbers = [need(frames[place].data, "message_id", int, kind) for place in places[kind]]
            if any(later <= earlier for earlier, later in pairwise(numbers)):
                return f"the numbers of the {_NAMES[kind]} are {numbers}"
        return ""


def each_once_in_order(lines: int) -> EachOnceInOrder:
    """Match frames in which so many lines were confirmed, answered and rated once each, in the order of sending."""
    return EachOnceInOrder(lines)
