"""The time the hub takes it to be: now, moved by whole or part days for ageing usage and keys."""

from datetime import datetime, timedelta

from reference.common.clock import now


class HubClock:
    """Gives moments in UTC."""

    def __init__(self, offset_days: float) -> None:
        """Be `offset_days` ahead of the machine."""
        self._offset = timedelta(days=offset_days)

    def now(self) -> datetime:
        """Give the present moment as the hub takes it to be."""
        return now() + self._offset

    def seconds(self) -> float:
        """Give the same in seconds since 1970."""
        return self.now().timestamp()
