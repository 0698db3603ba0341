"""Matchers for what a patient reads when the AI fails, and when it answers again."""

from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn


class HonestFallback(Lacking[Turn]):
    """See `honest_fallback`."""

    def __init__(self, limit: float, word: str) -> None:
        self.limit, self.word = limit, word
        self.expected = (
            f"a message that is answered in place of the AI within {limit:g} s, saying that a {word} reads it"
        )

    def lack(self, item: Any) -> str:
        """Say for which message what came instead."""
        lack = self._lack(item)
        return f"for {item.sent.content[-60:]!r} {lack}" if lack else ""

    def _lack(self, item: Turn) -> str:
        if item.refusal is not None:
            return f"a refusal came ({item.error_code})"
        if item.acknowledgement is None:
            return "not even an acknowledgement came"
        if item.answer is None:
            said = f", only the pieces {item.spoken[:60]!r}" if item.pieces else ""
            return f"no answer came{said}"
        if item.answered_after >= self.limit:
            return f"it took {item.answered_after:.2f} s"
        if not item.is_fallback:
            return f"the answer is not marked as standing in for the AI: {item.reply[:80]!r}"
        if item.pieces and item.spoken != item.reply:
            return f"half an answer of the AI was shown before: {item.spoken[:80]!r}"
        return (
            "" if self.word in item.reply.lower() else f"the answer says nothing of a {self.word}: {item.reply[:80]!r}"
        )


def honest_fallback(limit: float, word: str) -> HonestFallback:
    """Match a turn whose answer stands in for a failed AI, says so, came in time, and left no half answer behind."""
    return HonestFallback(limit, word)


class AnsweredByTheAi(Lacking[Turn]):
    """See `answered_by_the_ai`."""

    expected = "a message that the AI itself answers"

    def lack(self, item: Any) -> str:
        """Say what came instead."""
        if item.answer is None:
            return "no answer came"
        return f"the answer stands in for the AI: {item.reply[:80]!r}" if item.is_fallback else ""


def answered_by_the_ai() -> AnsweredByTheAi:
    """Match a turn with an answer of the AI."""
    return AnsweredByTheAi()
