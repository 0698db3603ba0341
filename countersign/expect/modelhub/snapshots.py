"""Matchers for notices after their store was away: they flow again, and what they tell of the present is true."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Snapshot:
    """What a new listener of a topic was told of the present, by model, and what was read right before and after."""

    topic: str
    told: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]


class TellsTheTruth(Lacking[Snapshot]):
    """See `tells_the_truth`."""

    expected = "a picture of the present for a new listener that agrees with what is read"

    def lack(self, item: Any) -> str:
        """Name the first model of which something else was told."""
        for model in sorted({*item.before, *item.after}):
            told, read = item.told.get(model, "nothing"), {item.before.get(model), item.after.get(model)}
            if told not in read and (None not in read or told != "nothing"):
                words = " and then ".join(str(each) for each in (item.before.get(model), item.after.get(model)))
                return f"listeners of {item.topic} were told {told} of {model}, read was {words}"
        strange = sorted(set(item.told) - {*item.before, *item.after})
        return f"listeners of {item.topic} were told of {strange[0]}, which is not there" if strange else ""


def tells_the_truth() -> TellsTheTruth:
    """Match a picture of the present that agrees with what was read right before or right after it."""
    return TellsTheTruth()
