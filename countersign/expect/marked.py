"""Matchers for texts with a personal word: whose it is must show, and nobody else's may."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class MarkedText:
    """A text that belongs to one person: `what` it is, the person's own word, and the words of the others by name."""

    who: str
    what: str
    word: str
    others: dict[str, str]
    text: str

    @property
    def strangers(self) -> list[str]:
        """Everybody else whose word stands in the text."""
        return [name for name, word in self.others.items() if word in self.text]


class OnlyItsOwner(Lacking[MarkedText]):
    """See `only_its_owner`."""

    expected = "a text with the word of its owner and of nobody else"

    def lack(self, item: Any) -> str:
        """Say whose word stands in it, or that the owner's does not."""
        if item.word in item.text and not item.strangers:
            return ""
        if item.strangers:
            found = f"{item.what} of {item.who} holds the word of {', '.join(item.strangers)}"
        else:
            found = f"{item.what} of {item.who} does not hold the own word {item.word!r}"
        return f"{found}: {item.text[-200:]!r}"


def only_its_owner() -> OnlyItsOwner:
    """Match a text that holds its owner's word and nobody else's."""
    return OnlyItsOwner()
