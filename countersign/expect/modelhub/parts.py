"""Matchers for the parts of the hub: an outage is told in time, by its name, and with an alert at its two ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking

UNUSABLE, USABLE = 503, 200
OVER = "info"
ALERTS = ("component_down", "source_unreachable")


@dataclass(frozen=True)
class PartAway:
    """What the health said around the outage of one part.

    `told_after` and `well_after` are seconds from the loss and the return until the health told of them (None: it did
    not); `status`, `code` and `down` are what it said of the outage. `unusable` says that nothing works without it.
    """

    part: str
    told_after: float | None
    status: str
    code: int
    down: tuple[str, ...]
    well_after: float | None
    last: str
    unusable: bool = False


@dataclass(frozen=True)
class Alert:
    """An alert as it was sent."""

    kind: str
    severity: str
    message: str
    event_id: str | None


class ToldByName(Lacking[PartAway]):
    """See `told_by_name_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the health to tell within {limit:g} s which part is down, and whether the hub is usable"

    def lack(self, item: PartAway) -> str:
        """Say what it told, or when."""
        if item.told_after is None:
            return f"{item.part} was away and the health went on saying {item.last}"
        if item.told_after > self.limit:
            return f"it told that {item.part} is down after {item.told_after:.2f} s"
        others = [name for name in item.down if name != item.part]
        if others and not item.unusable:
            return f"{item.part} was away and it also told that {', '.join(others)} is down"
        wanted = ("unhealthy", UNUSABLE) if item.unusable else ("degraded", USABLE)
        if (item.status, item.code) != wanted:
            return f"{item.part} was away and it said {item.status!r} (answered with {item.code}), expected {wanted[0]}"
        return ""


def told_by_name_within(limit: float) -> ToldByName:
    """Match an outage that the health told in `limit` seconds: the part, degraded with 200, or unhealthy with 503."""
    return ToldByName(limit)


class WellAgain(Lacking[PartAway]):
    """See `well_again_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the health to be good within {limit:g} s of the return of a part"

    def lack(self, item: PartAway) -> str:
        """Say what it went on saying, or when it was good."""
        if item.well_after is None:
            return f"{item.part} was back and the health went on saying {item.last}"
        return (
            "" if item.well_after <= self.limit else f"after the return of {item.part} it took {item.well_after:.2f} s"
        )


def well_again_within(limit: float) -> WellAgain:
    """Match an outage after which the health was good in `limit` seconds."""
    return WellAgain(limit)


class OneAlertAtEachEnd(Lacking[Sequence[Alert]]):
    """See `one_alert_at_each_end`."""

    def __init__(self, parts: Sequence[str]) -> None:
        self.parts = parts
        self.expected = f"one alert when each of {', '.join(parts)} went away and one when it was back"

    def lack(self, item: Sequence[Alert]) -> str:
        """Name the first part of which the alerts are others."""
        for part in self.parts:
            about = [alert for alert in item if part in alert.message.lower() and alert.kind in ALERTS]
            told = [alert.severity == OVER for alert in about]
            if told != [False, True]:
                severities = ", ".join(alert.severity for alert in about) or "none"
                return f"the alerts about {part} were: {severities}"
        return ""


def one_alert_at_each_end(parts: Sequence[str]) -> OneAlertAtEachEnd:
    """Match alerts, in their order, of which each part has one of an outage and then one of severity info."""
    return OneAlertAtEachEnd(parts)


class BackInTime(Lacking[Any]):
    """See `back_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = (
            f"nobody to answer while that part is away, and the health to be good {limit:g} s after its return"
        )

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if item.answered is not None:
            return f"it went on answering ({item.answered.status})"
        if item.well_after is None or item.well_after > self.limit:
            return f"after {item.well_after or 'a long'} s it was not good"
        return ""


def back_within(limit: float) -> BackInTime:
    """Match the outage of the part that answers: silence meanwhile, and a good health within `limit` seconds."""
    return BackInTime(limit)
