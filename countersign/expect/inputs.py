"""Matchers for what is typed into the chat: taken and kept as it is, or refused in clear words and not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking

VALIDATION = ("VALIDATION_ERROR", "422")


@dataclass(frozen=True)
class Entered:
    """One input, by its name, and the way it went in.

    `text` is the text that must be kept, `taken` whether it was taken, `refusal` the code of the refusal and `reason`
    its words (both empty if there was none).
    """

    name: str
    way: str
    text: str
    taken: bool
    refusal: str = ""
    reason: str = ""


@dataclass(frozen=True)
class EnteredByOneWay:
    """Everything that went in by one way, in its order, and the patient's messages that were kept of it."""

    way: str
    entered: tuple[Entered, ...]
    kept: tuple[str, ...]


class Taken(Lacking[Entered]):
    """See `taken`."""

    expected = "an input that is taken and answered"

    def lack(self, item: Any) -> str:
        """Say how it was refused."""
        if item.taken:
            return ""
        return f"{item.name} ({item.way}) was refused: {item.refusal or 'no answer'} {item.reason}".rstrip()


def taken() -> Taken:
    """Match an input that was taken."""
    return Taken()


class ClearlyRefused(Lacking[Entered]):
    """See `clearly_refused`."""

    expected = "an input that is refused as a mistake, with words that say so"

    def lack(self, item: Any) -> str:
        """Say what came instead."""
        if item.taken:
            return f"{item.name} ({item.way}) was taken"
        if item.refusal not in VALIDATION:
            return f"{item.name} ({item.way}) was answered with {item.refusal or 'nothing'} instead of {VALIDATION}"
        return "" if item.reason.strip() else f"{item.name} ({item.way}) was refused without a word"


def clearly_refused() -> ClearlyRefused:
    """Match an input that was refused as invalid, in words."""
    return ClearlyRefused()


class KeptExactly(Lacking[EnteredByOneWay]):
    """See `kept_exactly`."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.expected = f"exactly {', '.join(names)} kept, unchanged but for outer blanks"

    def lack(self, item: Any) -> str:
        """Say what is kept that must not be, or is missing, or was changed."""
        wanted = [each for each in item.entered if each.name in self.names]
        texts = [each.text for each in wanted]
        for each in wanted:
            if each.text not in item.kept:
                return f"{each.name} ({item.way}) is not kept as it was typed"
        if list(item.kept) != texts:
            return f"{len(item.kept)} messages are kept ({item.way}), {len(texts)} were taken: {_short(item.kept)}"
        return "" if wanted else "nothing of the kind was typed"


def kept_exactly(names: Sequence[str]) -> KeptExactly:
    """Match what went in by one way if exactly the named inputs are kept of it, in order and unchanged."""
    return KeptExactly(names)


def _short(texts: Sequence[str]) -> str:
    return ", ".join(repr(text[:20]) for text in texts)
