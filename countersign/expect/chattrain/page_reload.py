"""Matchers for loading the pilot page anew in the middle of a training."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class PageLook:
    """What stands in the conversation of the page at a moment: lines, the customer's lines, scores."""

    lines: tuple[str, ...]
    replies: tuple[str, ...]
    scores: tuple[int | None, ...]


@dataclass(frozen=True)
class LoadedAnew:
    """The page before and after it was loaded anew.

    `sessions` are the numbers of the sessions whose chat greeted the page, in their order; `started` counts the
    sessions that the page asked for.
    """

    before: PageLook
    after: PageLook
    sessions: tuple[int, ...]
    started: int


class InTheSameSession(Lacking[LoadedAnew]):
    """See `in_the_same_session`."""

    expected = "a page that goes on in the session it was in"

    def lack(self, item: LoadedAnew) -> str:
        """Say where it is instead."""
        if len(item.sessions) < 2:
            return "no chat greeted the page after it was loaded anew"
        if len(set(item.sessions)) > 1:
            return f"it was in session {item.sessions[0]} before and in session {item.sessions[-1]} afterwards"
        return "" if item.started == 1 else f"it started {item.started} sessions"


def in_the_same_session() -> InTheSameSession:
    """Match a page that came back to its session without starting another one."""
    return InTheSameSession()


class AsBefore(Lacking[LoadedAnew]):
    """See `showing_the_same`."""

    def __init__(self, exchanges: int) -> None:
        self.exchanges = exchanges
        self.expected = f"a conversation of {exchanges} exchanges that is there again after loading anew"

    def lack(self, item: LoadedAnew) -> str:
        """Say what is missing or different."""
        before, after = item.before, item.after
        if len(before.scores) != self.exchanges:
            return f"there were {len(before.scores)} before"
        for name, was, now in (
            ("lines of the trainee", before.lines, after.lines),
            ("scores", before.scores, after.scores),
            ("lines of the customer", before.replies, after.replies),
        ):
            if len(now) != len(was):
                return f"{len(now)} of {len(was)} {name} are there afterwards"
            if now != was:
                return f"the {name} differ afterwards"
        return ""


def showing_the_same(exchanges: int) -> AsBefore:
    """Match a page that shows the same lines, replies and scores after it was loaded anew."""
    return AsBefore(exchanges)
