"""Matchers for what the AI is told of a conversation: everything of this session, nothing of another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.scripted_ai import AiCall

Said = tuple[str, str]
"""Who said it (user or assistant), and the words."""


@dataclass(frozen=True)
class ToldToTheAi:
    """The calls that the last message of a session brought, and what had to be told: everything said, in order.

    `strange` are the words of the other sessions.
    """

    who: str
    said: tuple[Said, ...]
    strange: tuple[str, ...]
    calls: tuple[AiCall, ...]


class ToldEverythingSaid(Lacking[ToldToTheAi]):
    """See `told_everything_said`."""

    def __init__(self, turns: int) -> None:
        self.turns = turns
        self.expected = f"an AI that is told everything said in {turns} turns of this session, in order"

    def lack(self, item: Any) -> str:
        """Say what was left out."""
        turns = sum(role == "user" for role, _ in item.said)
        if turns != self.turns:
            return f"{item.who} had {turns} turns"
        if not item.calls:
            return f"the AI was not asked for the last message of {item.who}"
        for call in item.calls:
            told = [(each["role"], each["content"]) for each in call.messages if each["role"] != "system"]
            missing = [words for role, words in item.said if (role, words) not in told]
            if missing:
                return (
                    f"for turn {self.turns} of {item.who} the AI was not told {len(missing)} of {len(item.said)} "
                    f"texts, the first is {missing[0]!r}"
                )
            if told != list(item.said):
                return f"for turn {self.turns} of {item.who} the AI was told {len(told)} texts or in another order"
        return ""


def told_everything_said(turns: int) -> ToldEverythingSaid:
    """Match a session of so many turns whose last question to the AI held everything said, in order."""
    return ToldEverythingSaid(turns)


class ToldNothingStrange(Lacking[ToldToTheAi]):
    """See `told_nothing_of_others`."""

    expected = "an AI that is told nothing of another session"

    def lack(self, item: Any) -> str:
        """Name what was told of another."""
        if not item.calls or not item.strange:
            return f"nothing is known of what the AI was told for {item.who}"
        found: Sequence[str] = [word for word in item.strange for call in item.calls if word in call.everything]
        return f"for {item.who} the AI was told {found[0]!r} of another session" if found else ""


def told_nothing_of_others() -> ToldNothingStrange:
    """Match a session whose last question to the AI held no word of the other sessions."""
    return ToldNothingStrange()
