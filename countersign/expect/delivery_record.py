"""What the history checker looks at: what was sent, kept and shown in one conversation.

The words are those of any system with numbered messages, so that a driver only has to translate its frames into them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Fate = Literal["sent", "acknowledged", "delivered", "refused", "unknown"]
"""What became of a message. sent: the line stood and no word came; acknowledged: confirmed; delivered: confirmed and
answered (or kept, where nothing is answered); refused: turned away; unknown: the line ended before a word came."""


@dataclass(frozen=True)
class Confirmation:
    """The word that a message is kept: its id and its number in the conversation."""

    id: str
    number: int


@dataclass(frozen=True)
class Sending:
    """One message under the name (`mark`) its sender gave it, sent `times` times.

    `cut` says that a line ended before a word came, `refused` that it was turned away the last time it was sent.
    """

    mark: str
    text: str
    confirmations: tuple[Confirmation, ...] = ()
    times: int = 1
    refused: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Kept:
    """One item of the stored history. `mark` is empty for what nobody of the conversation sent (answers, say);
    `answers` is the id of the message it answers, `asks` says that it is one that must be answered, `shown` that every
    reader is shown it under its id."""

    id: str
    number: int
    text: str = ""
    mark: str = ""
    answers: str = ""
    asks: bool = False
    shown: bool = True


@dataclass(frozen=True)
class Seen:
    """One item as it was shown. `kind` is "confirmation", or what else items are told apart by; `line` counts the
    connections of the same reader."""

    id: str
    number: int
    text: str = ""
    kind: str = "message"
    line: int = 0


@dataclass(frozen=True)
class View:
    """What one reader was shown, over all their connections in turn.

    They had to be shown everything numbered above `after`, up to `until` (None: to the end). `words` is everything
    that came, as it came, in which marks of other conversations are looked for.
    """

    reader: str
    seen: tuple[Seen, ...]
    after: int = 0
    until: int | None = None
    words: str = ""


@dataclass(frozen=True)
class Conversation:
    """One conversation: what was sent into it, what is kept of it, and what its readers were shown.

    Numbers begin at `first`. `marks` are texts that belong to it alone, beside those of its messages.
    """

    name: str
    sendings: Sequence[Sending]
    kept: Sequence[Kept]
    views: Sequence[View] = ()
    first: int = 1
    marks: tuple[str, ...] = ()

    @property
    def own_marks(self) -> set[str]:
        """Every text that belongs to this conversation alone."""
        return {sending.mark for sending in self.sendings} | set(self.marks)


def fate(sending: Sending, kept: Sequence[Kept]) -> Fate:
    """Tell what became of a message, as far as its sender and the history know."""
    if sending.confirmations:
        ids = {confirmation.id for confirmation in sending.confirmations}
        mine = [item for item in kept if item.id in ids]
        answered = {item.answers for item in kept} & ids
        return "delivered" if mine and (answered or not mine[0].asks) else "acknowledged"
    if sending.refused:
        return "refused"
    return "unknown" if sending.cut else "sent"
