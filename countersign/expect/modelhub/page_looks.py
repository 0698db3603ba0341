"""Matchers for a page seen in different ways: contrast, size, nothing lost, nothing moving, names as labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.pages.model import Labelled, Placed, SeenText

NAMED_AT_MOST = 3
DOUBLED = 1.9
"""Times as large as before, a little below two for sizes that are rounded."""


@dataclass(frozen=True)
class StateSeen:
    """The state of something: the word for it, and the text that is shown for it."""

    what: str
    word: str
    shown: str


@dataclass(frozen=True)
class Look:
    """The page seen in one way."""

    way: str
    controls: tuple[Placed, ...]
    texts: tuple[SeenText, ...]
    too_wide: int
    states: tuple[StateSeen, ...]
    moving: tuple[str, ...] = ()


@dataclass(frozen=True)
class Looks:
    """The page as usual, and in other ways. In the ones of `enlarged` the text was wanted twice as large."""

    usual: Look
    others: tuple[Look, ...]
    enlarged: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[Look, ...]:
        """Every way of looking."""
        return (self.usual, *self.others)


class NothingLost(Lacking[Looks]):
    """See `nothing_lost`."""

    expected = "every control to be there and usable in every way of looking at the page"

    def lack(self, item: Looks) -> str:
        """Name what is lost."""
        if not item.others:
            return "the page was looked at in one way only"
        if not item.usual.controls:
            return "there was no control"
        found = [problem for look in item.all for problem in self._lost(item.usual, look)]
        return "; ".join(found[:NAMED_AT_MOST])

    @staticmethod
    def _lost(usual: Look, look: Look) -> list[str]:
        there = {control.name for control in look.controls}
        gone = [f"with {look.way} {each.name!r} is lost" for each in usual.controls if each.name not in there]
        return gone + [f"with {look.way} {each.name!r} {each.trouble}" for each in look.controls if each.trouble]


def nothing_lost() -> NothingLost:
    """Match a page seen in several ways, none of which loses, cuts off or covers a control."""
    return NothingLost()


class NoSidewaysScrolling(Lacking[Looks]):
    """See `no_sideways_scrolling`."""

    expected = "a page that needs no scrolling to the side"

    def lack(self, item: Looks) -> str:
        """Name the ways in which it is too wide."""
        wide = [f"{look.too_wide} pixels too wide with {look.way}" for look in item.all if look.too_wide > 0]
        return f"it is {', '.join(wide)}" if wide else ""


def no_sideways_scrolling() -> NoSidewaysScrolling:
    """Match a page that is never wider than its window."""
    return NoSidewaysScrolling()


class StandingOut(Lacking[Looks]):
    """See `standing_out`."""

    def __init__(self, contrast: float) -> None:
        self.contrast = contrast
        self.expected = f"every text to stand out by {contrast:g} to 1"

    def lack(self, item: Looks) -> str:
        """Tell the faintest texts."""
        if not all(look.texts for look in item.all):
            return "no text was seen"
        faint = {each.text: (each, look.way) for look in item.all for each in look.texts if self._faint(each)}
        told = [f"{text[:40]!r} by {each.contrast:.2f} with {way}" for text, (each, way) in faint.items()]
        return f"{len(told)} do less: {', '.join(told[:NAMED_AT_MOST])}" if told else ""

    def _faint(self, text: SeenText) -> bool:
        return text.contrast < self.contrast


def standing_out(contrast: float) -> StandingOut:
    """Match a page whose every text has at least this contrast (WCAG 2.2), large ones too."""
    return StandingOut(contrast)


class TextGrown(Lacking[Looks]):
    """See `text_grown`."""

    expected = "text twice as large where the browser asks for it"

    def lack(self, item: Looks) -> str:
        """Tell a text that stayed small."""
        for look in (each for each in item.others if each.way in item.enlarged):
            before = {text.text: text.pixels for text in item.usual.texts}
            both = [(text, before[text.text]) for text in look.texts if text.text in before]
            if not both:
                return f"no text was seen both as usual and with {look.way}"
            small = [f"{each.text[:40]!r} stays at {each.pixels:g} pixels" for each, was in both if _small(each, was)]
            if small:
                return ", ".join(small[:NAMED_AT_MOST])
        return "" if item.enlarged else "nobody asked for larger text"


def _small(text: SeenText, before: float) -> bool:
    return text.pixels < before * DOUBLED


def text_grown() -> TextGrown:
    """Match a page whose text follows the size that the person asks the browser for."""
    return TextGrown()


class StillWhereWanted(Lacking[Looks]):
    """See `still`."""

    def __init__(self, way: str) -> None:
        self.way = way
        self.expected = f"a page that keeps still with {way}"

    def lack(self, item: Looks) -> str:
        """Name what moves."""
        look = next((look for look in item.others if look.way == self.way), None)
        if look is None:
            return "nobody asked for it"
        return f"there moves {', '.join(look.moving[:NAMED_AT_MOST])}" if look.moving else ""


def still(way: str) -> StillWhereWanted:
    """Match a page on which nothing moves or fades by itself in this way of looking."""
    return StillWhereWanted(way)


class StatesInWords(Lacking[Looks]):
    """See `states_in_words`."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self.expected = f"every state as a word, {', '.join(self.words)} among them"

    def lack(self, item: Looks) -> str:
        """Tell the first state without its word."""
        for look in item.all:
            for state in look.states:
                if state.word.lower() not in state.shown.lower():
                    return f"with {look.way} {state.what} is {state.word}, and the page says {state.shown!r}"
            missing = [word for word in self.words if word not in {state.word for state in look.states}]
            if missing:
                return f"with {look.way} nothing was {missing[0]}"
        return ""


def states_in_words(words: Sequence[str]) -> StatesInWords:
    """Match a page that says every state in its word, in every way; these states have to be among them."""
    return StatesInWords(words)


class CalledAsSeen(Lacking[Sequence[Labelled]]):
    """See `called_as_seen`."""

    expected = "the name of every control to begin with the words that are seen on it"

    def lack(self, item: Sequence[Labelled]) -> str:
        """Tell the first one that is called otherwise."""
        if not any(each.seen for each in item):
            return "no words were seen on any control"
        wrong = [f"the {each.role} {each.seen!r} is named {each.name!r}" for each in item if not each.callable]
        return f"{len(wrong)} of {len(item)} do not: {', '.join(wrong[:NAMED_AT_MOST])}" if wrong else ""


def called_as_seen() -> CalledAsSeen:
    """Match controls that can be called by the words on them."""
    return CalledAsSeen()
