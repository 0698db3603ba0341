"""Matcher for what must not leave the server's disk."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

FORBIDDEN_OR_UNKNOWN = (403, 404)
TOO_LARGE = (413,)
NO_TEXT = 400
"""Asked for the words of what is no text, a system may say just that (contract, section 3)."""


@dataclass(frozen=True)
class Reached:
    """Something that was asked for in place of a document, the answer, and words that stand in such files.

    `as_text` says that only its words were asked for.
    """

    what: str
    answer: Answer
    words: tuple[bytes, ...]
    as_text: bool = False


class KeptBack(Lacking[Reached]):
    """See `kept_back`."""

    def __init__(self, statuses: Sequence[int]) -> None:
        self.statuses = statuses
        how = "too large" if tuple(statuses) == TOO_LARGE else "forbidden or unknown"
        self.expected = f"a refusal as {how}, with nothing of a file in it"

    def lack(self, item: Reached) -> str:
        """Say what came of it."""
        answer = item.answer
        shown = next((word for word in item.words if word in answer.body), None)
        if shown is not None:
            return f"{item.what} was handed out ({answer.status}): it shows {shown[:40].decode('utf-8', 'replace')!r}"
        no_text = item.as_text and answer.status == NO_TEXT and tuple(self.statuses) == FORBIDDEN_OR_UNKNOWN
        if answer.status not in self.statuses and not no_text:
            return f"{item.what} was answered {answer.status} with {len(answer.body)} bytes: {answer.beginning()!r}"
        return ""


def kept_back(*statuses: int) -> KeptBack:
    """Match a reach for a file that was refused with one of these statuses, without a word of the file."""
    return KeptBack(statuses or FORBIDDEN_OR_UNKNOWN)
