"""Matchers for a page that everybody can use: no barriers, by keyboard alone, with a screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.expect.lacking import Lacking
from countersign.systems.pages.model import Control, LiveRegion

if TYPE_CHECKING:
    from countersign.transport.browser import FocusStop

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class PartsSeen:
    """The parts of the page that were looked at, each with its barriers of the kind that counts.

    `stopped` says why the rest could not be reached (empty if everything was).
    """

    barriers: dict[str, tuple[str, ...]]
    stopped: str = ""


@dataclass(frozen=True)
class KeyboardWay:
    """A way gone by keyboard alone: where the focus stopped, and what could be operated on it."""

    stops: "tuple[FocusStop, ...]"
    controls: tuple[Control, ...]


class WithoutBarriers(Lacking[PartsSeen]):
    """See `without_barriers`."""

    def __init__(self, parts: Sequence[str], kind: str) -> None:
        self.parts = tuple(parts)
        self.expected = f"no {kind} in any of {len(self.parts)} parts of the page"

    def lack(self, item: PartsSeen) -> str:
        """Name the barriers part by part, or the part that was not looked at."""
        found = [f"{part}: {barrier}" for part, barriers in item.barriers.items() for barrier in barriers]
        if found:
            more = f"; and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
            return f"{'; '.join(found[:NAMED_AT_MOST])}{more}"
        missing = [part for part in self.parts if part not in item.barriers]
        if missing:
            return f"{missing[0]!r} was not reached{': ' + item.stopped if item.stopped else ''}"
        return ""


def without_barriers(parts: Sequence[str], kind: str = "serious or critical barrier") -> WithoutBarriers:
    """Match parts of the page that were all looked at and have no barrier; `kind` names those that count."""
    return WithoutBarriers(parts, kind)


class VisibleFocus(Lacking["Sequence[FocusStop]"]):
    """See `visible_focus`."""

    expected = "a focus that shows at every stop"

    def lack(self, item: "Sequence[FocusStop]") -> str:
        """Name the stops where it does not show."""
        if not item:
            return "the keyboard came to no stop"
        hidden = [f"the {stop.role} {stop.name!r}" for stop in item if not stop.visible]
        return f"it does not show at {', '.join(hidden[:NAMED_AT_MOST])}" if hidden else ""


def visible_focus() -> VisibleFocus:
    """Match stops of the keyboard at all of which the focus can be seen."""
    return VisibleFocus()


class AllNamed(Lacking[Sequence[Control]]):
    """See `all_named`."""

    expected = "a name for every control"

    def lack(self, item: Sequence[Control]) -> str:
        """Count the controls without a name."""
        if not item:
            return "no control was seen"
        nameless = [control.role for control in item if not control.name.strip()]
        return f"{len(nameless)} of {len(item)} have none: {', '.join(nameless[:NAMED_AT_MOST])}" if nameless else ""


def all_named() -> AllNamed:
    """Match controls that all have a name."""
    return AllNamed()


@dataclass(frozen=True)
class Stated:
    """What the page states of itself, and the words it shows. `common_words` are frequent words of that language."""

    language: str
    titles: tuple[str, ...]
    words: tuple[str, ...]
    common_words: frozenset[str]

    @property
    def share_of_common_words(self) -> float:
        """The share of the words shown that are among the frequent ones."""
        return sum(word in self.common_words for word in self.words) / max(1, len(self.words))


class StatingItsLanguage(Lacking[Stated]):
    """See `stating_its_language`."""

    def __init__(self, code: str, share: float) -> None:
        self.code, self.share = code, share
        self.expected = f"a page that states the language {code!r} and is written in it"

    def lack(self, item: Stated) -> str:
        """Say what is stated, or that the text is another language."""
        if item.language.lower().split("-")[0] != self.code:
            return f"it states {item.language!r}"
        if item.share_of_common_words < self.share:
            return f"only {item.share_of_common_words:.0%} of its words are frequent words of that language"
        return ""


def stating_its_language(code: str, share: float) -> StatingItsLanguage:
    """Match a page that states a language and whose text has at least this share of its frequent words."""
    return StatingItsLanguage(code, share)


class NamingItself(Lacking[Stated]):
    """See `naming_itself`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.expected = f"a title that names {name} all the time"

    def lack(self, item: Stated) -> str:
        """Tell the title that does not."""
        wrong = [title for title in item.titles if self.name not in title]
        return f"the title was {wrong[0]!r}" if wrong else "" if item.titles else "no title was seen"


def naming_itself(name: str) -> NamingItself:
    """Match titles that all name the product."""
    return NamingItself(name)


class Announced(Lacking[Sequence[LiveRegion]]):
    """See `announced`."""

    expected = "every change to be announced to a screen reader"

    def lack(self, item: Sequence[LiveRegion]) -> str:
        """Name the parts whose changes stay silent."""
        silent = [region.what for region in item if not region.announced]
        return f"changes of {' and '.join(silent)} stay silent" if silent else "" if item else "nothing was looked at"


def announced() -> Announced:
    """Match parts of the page whose changes are announced."""
    return Announced()


@dataclass(frozen=True)
class Spoken:
    """An entry of the conversation: the label it has, and who really said it."""

    text: str
    label: str
    speaker: str


class TrulyLabelled(Lacking[Sequence[Spoken]]):
    """See `truly_labelled`."""

    def __init__(self, speakers: Sequence[str]) -> None:
        self.speakers = tuple(speakers)
        self.expected = f"entries of {', '.join(self.speakers)}, each with the name of the one who sent it"

    def lack(self, item: Sequence[Spoken]) -> str:
        """Tell the first entry under a wrong name, or who was not heard."""
        for entry in item:
            if entry.label != entry.speaker:
                return f"{entry.text[:60]!r} is labelled {entry.label}, it was said by {entry.speaker}"
        unheard = sorted(set(self.speakers) - {entry.speaker for entry in item})
        return f"nothing of {', '.join(unheard)} was there" if unheard else ""


def truly_labelled(speakers: Sequence[str]) -> TrulyLabelled:
    """Match entries of all these speakers, each under its sender's name."""
    return TrulyLabelled(speakers)


class ComingAndGoing(Lacking[Sequence[str]]):
    """See `telling_connection`."""

    def __init__(self, states: Sequence[str]) -> None:
        self.states = list(states)
        self.expected = f"a status that says {', then '.join(self.states)}"

    def lack(self, item: Sequence[str]) -> str:
        """Tell what it said instead."""
        return "" if list(item) == self.states else f"it said {', then '.join(item) or 'nothing'}"


def telling_connection(*states: str) -> ComingAndGoing:
    """Match what the status of the connection said, one after the other."""
    return ComingAndGoing(states)
