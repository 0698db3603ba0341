"""Match the frames that several lines sent at once brought: each answered once, in the order of sending."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.systems.chattrain.chat import REFUSALS, THE_THREE
from countersign.systems.chattrain.model import Frame, need

_NAMES = dict(zip(THE_THREE, ("receipts", "replies", "ratings"), strict=True))


class EachOnceInOrder(BaseMatcher[Sequence[Frame]]):
    """See `each_once_in_order`."""

    def __init__(self, lines: int) -> None:
        self.lines = lines

    def _matches(self, item: Any) -> bool:
        return self._fault(item) == ""

    def _fault(self, frames: Sequence[Frame]) -> str:
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

    def describe_to(self, description: Description) -> None:
        description.append_text(
            f"exactly one receipt, one reply and one rating for each of the {self.lines} lines, in this order, "
            "with rising numbers"
        )

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(self._fault(item))


def each_once_in_order(lines: int) -> EachOnceInOrder:
    """Match frames in which so many lines were confirmed, answered and rated once each, in the order of sending."""
    return EachOnceInOrder(lines)
