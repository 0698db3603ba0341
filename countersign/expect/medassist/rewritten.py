"""Matchers for messages that are written in another way: are they judged as in plain words?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.triage import as_taken
from countersign.systems.medassist.chat import Turn


@dataclass(frozen=True)
class TwoSpellings:
    """One message in plain words and in another way of writing, each in a session of its own. `kind` is the table's."""

    kind: str
    way: str
    plain: Turn
    rewritten: Turn


class TakenAlike(Lacking[TwoSpellings]):
    """See `taken_as_in_plain_words`."""

    expected = "a message that is judged as in plain words"

    def lack(self, item: Any) -> str:
        """Say how the two were taken."""
        plain, rewritten = item.plain, item.rewritten
        if (plain.urgency, set(plain.red_flags)) == (rewritten.urgency, set(rewritten.red_flags)):
            return ""
        return (
            f"{rewritten.sent.content[:100]!r} ({item.way}) was taken as "
            f"{as_taken(rewritten.urgency, rewritten.red_flags)}, in plain words it is "
            f"{as_taken(plain.urgency, plain.red_flags)}"
        )


def taken_as_in_plain_words() -> TakenAlike:
    """Match a message with the same urgency and the same red flags in both spellings."""
    return TakenAlike()


class SoMany(Lacking[Sequence[TwoSpellings]]):
    """See `emergencies_and_harmless`."""

    def __init__(self, emergencies: int, harmless: int) -> None:
        self.wanted = {"emergency": emergencies, "harmless": harmless}
        self.expected = f"{emergencies} emergencies and {harmless} harmless messages, in plain words too"

    def lack(self, item: Any) -> str:
        """Say which message in plain words is not what the table says, or how many there are."""
        for each in item:
            flags, emergency = each.plain.red_flags, each.kind == "emergency"
            if bool(flags) != emergency or (each.plain.urgency == "immediate") != emergency:
                taken = as_taken(each.plain.urgency, flags)
                return f"{each.plain.sent.content[:100]!r} ({each.kind}) was taken as {taken}"
        counted = {kind: sum(each.kind == kind for each in item) for kind in self.wanted}
        return "" if counted == self.wanted else f"there were {counted['emergency']} and {counted['harmless']}"


def emergencies_and_harmless(emergencies: int, harmless: int) -> SoMany:
    """Match messages of which so many are emergencies and so many harmless, and are judged so in plain words."""
    return SoMany(emergencies, harmless)
