"""Matchers for models that are not right yet: nothing may offer them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.retries import Trial
from countersign.systems.modelhub.seen import Seen

LEAST_LOOKS = 5


@dataclass(frozen=True)
class Claim:
    """What one place told of a model at one moment, and how its download was when it was asked right after."""

    place: str
    available: bool
    download: str


@dataclass(frozen=True)
class Offered:
    """A trial and everything that was told of its model meanwhile."""

    trial: Trial
    claims: tuple[Claim, ...]

    @property
    def looks(self) -> int:
        """Give how many claims were made while the download was not over."""
        return sum(claim.download not in ("completed", "failed") for claim in self.claims)


class NeverTooEarly(Lacking[Offered]):
    """See `never_offered_too_early`."""

    expected = "a model that nothing offers before its bytes are proven right"

    def lack(self, item: Any) -> str:
        """Say who offered it and when."""
        if item.looks < LEAST_LOOKS:
            return f"{item.trial.label} was looked at only {item.looks} times on its way"
        right = {"completed"} if item.trial.succeeds else set()
        early = [claim for claim in item.claims if claim.available and claim.download not in right]
        if early:
            return f"{item.trial.label} was offered by {early[0].place} while it was {early[0].download}"
        return _told_wrongly(item.trial, item.trial.seen)


def never_offered_too_early() -> NeverTooEarly:
    """Match a trial of which no status, health report or frame said that its model can be used before it could."""
    return NeverTooEarly()


def _told_wrongly(trial: Trial, seen: Seen) -> str:
    ends = [frame.data for frame in seen.told("download_status_change") if frame.data["new_status"] == "completed"]
    if not trial.succeeds:
        offers = [frame.type for frame in seen.frames if _offers(frame.data)]
        if ends or offers:
            return f"{trial.label} was called {'completed' if ends else 'available'} in a notice"
        return ""
    if len(ends) != 1 or ends[0].get("integrity_verified") is not True:
        return f"{trial.label} ended with {len(ends)} notices, none of which says that its bytes were proven right"
    return ""


def _offers(data: Mapping[str, Any]) -> bool:
    return data.get("is_available") is True or "available" in (
        data.get("new_availability"),
        data.get("availability_status"),
    )
