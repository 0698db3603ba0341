"""Matchers for what a trainee's line brings when something is wrong: a notice, a refusal, or an answer all the same."""

from abc import abstractmethod
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.plain_words import internal_words
from countersign.systems.chattrain.model import Exchange
from countersign.transport.answer import Answer


class _Line(Lacking[Exchange]):
    """What a line lacks, with the line it is about."""

    def lack(self, item: Any) -> str:
        """Say for which line what came instead."""
        lack = self._lack(item)
        return f"for {item.line[-50:]!r} {lack}" if lack else ""

    @abstractmethod
    def _lack(self, item: Exchange) -> str:
        """Say what the line lacks; empty if nothing."""


class PoliteNotice(_Line):
    """See `polite_notice`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a line that brings a polite notice in place of the customer's reply within {limit:g} s"

    def _lack(self, item: Exchange) -> str:
        reply = item.first("assistant_message")
        if reply is None:
            return f"no notice came; what came: {', '.join(item.types) or 'nothing'}"
        if item.reply_seconds >= self.limit:
            return f"it took {item.reply_seconds:.2f} s"
        if not item.is_fallback:
            return f"the reply is not marked as standing in for the customer: {reply.content[:80]!r}"
        found = internal_words(reply.content)
        return f"the notice {reply.content[:80]!r} holds {found[0]!r}" if found else ""


class TrulyRated(_Line):
    """See `truly_rated`."""

    def __init__(self, score: int) -> None:
        self.score = score
        self.expected = f"a line rated with its true score of {score} and a comment in plain words"

    def _lack(self, item: Exchange) -> str:
        if item.first("evaluation_feedback") is None:
            return f"it was not rated; what came: {', '.join(item.types) or 'nothing'}"
        feedback = item.feedback
        found = internal_words(feedback.comment)
        if found or not feedback.comment.strip():
            return f"the score is {feedback.score} and the comment {feedback.comment[:80]!r}"
        return "" if feedback.score == self.score else f"the score is {feedback.score}"


class RefusedHonestly(_Line):
    """See `refused_honestly`."""

    def __init__(self, limit: float, code: str = "") -> None:
        self.limit, self.code = limit, code
        self.expected = f"a message refused with one clear error within {limit:g} s, without a receipt"

    def _lack(self, item: Exchange) -> str:
        if item.accepted:
            return f"it was confirmed (what came: {', '.join(item.types)})"
        refusal = item.refusal
        if refusal is None:
            return f"no error came; what came: {', '.join(item.types) or 'nothing'}"
        if len(item.frames) > 1:
            return f"more than the error came: {', '.join(item.types)}"
        if refusal.arrived - item.sent >= self.limit:
            return f"the error took {refusal.arrived - item.sent:.2f} s"
        code = str(refusal.data.get("code") or refusal.data.get("error_code"))
        if self.code and code != self.code:
            return f"the error was {code} ({refusal.content[:80]!r})"
        found = internal_words(refusal.content)
        if found or not refusal.content.strip():
            return f"the error says {refusal.content[:80]!r}"
        return ""


class NotAskedTooOften(Lacking[Any]):
    """See `not_asked_too_often`."""

    expected = "a line for which the AI is asked, and not more often than it may be"

    def lack(self, item: Any) -> str:
        """Say how often it was asked."""
        if 1 <= item.calls <= item.most_calls:
            return ""
        most = "once" if item.most_calls == 1 else f"{item.most_calls} times"
        return f"when it {item.way} it was asked {item.calls} times for one line, allowed is {most}"


class AskedToComeAgain(Lacking[Answer]):
    """See `asked_to_come_again`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a wish turned away for now (503, with the time to come again) within {limit:g} s"

    def lack(self, item: Any) -> str:
        """Say what the answer was instead."""
        if item.status != 503:
            return f"the answer was {item.status}: {item.beginning()!r}"
        if item.seconds >= self.limit:
            return f"it took {item.seconds:.2f} s"
        if "retry-after" not in item.headers:
            return "it does not say when to come again"
        found = internal_words(item.text)
        return f"it says {item.beginning()!r}, which holds {found[0]!r}" if found else ""


class RefusedAsWrong(Lacking[Answer]):
    """See `refused_as_wrong`."""

    expected = "a request refused as the caller's mistake, in plain words"

    def lack(self, item: Any) -> str:
        """Say what it was answered."""
        fits = 400 <= item.status < 500 and not internal_words(item.text)
        return "" if fits else f"it was answered {item.status}: {item.beginning()!r}"


def polite_notice(within: float) -> PoliteNotice:
    """Match a line that got a notice in plain words, marked as standing in, in less than `within` seconds."""
    return PoliteNotice(within)


def truly_rated(score: int) -> TrulyRated:
    """Match a line that got this score and a comment in plain words."""
    return TrulyRated(score)


def refused_honestly(within: float, code: str = "") -> RefusedHonestly:
    """Match a line that got one error in plain words (of this code, if given), in time, and nothing else."""
    return RefusedHonestly(within, code)


def not_asked_too_often() -> NotAskedTooOften:
    """Match a failure of the AI (way, calls, most_calls) that did not make the system ask too often."""
    return NotAskedTooOften()


def asked_to_come_again(within: float) -> AskedToComeAgain:
    """Match an answer that asks to come again later, in time and in plain words."""
    return AskedToComeAgain(within)


def refused_as_wrong() -> RefusedAsWrong:
    """Match an answer that refuses a request as the caller's mistake, in plain words."""
    return RefusedAsWrong()
