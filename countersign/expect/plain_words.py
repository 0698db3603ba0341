"""Match a text for users: nothing of the program, its database or its AI provider shines through."""

import re
from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

_INTERNAL = re.compile(
    r"traceback|exception|\berrno\b|sqlite|sqlalchemy|operationalerror|database is locked|\bselect\b.+\bfrom\b"
    r"|openai|api[ _-]?key|\bsk-|\borg-|\bproj_|rate.?limit|overloaded|status \d{3}|\b[45]\d\d\b"
    r"|\bNone\b|\w+Error\b|\w+\.py\b|timed? ?out|connection refused|/(?:app|home|usr|var)/",
    re.IGNORECASE,
)


def internal_words(text: str) -> list[str]:
    """Give the words of a text that only a programmer would say."""
    return [match.group() for match in _INTERNAL.finditer(text)]


class InPlainWords(BaseMatcher[str]):
    """Match a text that says something and holds no internal word."""

    def _matches(self, item: Any) -> bool:
        return bool(str(item).strip()) and not internal_words(str(item))

    def describe_to(self, description: Description) -> None:
        description.append_text("a sentence in plain words")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        found = internal_words(str(item))
        words = f" holds {', '.join(map(repr, found))}" if found else " says nothing"
        mismatch_description.append_text(f"{str(item)[:120]!r}{words}")


def in_plain_words() -> InPlainWords:
    """Match a text that a user understands, without program, database or provider text."""
    return InPlainWords()
