"""Matchers for frames that nobody can use: a word about each, and a connection that lives on."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking

TOO_BIG = 1009
ERROR = "error"


@dataclass(frozen=True)
class Told:
    """A frame that came for a broken one, in words that fit every system.

    `code` is the error's code (empty where a system has none), `words` are what it tells a person, empty where
    something of what its contract promises is missing.
    """

    type: str
    code: str = ""
    words: str = ""


@dataclass(frozen=True)
class Broken:
    """What came for a frame that nobody can use, which had to bring the error `wanted` (empty: any code or none).

    `ping` is the seconds to the answer of the next ping, None if none came; `closed` the code if the line was ended.
    """

    what: str
    wanted: str
    frames: tuple[Told, ...]
    ping: float | None
    closed: int | None = None


@dataclass(frozen=True)
class TooLarge:
    """What a frame of the largest size and a larger one brought.

    `again_heard` says whether what was said on a new connection was heard.
    """

    largest_heard: bool
    closed: int
    again_heard: bool


class ToldAndHeard(Lacking[Broken]):
    """See `told_and_still_heard`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a broken frame that brings one error, and the next ping answered within {limit:g} s"

    def lack(self, item: Broken) -> str:
        """Say what came instead."""
        if item.closed is not None:
            return f"{item.what} had the connection closed with {item.closed}"
        wrong = self._error(item)
        if wrong:
            return f"{item.what} {wrong}"
        if item.ping is None:
            return f"{item.what} left a dead connection: the next ping was not answered"
        return "" if item.ping < self.limit else f"after {item.what} the next ping took {item.ping:.2f} s"

    @staticmethod
    def _error(item: Broken) -> str:
        dead = " and left a dead connection" if item.ping is None else ""
        kinds = [frame.type for frame in item.frames]
        if kinds != [ERROR]:
            return f"brought {', '.join(kinds) or 'no word'}{dead}"
        told = item.frames[0]
        if item.wanted and told.code != item.wanted:
            return f"brought the error {told.code!r}, expected {item.wanted}"
        return "" if told.words.strip() else "brought an error without words or details"


def told_and_still_heard(limit: float) -> ToldAndHeard:
    """Match a broken frame that brought its one error, after which a ping was answered in less than `limit` seconds."""
    return ToldAndHeard(limit)


class EndedForSize(Lacking[TooLarge]):
    """See `ended_for_its_size`."""

    expected = f"a frame over the largest size to end its connection with {TOO_BIG}, and a new one to work"

    def lack(self, item: TooLarge) -> str:
        """Say what happened instead."""
        if not item.largest_heard:
            return "a frame of exactly the largest size was not heard"
        if item.closed != TOO_BIG:
            return f"the connection ended with {item.closed}"
        return "" if item.again_heard else "a message on the new connection had no answer"


def ended_for_its_size() -> EndedForSize:
    """Match a frame that was too large: its connection was ended for that, and a new one works."""
    return EndedForSize()
