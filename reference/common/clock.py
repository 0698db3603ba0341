"""The time of day, always UTC, always written with `Z`."""

from datetime import UTC, datetime


def now() -> datetime:
    """Give the present moment in UTC."""
    return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """Write `moment` as ISO-8601 in UTC with milliseconds and `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_exact(moment: datetime) -> str:
    """Write `moment` as `iso` does, with microseconds: such texts sort in the order of the moments."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def iso_or_none(moment: datetime | None) -> str | None:
    """Write `moment` as `iso` does; None stays None."""
    return None if moment is None else iso(moment)


def moment(text: str) -> datetime:
    """Read back what `iso` wrote."""
    return datetime.fromisoformat(text)
