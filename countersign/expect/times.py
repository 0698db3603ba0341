"""Matchers for the times a system tells: in UTC, with their zone, and of this very moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from countersign.errors import ContractBroken
from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import moment

UTC_ENDINGS = ("Z", "+00:00")


@dataclass(frozen=True)
class Told:
    """A time as the system wrote it, where it stood, and the moment (UTC) by which it was here."""

    where: str
    text: Any
    heard_at: datetime


class ToldInUtc(Lacking[Told]):
    """See `told_in_utc`."""

    def __init__(self, endings: tuple[str, ...]) -> None:
        self.endings = endings
        self.expected = f"a time in UTC that says so (it ends in {' or '.join(endings)})"

    def lack(self, item: Told) -> str:
        """Say what is wrong with the time."""
        if not isinstance(item.text, str) or not item.text:
            return f"{item.where} tells {item.text!r}"
        try:
            moment(item.text, item.where)
        except ContractBroken as fault:
            return str(fault).removeprefix("chattrain: ")
        return "" if item.text.endswith(self.endings) else f"{item.where} tells {item.text!r}, a time of another zone"


def told_in_utc(*endings: str) -> ToldInUtc:
    """Match a time that ends in one of these, in Z or +00:00 unless the system's contract is narrower."""
    return ToldInUtc(endings or UTC_ENDINGS)


class RunningClock(Lacking[Sequence[Told]]):
    """See `a_running_clock`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"times that move on and are within {seconds:g} s of the present"

    def lack(self, item: Sequence[Told]) -> str:
        """Say which time stands still, has no zone or is off."""
        texts = [told.text for told in item]
        if len(texts) < 2:
            return f"only {len(texts)} time was told, which shows no movement"
        if len(set(texts)) < len(texts):
            return f"the clock stood still: {len(texts)} looks were told {texts[0]!r}"
        try:
            moments = [moment(told.text, told.where) for told in item]
        except ContractBroken as fault:
            return str(fault).removeprefix("chattrain: ")
        if sorted(moments) != moments:
            return f"the clock ran backwards: {', '.join(map(str, texts))}"
        off = [abs((told.heard_at - read).total_seconds()) for told, read in zip(item, moments, strict=True)]
        worst = max(off)
        return "" if worst < self.seconds else f"a time was {worst:.1f} s off: {texts[off.index(worst)]}"


def a_running_clock(seconds: float) -> RunningClock:
    """Match times, in the order they were told, that move on and are less than `seconds` off when they are heard."""
    return RunningClock(seconds)
