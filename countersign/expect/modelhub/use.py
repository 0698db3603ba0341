"""Matchers for everyday use while parts are away: nearly everything is answered, and nothing absent is offered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Offer:
    """Which models a look offered for use. `asked` is monotonic; a `complete` one names all that can be used."""

    asked: float
    place: str
    models: frozenset[str]
    complete: bool = False


@dataclass(frozen=True)
class Absent:
    """Between which moments (monotonic) a model could not be used."""

    since: float
    until: float


@dataclass(frozen=True)
class Offers:
    """What many looks offered, which models were absent and when, and which was there all the time."""

    each: Sequence[Offer]
    absent: Mapping[str, Absent]
    present: str


class NeverFalse(Lacking[Offers]):
    """See `never_false`."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.expected = f"at least {least} looks that offer what can be used and nothing else"

    def lack(self, item: Any) -> str:
        """Name the first false offer, or say that there were too few looks to tell."""
        for model, absent in item.absent.items():
            told = [each for each in item.each if absent.since <= each.asked < absent.until]
            false = [each for each in told if model in each.models]
            if false:
                after = false[0].asked - absent.since
                return f"{false[0].place} offered {model} {after:.1f} s after it had to be known that it is not whole"
            if len(told) < self.least:
                return f"there were only {len(told)} looks while {model} was not whole"
        gone = [each for each in item.each if each.complete and item.present not in each.models]
        return f"{gone[0].place} said that {item.present} cannot be used, which was there" if gone else ""


def never_false(least: int) -> NeverFalse:
    """Match offers that never named an absent model, in so many looks for each, and never missed the present one."""
    return NeverFalse(least)
