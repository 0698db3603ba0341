"""Matchers for the moment somebody joins a chat."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Frame


@dataclass(frozen=True)
class Joined:
    """Somebody joined a chat and said nothing: the first frame, and the seconds from the open line to it.

    `first` is None if nothing came; `seconds` is then how long it was waited for. `status` is what the system said of
    the session when it was asked for it.
    """

    session_id: int
    first: Frame | None
    seconds: float
    status: str = ""


class GreetedAtOnce(Lacking[Joined]):
    """See `greeted_within`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"to be greeted first of all, by the number of the session, within {seconds:g} s"

    def lack(self, item: Joined) -> str:
        """Say what came instead."""
        if item.first is None:
            return f"nothing came within {item.seconds:.2f} s, although nobody had said a word"
        if item.first.type != "session_start":
            return f"the first word was {item.first.type} after {item.seconds:.2f} s"
        named = item.first.data.get("session_id")
        if isinstance(named, bool) or named != item.session_id:
            return f"the greeting in session {item.session_id} named session {named!r}"
        return "" if item.seconds < self.seconds else f"the greeting took {item.seconds:.2f} s"


def greeted_within(seconds: float) -> GreetedAtOnce:
    """Match somebody whose first frame was the greeting of their session, in time and unasked."""
    return GreetedAtOnce(seconds)


class InSession(Lacking[Joined]):
    """See `told_that_it_is`."""

    def __init__(self, status: str) -> None:
        self.status = status
        self.expected = f"to be told that the session is {status}"

    def lack(self, item: Joined) -> str:
        """Say what was told."""
        return "" if item.status == self.status else f"session {item.session_id} was called {item.status or 'nothing'}"


def told_that_it_is(status: str) -> InSession:
    """Match somebody who was told this state of their session."""
    return InSession(status)
