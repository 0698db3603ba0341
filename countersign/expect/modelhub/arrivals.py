"""Matcher for a download that met an outage on its way."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking

MOST_TWICE_MB = 1.0


@dataclass(frozen=True)
class Arrived:
    """A download that is over. `valid` is what the hub says of its files, `wrong` what the disk shows (empty: right).

    `twice_mb` is what the source sent needlessly, None where it cannot be asked; `interruptions` is how often the
    download was interrupted.
    """

    model_id: str
    status: str
    reason: str
    valid: bool
    wrong: str
    twice_mb: float | None
    interruptions: int


class ArrivedWhole(Lacking[Arrived]):
    """See `arrived_whole`."""

    expected = "a download that arrives with the published bytes, at most 1 MB twice for each interruption"

    def lack(self, item: Any) -> str:
        """Say what is not right."""
        told = f"the download of {item.model_id}"
        if item.status != "completed":
            return f"{told} is {item.status} ({item.reason or 'without a reason'})"
        if item.wrong or not item.valid:
            return f"{told} is completed and {item.wrong or 'its files are not right'}"
        most = item.interruptions * MOST_TWICE_MB
        if item.twice_mb is not None and item.twice_mb > most:
            return f"{told} transferred {item.twice_mb:.2f} MB twice, {most:g} MB are fair"
        return ""


def arrived_whole() -> ArrivedWhole:
    """Match a download that arrived whole and went on where it was interrupted."""
    return ArrivedWhole()
