"""Matchers for lists of files that are not to be trusted: the download fails for the right reason, nothing escapes."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

MB = 1_048_576
ALLOWED_OVER = MB
NO_ROOM = 507


@dataclass(frozen=True)
class BadDownload:
    """A download by a bad list: the answer to its start, how it ended and why, and the bytes that it stored at most.

    `announced` are the bytes that the list told. `available` says whether the model was offered for use afterwards.
    """

    what: str
    started: Answer
    status: str
    reason: str | None
    wanted: tuple[str, ...]
    announced: int
    stored: int
    available: bool


class FailedForItsList(Lacking[BadDownload]):
    """See `failed_for_its_list`."""

    expected = "a download that fails because of its list, or never begins"

    def lack(self, item: BadDownload) -> str:
        """Say how it ended instead."""
        if item.available:
            return f"the model with {item.what} is offered for use"
        if item.status != "failed" or item.reason not in item.wanted:
            wanted = " or ".join(item.wanted)
            return f"the download with {item.what} is {item.status} ({item.reason}), expected failed ({wanted})"
        return ""


def failed_for_its_list() -> FailedForItsList:
    """Match a download that failed for one of its reasons, and did not make the model available."""
    return FailedForItsList()


class StoringNoMore(Lacking[BadDownload]):
    """See `storing_no_more_than_announced`."""

    expected = "a download that stores at most what was announced and 1 MB"

    def lack(self, item: BadDownload) -> str:
        """Say how much it stored."""
        more = item.stored - max(0, item.announced)
        return "" if more <= ALLOWED_OVER else f"the download with {item.what} stored {more / MB:.1f} MB too much"


def storing_no_more_than_announced() -> StoringNoMore:
    """Match a download of which at no time more bytes lay on the disk than announced plus 1 MB."""
    return StoringNoMore()


class NothingEscaped(Lacking[Sequence[str]]):
    """See `nothing_escaped`."""

    expected = "no file outside of the places where it belongs"

    def lack(self, item: Sequence[str]) -> str:
        """Name what escaped."""
        return f"{len(item)} escaped: {', '.join(item[:3])}" if item else ""


def nothing_escaped() -> NothingEscaped:
    """Match an empty list of files that escaped."""
    return NothingEscaped()
