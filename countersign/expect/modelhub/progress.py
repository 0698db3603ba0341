"""Matchers for what a download tells of itself: it agrees with itself, with time, and with the source."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import MB
from countersign.systems.modelhub.seen import Look, Seen

LEAST_LOOKS = 20
ROUNDING_PERCENT, ROUNDING_MB = 1.0, 0.01
SOURCE_SHARE, SOURCE_MB = 0.05, 0.5
FACTOR = 2.0
WOBBLE_SECONDS = 1.0
SPEED_SHARE = 0.35
MEASURED_AFTER = 2.0
"""Seconds after which the speed that is told rests on enough."""


class AgreesWithItself(Lacking[Seen]):
    """See `agrees_with_itself`."""

    expected = "percent and megabytes that agree, never fall, and end at 100 percent only when it is completed"

    def lack(self, item: Any) -> str:
        """Say which look contradicts another."""
        if len(item.looks) < LEAST_LOOKS:
            return f"there were only {len(item.looks)} looks"
        for first, second in pairwise(look.progress for look in item.looks):
            if second.percent < first.percent or second.downloaded_mb < first.downloaded_mb:
                return f"{item.model_id} fell from {_short(first)} to {_short(second)}"
        for look in item.looks:
            if trouble := _inconsistent(item, look):
                return f"{item.model_id}: {trouble}"
        last = item.last
        ended = last.status == "completed" and last.percent == 100
        return "" if ended else f"{item.model_id} ended {last.status} at {_short(last)}"


def agrees_with_itself() -> AgreesWithItself:
    """Match a transfer whose looks are consistent and non-decreasing, with 100 percent at its completed end only."""
    return AgreesWithItself()


class HonestTimeLeft(Lacking[Seen]):
    """See `honest_time_left`."""

    expected = "a first estimate of the time left within a factor 2 of the real one, that then falls, and a true speed"

    def lack(self, item: Any) -> str:
        """Say how far it was off."""
        told = [look for look in item.looks if look.progress.eta_seconds is not None and _flowing(look)]
        if len(told) < LEAST_LOOKS:
            return f"{item.model_id} told a time left only {len(told)} times"
        first, real = float(told[0].progress.eta_seconds or 0), item.end.told - told[0].told
        if not real / FACTOR <= first <= real * FACTOR:
            return f"{item.model_id} told {first:.1f} s left when it took {real:.1f} s"
        for earlier, later in pairwise(float(look.progress.eta_seconds or 0) for look in told):
            if later > earlier + WOBBLE_SECONDS:
                return f"{item.model_id}: the time left rose from {earlier:.1f} s to {later:.1f} s"
        if float(told[-1].progress.eta_seconds or 0) > first / 2:
            return f"{item.model_id} still told {told[-1].progress.eta_seconds} s left at its end"
        return _wrong_speed(item.model_id, told)


def honest_time_left() -> HonestTimeLeft:
    """Match a transfer of 5 s or more whose time left and speed were true."""
    return HonestTimeLeft()


class AgreesWithTheSource(Lacking[Seen]):
    """See `agrees_with_the_source`."""

    expected = "megabytes within 5 percent or 0.5 MB of what the source had sent"

    def lack(self, item: Any) -> str:
        """Say how far they were apart; a source that cannot be asked contradicts nothing."""
        for look in item.looks:
            if look.sent_before is None or look.sent_after is None:
                continue
            size = look.progress.downloaded_mb
            low, high = look.sent_before / MB, look.sent_after / MB
            if not low - max(SOURCE_MB, SOURCE_SHARE * low) <= size <= high + max(SOURCE_MB, SOURCE_SHARE * high):
                return f"{item.model_id} told {size:.2f} MB when the source had sent {high:.2f} MB"
        return ""


def agrees_with_the_source() -> AgreesWithTheSource:
    """Match a transfer whose megabytes are those that left the source."""
    return AgreesWithTheSource()


def _inconsistent(item: Seen, look: Look) -> str:
    progress = look.progress
    if progress.raw.get("progress") != progress.raw.get("progress_percent"):
        return f"it told two percentages, {progress.raw.get('progress')} and {progress.raw.get('progress_percent')}"
    if not progress.total_mb:
        return f"{_short(progress)} without a total" if progress.percent or progress.downloaded_mb else ""
    if item.size and abs(progress.total_mb - item.size / MB) > ROUNDING_MB:
        return f"the total is {progress.total_mb} MB, published are {item.size / MB:.2f} MB"
    share = 100 * progress.downloaded_mb / progress.total_mb
    if abs(share - progress.percent) > ROUNDING_PERCENT:
        return f"{_short(progress)} of {progress.total_mb} MB do not agree"
    if progress.percent >= 100 and progress.status != "completed":
        return f"it told 100 percent while it was {progress.status}"
    return ""


def _wrong_speed(model_id: str, told: Sequence[Look]) -> str:
    began, first = told[0].told, told[0].progress.downloaded_mb
    for look in told:
        seconds = look.told - began
        if seconds < MEASURED_AFTER:
            continue
        real = 8 * (look.progress.downloaded_mb - first) * MB / 1_000_000 / seconds
        speed = float(look.progress.raw["speed_mbps"])
        if abs(speed - real) > SPEED_SHARE * real:
            return f"{model_id} told a speed of {speed:.2f} Mbps when {real:.2f} Mbps came"
    return ""


def _flowing(look: Look) -> bool:
    return look.progress.status == "downloading" and look.progress.downloaded_mb > 0


def _short(progress: Any) -> str:
    return f"{progress.percent:g} percent, {progress.downloaded_mb:g} MB"
