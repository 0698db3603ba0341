"""Matchers for speed limits: what arrives, and what leaves the source, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import MB
from countersign.systems.modelhub.seen import Look, Seen
from countersign.transport.answer import Answer

WINDOW_SECONDS = 3.0
MOST, LEAST = 1.1, 0.7
"""Shares of the limit: the most over any 3 s, the least over the whole (contract, section 6.3)."""
BITS = 1_000_000
REST_SECONDS = 1.5
"""How long the rest of a small model may take once there is no limit."""


@dataclass(frozen=True)
class Limited:
    """A download under a limit in Mbps that was changed on its way (0: removed) at the moment `changed_at`."""

    seen: Seen
    limit: float
    started_at: float
    changed_to: float | None = None
    changed_at: float | None = None


def fastest_window(looks: Sequence[Look]) -> float:
    """Give the highest rate over 3 s in Mbps, by the source where it is known; the times are taken in favour of it."""
    rates = [_rate(first, last) for first, last in _windows(looks)]
    return max(rates, default=0.0)


class HoldsLimit(Lacking[Limited]):
    """See `holds_limit`."""

    def __init__(self) -> None:
        self.expected = "at most 110 percent of the limit over any 3 s and at least 70 percent of it on the whole"

    def lack(self, item: Any) -> str:
        """Say how fast or slow it was."""
        if item.seen.last.status != "completed":
            return f"{item.seen.model_id} is {item.seen.last.status}"
        until = item.changed_at if item.changed_at is not None else item.seen.end.told
        looks = [look for look in item.seen.looks if look.told <= until]
        fastest = fastest_window(looks)
        if fastest > MOST * item.limit:
            return f"{fastest:.2f} Mbps came over 3 s under a limit of {item.limit:g} Mbps"
        whole = 8 * _size(looks[-1]) / BITS / (looks[-1].told - item.started_at)
        if whole > MOST * item.limit:
            return f"{whole:.2f} Mbps came on the whole under a limit of {item.limit:g} Mbps"
        return f"only {whole:.2f} Mbps came under a limit of {item.limit:g} Mbps" if whole < LEAST * item.limit else ""


def holds_limit() -> HoldsLimit:
    """Match a limited download whose limit held (until it was changed, if it was)."""
    return HoldsLimit()


class HeedsChange(Lacking[Limited]):
    """See `heeds_change`."""

    def __init__(self, within: float) -> None:
        self.within = within
        self.expected = f"a changed limit in force after {within:g} s"

    def lack(self, item: Any) -> str:
        """Say how it went on after the change."""
        after = [look for look in item.seen.looks if look.asked >= item.changed_at]
        left = 8 * (item.seen.last.total_mb * MB - _size(after[0])) / BITS
        seconds = item.seen.end.told - item.changed_at
        if seconds >= left / (MOST * item.limit):
            return f"the rest took {seconds:.2f} s, as long as under the old limit of {item.limit:g} Mbps"
        if not item.changed_to:
            late = seconds > self.within + REST_SECONDS
            return f"without a limit the rest took {seconds:.2f} s" if late else ""
        fastest = fastest_window(after)
        if fastest > MOST * item.changed_to:
            return f"{fastest:.2f} Mbps came over 3 s after the limit was changed to {item.changed_to:g} Mbps"
        late = seconds > self.within + left / (LEAST * item.changed_to)
        return f"the rest took {seconds:.2f} s at a limit of {item.changed_to:g} Mbps" if late else ""


def heeds_change(within: float) -> HeedsChange:
    """Match a download that goes on at its new limit at the latest so many seconds after the change."""
    return HeedsChange(within)


class LimitRefused(Lacking[tuple[str, Answer]]):
    """See `limit_refused`."""

    expected = "a speed limit that is refused naming what is wrong with it"

    def lack(self, item: Any) -> str:
        """Say what was answered."""
        words, answer = item
        if answer.status != 422:
            return f"the limit {words} was answered with {answer.status}"
        named = [each.get("loc") for each in answer.json()["detail"]]
        if any("bandwidth_limit_mbps" in (loc or ()) for loc in named):
            return ""
        return f"the limit {words} was refused, naming {named}"


def limit_refused() -> LimitRefused:
    """Match a speed limit, in words, and the answer that refused it (422 naming the field)."""
    return LimitRefused()


def _windows(looks: Sequence[Look]) -> list[tuple[Look, Look]]:
    pairs = []
    for number, first in enumerate(looks):
        last = next((look for look in looks[number:] if look.asked - first.told >= WINDOW_SECONDS), None)
        if last is not None:
            pairs.append((first, last))
    return pairs


def _rate(first: Look, last: Look) -> float:
    if first.sent_after is None or last.sent_before is None:
        return 8 * (_size(last) - _size(first)) / BITS / (last.told - first.asked)
    # What is counted left between the two looks, so it cannot have been slower than this.
    return 8 * (last.sent_before - first.sent_after) / BITS / (last.asked - first.told)


def _size(look: Look) -> float:
    return look.progress.downloaded_mb * MB
