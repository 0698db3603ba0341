"""The few kinds of replies a behaviour can end in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Content:
    """A well-formed completion with this content (None is sent as null).

    Streamed, it goes out in pieces of `size` characters (None: a few words), with `pause` seconds before each.
    """

    text: str | None
    size: int | None = None
    pause: float = 0.0


@dataclass(frozen=True)
class Refusal:
    """An error status with a provider-like body."""

    code: int


@dataclass(frozen=True)
class NoChoices:
    """A completion whose list of choices is empty."""


@dataclass(frozen=True)
class Garbage:
    """A body that says to be JSON and is not."""


@dataclass(frozen=True)
class Hang:
    """Nothing at all, until the caller goes away."""


@dataclass(frozen=True)
class Cut:
    """The first half of a completion, or so many `pieces` of its stream, then the connection is closed."""

    text: str
    pieces: int | None = None


@dataclass(frozen=True)
class Delayed:
    """Wait so many seconds, then reply."""

    seconds: float
    then: "Reply"


Reply = Content | Refusal | NoChoices | Garbage | Hang | Cut | Delayed
