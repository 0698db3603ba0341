"""What a person or assistive technology finds on any page, typed."""

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
