"""What a person or assistive technology finds on any page, typed."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Control:
    """Something to operate, as assistive technology is told of it. `name` is empty if it has none."""

    role: str
    name: str


@dataclass(frozen=True)
class LiveRegion:
    """A part of the page whose changes may be announced. `live` is "polite", "assertive" or "off"."""

    what: str
    live: str
    text: str = ""

    @property
    def announced(self) -> bool:
        """Whether a screen reader says what changes there."""
        return self.live in {"polite", "assertive"}


@dataclass(frozen=True)
class Said:
    """Something that was given to a screen reader to say. `at` is the moment (epoch seconds) on this machine's clock,
    `role` that of the region, `manner` polite or assertive."""

    at: float
    role: str
    manner: str
    text: str


@dataclass(frozen=True)
class Rested:
    """A focus that was left alone on something for some seconds: how often the page changed meanwhile, where the focus
    went all the same, and how often the rows changed their order."""

    on: str
    seconds: float
    updates: int
    moves: tuple[str, ...]
    shuffles: int


@dataclass(frozen=True)
class SeenText:
    """A text in view: its contrast to what is behind it (1 to 21, WCAG 2.2), and its size in CSS pixels."""

    text: str
    contrast: float
    pixels: float


@dataclass(frozen=True)
class Placed:
    """A control in view. `trouble` says why it cannot be used where it stands; empty if it can."""

    name: str
    trouble: str


@dataclass(frozen=True)
class Labelled:
    """A control: the words that are seen on or at it, and the name by which it is known. Empty if there are none."""

    role: str
    seen: str
    name: str

    @property
    def callable(self) -> bool:
        """Whether saying what is seen calls it: its name begins with these words."""
        return _folded(self.name).startswith(_folded(self.seen))


@dataclass(frozen=True)
class BarLook:
    """A look at a progress bar at a moment: its value, and the figure in words beside it."""

    at: float
    value: float
    words: str


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
