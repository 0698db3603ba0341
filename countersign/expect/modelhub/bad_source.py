"""Matchers for many downloads from a source that fails badly: most arrive, and little is fetched twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.seen import Seen


@dataclass(frozen=True)
class BadTransfer:
    """One of the downloads, and whether its files at the hub are exactly the published ones."""

    seen: Seen
    most_retries: int
    is_right: bool

    @property
    def arrived(self) -> bool:
        """Whether it is completed and right."""
        return self.seen.last.status == "completed" and self.is_right


class MostArrive(Lacking[Sequence[BadTransfer]]):
    """See `most_arrive`."""

    def __init__(self, least: int, of: int) -> None:
        self.least, self.of = least, of
        self.expected = f"at least {least} of {of} downloads from a badly failing source to arrive in the end"

    def lack(self, item: Any) -> str:
        """Say how many did, and what became of the first that did not."""
        lost = [each for each in item if not each.arrived]
        if len(item) == self.of and len(item) - len(lost) >= self.least:
            return ""
        if not lost:
            return f"there were only {len(item)}"
        last = lost[0].seen.last
        reason = f"{last.status} ({last.failure_reason}) after {last.retry_count} retries of a file"
        return f"{len(item) - len(lost)} of {len(item)} arrived, the first of the others is {reason}"


def most_arrive(least: int, of: int) -> MostArrive:
    """Match `of` downloads of which at least `least` are completed with exactly the published bytes."""
    return MostArrive(least, of)


class FetchedAtMost(Lacking[float]):
    """See `fetched_at_most`."""

    def __init__(self, most: float) -> None:
        self.most = most
        self.expected = f"at most {most:g} times the bytes that are needed to be fetched"

    def lack(self, item: Any) -> str:
        """Say how many were."""
        return f"{item:.2f} times the bytes that are needed were fetched" if item > self.most else ""


def fetched_at_most(most: float) -> FetchedAtMost:
    """Match the bytes that the source sent for each byte that was needed."""
    return FetchedAtMost(most)


class RetriesWithinLimit(Lacking[BadTransfer]):
    """Match a download that at no moment told of more retries than it is allowed, nor asked more often for a file."""

    expected = "a download that never retries a file more often than it may"

    def lack(self, item: Any) -> str:
        """Say how often it did."""
        told = max(look.progress.retry_count for look in item.seen.looks)
        if told > item.most_retries:
            return f"{item.seen.model_id} told of {told} retries, {item.most_retries} are allowed"
        asked = {path: file.requests for path, file in item.seen.sent.files.items()}
        path, most = max(asked.items(), key=lambda each: each[1])
        return f"{path} was asked for {most} times" if most > item.most_retries + 1 else ""


def retries_within_limit() -> RetriesWithinLimit:
    """Match a download whose retries stay within its limit."""
    return RetriesWithinLimit()
