"""Matchers for the keyboard focus: over the whole page in its order, where it goes after a key, left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.expect.lacking import Lacking
from countersign.systems.pages.model import Control, Rested

if TYPE_CHECKING:
    from countersign.transport.browser import Tour

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Tours:
    """The whole page gone over with Tab, and with Shift+Tab."""

    forwards: "Tour"
    backwards: "Tour"


class InPageOrder(Lacking[Tours]):
    """See `in_page_order`."""

    expected = "a focus that comes to every control in the order of the page, and back the same way"

    def lack(self, item: Tours) -> str:
        """Name what is left out, or where the order breaks."""
        there, back = item.forwards, item.backwards
        if not there.stops:
            return "the keyboard came to no stop"
        if there.missed or back.missed:
            return f"it never comes to {', '.join((there.missed or back.missed)[:NAMED_AT_MOST])}"
        for before, after in zip(there.stops, there.stops[1:], strict=False):
            if not after.after or after.bottom <= before.top:
                return f"from {before.name} it goes up to {after.name}"
        names, returning = [stop.name for stop in there.stops], [stop.name for stop in reversed(back.stops)]
        if names != returning:
            wrong = next((pair for pair in zip(names, returning, strict=False) if pair[0] != pair[1]), None)
            return f"back it comes to {wrong[1]} instead of {wrong[0]}" if wrong else "back it comes to fewer stops"
        return ""


def in_page_order() -> InPageOrder:
    """Match a page whose every control takes the focus, downwards and in the order of its text, in both directions."""
    return InPageOrder()


class SeenAtEveryStop(Lacking[Tours]):
    """See `seen_at_every_stop`."""

    expected = "a focus that shows at every stop"

    def lack(self, item: Tours) -> str:
        """Name the stops where it does not show."""
        hidden = [stop.name for stop in (*item.forwards.stops, *item.backwards.stops) if not stop.visible]
        return f"it does not show at {', '.join(hidden[:NAMED_AT_MOST])}" if hidden else ""


def seen_at_every_stop() -> SeenAtEveryStop:
    """Match a page on which the focus can be seen wherever it goes."""
    return SeenAtEveryStop()


@dataclass(frozen=True)
class Operated:
    """The controls that a page showed on a way, and the names of those that were operated and had their effect."""

    shown: tuple[Control, ...]
    used: tuple[str, ...]
    models: tuple[str, ...]

    def left_out(self) -> list[str]:
        """Name the kinds of control (whatever the model) that were shown and never used."""
        kinds = {self._kind(name) for name in self.used}
        return sorted(
            {f"the {each.role} {each.name!r}" for each in self._shown() if self._kind(each.name) not in kinds}
        )

    def _shown(self) -> list[Control]:
        return [each for each in self.shown if each.role != "option"]  # those are part of their list

    def _kind(self, name: str) -> str:
        for model_id in self.models:
            name = name.replace(model_id, "")
        return " ".join(name.split()).casefold()


class AllOperated(Lacking[Operated]):
    """See `all_operated`."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.expected = f"every control to have its effect by keyboard alone, at least {least} of them"

    def lack(self, item: Operated) -> str:
        """Name the controls that were not operated."""
        left_out = item.left_out()
        if left_out:
            return f"there was nothing to be done with {', '.join(left_out[:NAMED_AT_MOST])}"
        return f"there were only {len(set(item.used))}" if len(set(item.used)) < self.least else ""


def all_operated(least: int) -> AllOperated:
    """Match a way on which each kind of control that was shown was operated, at least so many of them."""
    return AllOperated(least)


@dataclass(frozen=True)
class Landing:
    """Where the focus was after a control had been used: `on` are the words there, `wanted` those of which it has to be
    one."""

    after: str
    wanted: tuple[str, ...]
    on: str


class WellLanded(Lacking[Sequence[Landing]]):
    """See `well_landed`."""

    expected = "a focus that goes to the counterpart or to the model of what was used"

    def lack(self, item: Sequence[Landing]) -> str:
        """Tell where it went wrong first."""
        for each in item:
            if each.on not in each.wanted:
                return f"after {each.after!r} it was on {each.on!r} instead of {' or '.join(map(repr, each.wanted))}"
        return "" if item else "nothing was used"


def well_landed() -> WellLanded:
    """Match landings of the focus that are all where they have to be."""
    return WellLanded()


class LeftAlone(Lacking[Rested]):
    """See `left_alone`."""

    def __init__(self, seconds: float, updates: int) -> None:
        self.seconds, self.updates = seconds, updates
        self.expected = f"a focus that stays where it is for {seconds:g} seconds of live updates"

    def lack(self, item: Rested) -> str:
        """Say where it went, or that there was too little to see."""
        if item.moves:
            return f"it went from {item.on!r} to {', '.join(item.moves[:NAMED_AT_MOST])}"
        if item.shuffles:
            return f"the rows changed their order {item.shuffles} times"
        if item.seconds < self.seconds:
            return f"it was watched for {item.seconds:.1f} seconds only"
        return f"the page changed {item.updates} times only" if item.updates < self.updates else ""


def left_alone(seconds: float, updates: int) -> LeftAlone:
    """Match a focus that nothing moved for so long, while the page changed at least `updates` times."""
    return LeftAlone(seconds, updates)
