"""Matchers for how a message was judged: its urgency, its red flags, and what follows from them for the session."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.model import Session

SHOWN = 80
NO_RED_FLAG = "no red flag"


@dataclass(frozen=True)
class Judged:
    """A message in a session of its own: what it brought in the chat, and the session as staff see it afterwards.

    `named` are the red flags that the table names for it.
    """

    turn: Turn
    session: Session
    named: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The message, shortened for reports."""
        return repr(self.turn.sent.content[:SHOWN])


def categories(words: str) -> tuple[str, ...]:
    """Give the red flags that a sentence names ("chest pain and breathing", "no red flag") in the system's words."""
    if words == NO_RED_FLAG:
        return ()
    return tuple(each.strip().replace(" ", "_") for each in words.split(" and "))


def as_taken(urgency: str, red_flags: Sequence[str]) -> str:
    """Say how a message was taken, in words."""
    flags = " and ".join(flag.replace("_", " ") for flag in red_flags)
    return f"{urgency} with {flags}" if flags else f"{urgency} without a red flag"


class TakenAsAnEmergency(Lacking[Judged]):
    """See `taken_as_an_emergency`."""

    expected = "an emergency that is taken as immediate with the red flags of its kind, with advice shown for it"

    def lack(self, item: Any) -> str:
        """Say how it was taken instead, or what the advice leaves out."""
        urgency, flags = item.turn.urgency, item.turn.red_flags
        if urgency != "immediate" or not item.named or not set(item.named) <= set(flags):
            return f"{item.text} was taken as {as_taken(urgency, flags)}, it is {as_taken('immediate', item.named)}"
        if item.turn.alert is None:
            return f"no advice was shown for {item.text}"
        shown = tuple(item.turn.alert.payload.get("red_flags") or ())
        return "" if set(item.named) <= set(shown) else f"the advice for {item.text} names {', '.join(shown) or 'none'}"


def taken_as_an_emergency() -> TakenAsAnEmergency:
    """Match a message taken as immediate whose red flags contain those of the table; others beside them are allowed."""
    return TakenAsAnEmergency()


class WithoutRedFlag(Lacking[Judged]):
    """See `without_red_flag`."""

    def __init__(self, words: str) -> None:
        self.words, self.unwanted = words, set(categories(words))
        self.expected = f"a message that is not taken as {words}"

    def lack(self, item: Any) -> str:
        """Name the red flags it was given."""
        flags = item.turn.red_flags
        return f"{item.text} was taken as {as_taken(item.turn.urgency, flags)}" if self.unwanted & set(flags) else ""


def without_red_flag(words: str) -> WithoutRedFlag:
    """Match a message whose red flags hold none of the named ones."""
    return WithoutRedFlag(words)


class SoManyMessages(Lacking[Sequence[Judged]]):
    """See `so_many_messages`."""

    def __init__(self, count: int) -> None:
        self.expected, self.count = f"{count} messages, each in a session of its own", count

    def lack(self, item: Any) -> str:
        """Say how many messages or sessions there were."""
        sessions = len({each.session.id for each in item})
        return "" if len(item) == sessions == self.count else f"there were {len(item)} in {sessions} sessions"


def so_many_messages(count: int) -> SoManyMessages:
    """Match so many judged messages, each in a session of its own."""
    return SoManyMessages(count)


class TakenWithoutRedFlags(Lacking[Judged]):
    """See `taken_without_red_flags`."""

    def __init__(self, urgency: str) -> None:
        self.urgency = urgency
        self.expected = f"a message that is taken as {as_taken(urgency, ())}"

    def lack(self, item: Any) -> str:
        """Say how it was taken instead."""
        urgency, flags = item.turn.urgency, item.turn.red_flags
        return "" if urgency == self.urgency and not flags else f"{item.text} was taken as {as_taken(urgency, flags)}"


def taken_without_red_flags(urgency: str) -> TakenWithoutRedFlags:
    """Match a message of this urgency that has no red flag at all."""
    return TakenWithoutRedFlags(urgency)


class LeftInPeace(Lacking[Judged]):
    """See `left_in_peace`."""

    expected = "no advice, an active session, and no report"

    def lack(self, item: Any) -> str:
        """Say what was set off."""
        if item.turn.alert is not None:
            return f"emergency advice was shown for {item.text}"
        if item.session.status != "active":
            return f"the session of {item.text} is {item.session.status}"
        return f"a report was made for {item.text}" if item.session.has_par or item.session.par is not None else ""


def left_in_peace() -> LeftInPeace:
    """Match a message that set nothing off."""
    return LeftInPeace()
