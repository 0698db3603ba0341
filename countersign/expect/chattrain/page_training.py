"""Matchers for a training on the pilot page: held with the live system, shown as it was sent, summed up as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Summary, read_feedback, read_summary
from countersign.systems.chattrain.page_model import PageFeedback, PageSummary

QUALITIES = ("politeness", "empathy", "clarity", "solution")


@dataclass(frozen=True)
class Contact:
    """What the page asked of the system: requests for a new session that were granted, and chats it opened."""

    sessions_started: int
    chats_opened: int
    anything_else: tuple[str, ...] = ()


class HeldWithTheSystem(Lacking[Contact]):
    """See `held_with_the_system`."""

    expected = "a page that starts the session with the system and opens its chat"

    def lack(self, item: Contact) -> str:
        """Say what the page did without the system."""
        missing = []
        if not item.sessions_started:
            missing.append("the page started no session with the system")
        if not item.chats_opened:
            missing.append("the page opened no chat with the system")
        asked = ", ".join(item.anything_else[:4]) or "nothing"
        return f"{' and '.join(missing)}; of the system it asked for {asked}" if missing else ""


def held_with_the_system() -> HeldWithTheSystem:
    """Match what a page asked for if it started a session and opened a chat."""
    return HeldWithTheSystem()


@dataclass(frozen=True)
class Talk:
    """A conversation with its feedback: as the system sent it, or as the page shows it."""

    lines: tuple[str, ...]
    replies: tuple[str, ...]
    scores: tuple[int | None, ...]
    comments: tuple[str, ...]
    keywords: tuple[tuple[str, ...], ...]
    suggestions: tuple[tuple[str, ...], ...]

    @classmethod
    def sent(cls, lines: Sequence[str], replies: Sequence[str], feedbacks: Sequence[Mapping[str, Any]]) -> Self:
        """Read what went over the chat. Raises ContractBroken for a feedback that is not as promised."""
        rated = [read_feedback(frame) for frame in feedbacks]
        return cls(
            lines=tuple(lines),
            replies=tuple(replies),
            scores=tuple(each.score for each in rated),
            comments=tuple(each.comment.strip() for each in rated),
            keywords=tuple(each.matched for each in rated),
            suggestions=tuple(each.suggestions for each in rated),
        )

    @classmethod
    def shown(cls, lines: Sequence[str], replies: Sequence[str], feedbacks: Sequence[PageFeedback]) -> Self:
        """Take what stands on the page."""
        return cls(
            lines=tuple(lines),
            replies=tuple(replies),
            scores=tuple(each.score for each in feedbacks),
            comments=tuple(each.comment for each in feedbacks),
            keywords=tuple(each.detected for each in feedbacks),
            suggestions=tuple(each.suggestions for each in feedbacks),
        )


_NAMES = {
    "lines": "line of the trainee",
    "replies": "line of the customer",
    "scores": "score",
    "comments": "comment",
    "keywords": "list of keywords",
    "suggestions": "list of suggestions",
}


class ShowingWhatWasSent(Lacking[Talk]):
    """See `showing_what_was_sent`."""

    def __init__(self, sent: Talk, exchanges: int) -> None:
        self.sent, self.exchanges = sent, exchanges
        self.expected = f"a page that shows {exchanges} exchanges just as the system sent them"

    def lack(self, item: Talk) -> str:
        """Tell the first thing that stands there otherwise than it was sent."""
        if len(self.sent.scores) != self.exchanges:
            return f"the system sent {len(self.sent.scores)} scores to the page"
        for kind, name in _NAMES.items():
            shown, sent = getattr(item, kind), getattr(self.sent, kind)
            if len(shown) != len(sent):
                return f"the page shows {len(shown)} times a {name}, the system sent {len(sent)}"
            for number, (here, there) in enumerate(zip(shown, sent, strict=True), 1):
                if here != there:
                    return f"{name} {number} is {_told(here)} on the page, the system sent {_told(there)}"
        return ""


def showing_what_was_sent(sent: Talk, exchanges: int) -> ShowingWhatWasSent:
    """Match what a page shows if it is what the system sent, over so many exchanges."""
    return ShowingWhatWasSent(sent, exchanges)


@dataclass(frozen=True)
class Summaries:
    """The summary on the page and the frame with which the system ended the session (None if none came)."""

    shown: PageSummary
    frame: Mapping[str, Any] | None


class SummedUpAsSent(Lacking[Summaries]):
    """See `summed_up_as_sent`."""

    expected = "the summary that the system sent at the end of the session"

    def lack(self, item: Summaries) -> str:
        """Tell the first figure or list that differs."""
        if item.frame is None:
            return f"the page sums up {item.shown.exchanges} exchanges, the system sent no summary"
        sent: Summary = read_summary(item.frame)
        shown = item.shown
        rows: list[tuple[str, object, object]] = [
            ("number of exchanges", shown.exchanges, sent.total_exchanges),
            ("average score", shown.average_score, sent.average_score),
            ("list of strengths", _qualities(shown.strengths), _qualities(sent.strengths)),
            ("list of improvements", _qualities(shown.improvements), _qualities(sent.improvements)),
        ]
        return next(
            (f"the {name} is {here} on the page, {there} was sent" for name, here, there in rows if here != there), ""
        )


def summed_up_as_sent() -> SummedUpAsSent:
    """Match a summary on the page whose figures and lists are those of the system."""
    return SummedUpAsSent()


class CompletedWith(Lacking[PageSummary]):
    """See `completed_with`."""

    def __init__(self, exchanges: int) -> None:
        self.exchanges = exchanges
        self.expected = f"a summary of {exchanges} exchanges"

    def lack(self, item: PageSummary) -> str:
        """Say how many it tells of."""
        return "" if item.exchanges == self.exchanges else f"it tells of {item.exchanges}"


def completed_with(exchanges: int) -> CompletedWith:
    """Match a summary on the page of so many exchanges."""
    return CompletedWith(exchanges)


def _qualities(names: Sequence[str]) -> list[str]:
    """Keep the names of qualities; where there is none a page may say so in words of its own."""
    return sorted(name.lower() for name in names if name.lower() in QUALITIES)


def _told(value: object) -> str:
    return repr(value)[:120]
