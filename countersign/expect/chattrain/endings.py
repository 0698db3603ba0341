"""Matchers for the end of a training: when it comes, what is kept of it, and what the summary says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Any

from countersign.expect.stated import Stated, stated
from countersign.systems.chattrain.model import Exchange, Summary, moment

STRONG, WEAK = 0.6, 0.4
"""A quality is a strength from a mean ratio of 0.6, and to be improved below 0.4 (contract, 6.5)."""

_IN_WORDS = {
    "message_received": "a receipt",
    "assistant_message": "a reply",
    "evaluation_feedback": "a score",
    "session_complete": "the end of the training",
}


@dataclass(frozen=True)
class End:
    """How a training ended as its trainee was told: `status` and seconds after the last feedback; "" if it did not."""

    status: str
    seconds: float


@dataclass(frozen=True)
class Held:
    """One conversation: how it was to end ("completed by answer 4", "stays active") and how it did."""

    name: str
    expected: str
    seen: str


@dataclass(frozen=True)
class WholeTraining:
    """A training that is over: its accepted answers, what the summary says, when it began and ended for the server."""

    exchanges: tuple[Exchange, ...]
    summary: Summary
    began: datetime
    ended: datetime

    @property
    def average(self) -> float:
        """The average of the scores told; 0 if none was."""
        return fmean([each.feedback.score for each in self.exchanges] or [0])

    @property
    def minutes(self) -> float:
        """Minutes from beginning to end."""
        return (self.ended - self.began).total_seconds() / 60


@dataclass(frozen=True)
class ReadBack:
    """Everything said in a training, as it was said and as its trainee reads it later: in the chat and beside it."""

    spoken: tuple[str, ...]
    in_chat: tuple[str, ...]
    beside: tuple[str, ...]


def completed_within(seconds: float) -> Stated[End]:
    """Match an end as completed that was told in time."""

    def lack(item: End) -> str:
        if not item.status:
            return f"no end was announced within {seconds:g} s"
        if item.status != "completed":
            return f"it ended as {item.status}"
        return "" if item.seconds <= seconds else f"it was announced after {item.seconds:.2f} s"

    return stated(f"the end of the training, as completed, within {seconds:g} s of the last feedback", lack)


def kept_as(status: str) -> Stated[Mapping[str, Any]]:
    """Match what the server keeps of a session: its state and, once completed, the moment of its end."""

    def lack(session: Mapping[str, Any]) -> str:
        if session.get("status") != status:
            return f"it is kept as {session.get('status')}"
        if status == "completed":
            moment(session.get("completed_at"), "the end of a completed session")
        return ""

    return stated(f"a session that is kept as {status}", lack)


def ended_as_stated() -> Stated[Held]:
    """Match a conversation that ended where it was to end."""

    def lack(item: Held) -> str:
        return "" if item.seen == item.expected else f"{item.name}: expected {item.expected}, but {item.seen}"

    return stated("a training that ends exactly when its conditions are met", lack)


def refused_as_over() -> Stated[Exchange]:
    """Match an answer that was refused because the training is over, and not confirmed."""

    def lack(item: Exchange) -> str:
        if item.accepted or item.refusal is None:
            brought = ", ".join(_IN_WORDS.get(kind, kind) for kind in item.types)
            return f"the training went on; the answer brought {brought or 'nothing'}"
        code = item.refusal.data.get("code") or item.refusal.data.get("error_code")
        return "" if code == "SESSION_COMPLETED" else f"it was refused as {code}"

    return stated("the answer to be refused because the training is over", lack)


def nothing_added() -> Stated[tuple[int, int]]:
    """Match the numbers of messages kept before and after: they are the same, and there were some."""

    def lack(kept: tuple[int, int]) -> str:
        if not kept[0]:
            return "no message is shown of the training, so nothing can be compared"
        return "" if kept[0] == kept[1] else f"{kept[0]} messages were kept before, {kept[1]} after"

    return stated("nothing to be added to the training", lack)


def reading_all(answers: int) -> Stated[ReadBack]:
    """Match a training of which every answer and every reply can be read, in their order."""

    def lack(item: ReadBack) -> str:
        if len(item.spoken) != 2 * answers:
            return f"{len(item.spoken)} lines were said"
        for place, read in (("in the chat", item.in_chat), ("beside the chat", item.beside)):
            if read != item.spoken:
                return f"{len(item.spoken)} lines were said, {place} {len(read)} are read and not all are the same"
        return ""

    return stated(f"all {answers} answers and the replies to them in their order", lack)


def telling_the_end(status: str) -> Stated[Summary]:
    """Match a summary that says how the training ended."""
    return stated(
        f"a training that ends as {status}", lambda item: "" if item.status == status else f"it ended as {item.status}"
    )


def covering(exchanges: int) -> Stated[Summary]:
    """Match a summary that speaks of so many exchanges."""
    return stated(
        f"a summary of {exchanges} exchanges",
        lambda item: "" if item.total_exchanges == exchanges else f"it counts {item.total_exchanges}",
    )


def counting_accepted_answers() -> Stated[WholeTraining]:
    """Match a summary that counts the accepted answers only."""

    def lack(item: WholeTraining) -> str:
        told, accepted = item.summary.total_exchanges, len(item.exchanges)
        return "" if told == accepted else f"it counts {told} exchanges, {accepted} answers were accepted"

    return stated("a summary that counts the accepted answers", lack)


def averaging_the_scores(tolerance: float) -> Stated[WholeTraining]:
    """Match a summary whose average is that of the scores told, within `tolerance` points."""

    def lack(item: WholeTraining) -> str:
        told, listed = item.summary.average_score, ", ".join(str(each.feedback.score) for each in item.exchanges)
        fits = abs(told - item.average) <= tolerance + 1e-9 and round(told, 1) == told
        return "" if fits else f"the scores {listed} make {item.average:.2f} on average, the summary says {told:g}"

    return stated("a summary with the average of the scores told, to one decimal", lack)


def taking_the_minutes(tolerance: float) -> Stated[WholeTraining]:
    """Match a summary whose minutes are those between beginning and end, within `tolerance` minutes."""

    def lack(item: WholeTraining) -> str:
        told = item.summary.completion_time_minutes
        fits = abs(told - item.minutes) <= tolerance + 1e-9
        return "" if fits else f"the training took {item.minutes:.2f} minutes, the summary says {told:g}"

    return stated("a summary with the minutes the training took", lack)


def naming_strengths_and_weaknesses() -> Stated[WholeTraining]:
    """Match a summary whose strengths and improvements are those of the answers."""

    def lack(item: WholeTraining) -> str:
        told = (set(item.summary.strengths), set(item.summary.improvements))
        due = _strong_and_weak([exchange.feedback.quality for exchange in item.exchanges])
        for name, said, expected in zip(("strengths", "improvements"), told, due, strict=True):
            if said != expected:
                return f"the answers make {_listed(expected)} the {name}, the summary says {_listed(said)}"
        return ""

    return stated("a summary with the strengths and improvements of the answers", lack)


def _strong_and_weak(qualities: Sequence[Mapping[str, float]]) -> tuple[set[str], set[str]]:
    means = {name: fmean(each.get(name, 0.0) for each in qualities) for name in qualities[0]}
    strong = {name for name, mean in means.items() if mean >= STRONG}
    return strong, {name for name, mean in means.items() if mean < WEAK}


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "none"
