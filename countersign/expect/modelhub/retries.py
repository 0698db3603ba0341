"""Matchers for downloads that meet trouble at the source: how often and after which waits they are tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.seen import Seen

SPREAD = 1.3
"""A wait may be up to 30 percent longer, at random (contract, section 6.1)."""
ROUNDING = 0.02
ALWAYS = 1000
"""A number of failures that no download outlasts."""
HANDLING = 2.0
"""Seconds that a request and the next one may lie further apart than the wait, for the attempt itself."""


@dataclass(frozen=True)
class Trial:
    """A download that met one kind of trouble, and how it had to go.

    `failures` is how often the source failed, `lasts` how long one failed attempt takes in seconds, `least_wait` what
    the source asked for. `reason` is the cause that a download which is given up has to name.
    """

    trouble: str
    failures: int
    passing: bool
    reason: str
    path: str
    seen: Seen
    first_wait: float
    longest_wait: float = 300.0
    max_retries: int = 3
    least_wait: float = 0.0
    lasts: float = 0.0
    fitting: tuple[str, ...] = ()

    @property
    def retries(self) -> int:
        """Give how often it had to be tried again."""
        return min(self.failures, self.max_retries) if self.passing else 0

    @property
    def succeeds(self) -> bool:
        """Say whether it had to arrive."""
        return self.passing and self.failures <= self.max_retries

    @property
    def label(self) -> str:
        """Give it a name for messages."""
        return (
            f"the download that met {self.trouble} {'always' if self.failures >= ALWAYS else f'{self.failures} times'}"
        )

    def wait(self, number: int) -> tuple[float, float]:
        """Give the shortest and the longest wait before retry `number` (1, 2, ...)."""
        doubled = min(self.first_wait * 2 ** (number - 1), self.longest_wait)
        return max(doubled, self.least_wait), max(doubled * SPREAD, self.least_wait)


class TriedAsOften(Lacking[Trial]):
    """See `tried_as_often_as_promised`."""

    expected = "a download tried as often as promised, that then arrives or is given up"

    def lack(self, item: Any) -> str:
        """Say what was different."""
        last, requests = item.seen.last, item.seen.sent.of(item.path).requests
        if requests != item.retries + 1:
            return f"{item.label} asked the source {requests} times for the file instead of {item.retries + 1}"
        if (last.retry_count, last.total_retries) != (item.retries, item.retries):
            told = f"{last.retry_count} retries of a file and {last.total_retries} in all"
            return f"{item.label} tells of {told} instead of {item.retries}"
        if item.succeeds:
            return "" if last.status == "completed" else f"{item.label} is {last.status} ({last.failure_reason})"
        if last.status != "failed" or last.failure_reason != item.reason:
            return f"{item.label} is {last.status} because of {last.failure_reason} instead of {item.reason}"
        return ""


def tried_as_often_as_promised() -> TriedAsOften:
    """Match a trial whose requests, counted retries and end are those of contract 6.1."""
    return TriedAsOften()


class WaitedDoubling(Lacking[Trial]):
    """See `waited_twice_as_long_each_time`."""

    expected = "waits before the retries that double each time"

    def lack(self, item: Any) -> str:
        """Say which wait was wrong."""
        sent = item.seen.sent.of(item.path)
        limits = [item.wait(number) for number in range(1, item.retries + 1)]
        if not sent.times:
            least = sum(low for low, _ in limits)
            return "" if sent.span >= least - ROUNDING else f"{item.label} waited {sent.span:.2f} s in all"
        waits = [later - earlier for earlier, later in pairwise(sent.times)]
        return _first_wrong(item, "waited", waits, limits, slack=item.lasts + HANDLING)


def waited_twice_as_long_each_time() -> WaitedDoubling:
    """Match a trial whose requests lie as far apart as contract 6.1 says, by the clock of the source."""
    return WaitedDoubling()


class RetriesAnnounced(Lacking[Trial]):
    """See `retries_announced`."""

    expected = "every retry announced once, with its number and a wait that doubles each time"

    def lack(self, item: Any) -> str:
        """Say which announcement is missing or wrong."""
        frames = item.seen.told("download_retry")
        numbers = [(frame.data.get("retry_count"), frame.data.get("max_retries")) for frame in frames]
        wanted = [(number, item.max_retries) for number in range(1, item.retries + 1)]
        if numbers != wanted:
            return f"{item.label} announced the retries {numbers} instead of {wanted}"
        if not all(str(frame.data.get("error_message") or "").strip() for frame in frames):
            return f"{item.label} announced a retry without saying why"
        waits = [float(frame.data.get("next_retry_in_seconds") or 0.0) for frame in frames]
        limits = [item.wait(number) for number in range(1, item.retries + 1)]
        return _first_wrong(item, "announced a wait of", waits, limits, slack=0.0)


def retries_announced() -> RetriesAnnounced:
    """Match a trial whose listener was told of every retry as contract 4.2 and 6.1 say."""
    return RetriesAnnounced()


def _first_wrong(
    item: Trial, verb: str, waits: Sequence[float], limits: Sequence[tuple[float, float]], *, slack: float
) -> str:
    for number, (wait, (low, high)) in enumerate(zip(waits, limits, strict=False), 1):
        if not low - ROUNDING <= wait <= high + slack + ROUNDING:
            return f"{item.label} {verb} {wait:.2f} s before retry {number} instead of {low:g} to {high:.2f} s"
    return ""
