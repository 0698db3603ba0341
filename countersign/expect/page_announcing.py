"""Matchers for what a screen reader is told while a page changes, and where the focus is around a dialog."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.pages.model import LiveRegion

URGENCIES = ("immediate", "urgent", "routine")
_CONNECTION = re.compile(r"\W*(connected|reconnecting|offline|try now|\s)+\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """Something that changed on the page, and the logs, status and alerts before and after it.

    `words` are those that have to be told; empty where any news will do.
    """

    what: str
    words: str
    before: tuple[LiveRegion, ...]
    after: tuple[LiveRegion, ...]


class Announcing(Lacking[Sequence[Change]]):
    """See `announcing`."""

    expected = "a screen reader to be told of every change"

    def lack(self, item: Sequence[Change]) -> str:
        """Name the change that stays silent."""
        silent = [change.what for change in item if not is_told(change)]
        return f"{' and '.join(silent)} stayed silent" if silent else "" if item else "nothing changed"


def announcing() -> Announcing:
    """Match changes each of which stands as news in a live region: a log, a status or an alert that is announced."""
    return Announcing()


def is_told(change: Change) -> bool:
    """Say whether a change stands as news in a live region."""
    known = {region.text for region in change.before}
    news = [region for region in change.after if region.announced and region.text not in known]
    return any(
        _folded(change.words) in _folded(region.text) and not _CONNECTION.fullmatch(region.text) for region in news
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True)
class DialogFocus:
    """Where the focus was: inside the dialog after opening it and after each Tab, back on its button after leaving it,
    and somewhere on the page (not lost) after the dialog had done its work."""

    went_in: bool
    stayed_in: bool = False
    came_back: bool = False
    kept_afterwards: bool = False


class InAndOut(Lacking[DialogFocus]):
    """See `in_and_out`."""

    expected = "a focus that goes into the dialog, stays in it and comes back out of it"

    def lack(self, item: DialogFocus) -> str:
        """Say where it got lost."""
        if not item.went_in:
            return "it stayed outside when the dialog opened"
        if not item.stayed_in:
            return "it left the dialog while that was open"
        if not item.came_back:
            return "it did not come back to the button that had opened the dialog"
        return "" if item.kept_afterwards else "it was lost after the dialog had done its work"


def in_and_out() -> InAndOut:
    """Match the focus around a dialog."""
    return InAndOut()


class SayingTheUrgency(Lacking[Sequence[str]]):
    """See `saying_the_urgency`."""

    expected = "the urgency as a word wherever it is shown"

    def lack(self, item: Sequence[str]) -> str:
        """Tell the first place without it."""
        wordless = [text for text in item if not any(word in text.lower() for word in URGENCIES)]
        return f"it is no word in {wordless[0][:60]!r}" if wordless else "" if item else "no urgency was shown"


def saying_the_urgency() -> SayingTheUrgency:
    """Match texts each of which names an urgency in a word."""
    return SayingTheUrgency()
