"""Matchers for texts with a personal word: whose it is must show, and nobody else's may."""

from dataclasses import dataclass
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


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


class OnlyOwn(BaseMatcher[MarkedText]):
    """See `only_its_owner`."""

    def _matches(self, item: Any) -> bool:
        return item.word in item.text and not item.strangers

    def describe_to(self, description: Description) -> None:
        description.append_text("a text with the word of its owner and of nobody else")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        if item.strangers:
            found = f"{item.what} of {item.who} holds the word of {', '.join(item.strangers)}"
        else:
            found = f"{item.what} of {item.who} does not hold the own word {item.word!r}"
        mismatch_description.append_text(f"{found}: {item.text[-200:]!r}")


def only_its_owner() -> OnlyOwn:
    """Match a text that holds its owner's word and nobody else's."""
    return OnlyOwn()
