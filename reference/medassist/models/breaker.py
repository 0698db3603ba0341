"""The breaker in front of every AI call: opens after failures in a row, tries again by itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from reference.common.clock import iso_exact

State = Literal["closed", "open", "half_open"]
TRIALS_TO_CLOSE = 3


@dataclass
class Permission:
    """The right to make one call. `trial` marks the one call that a half-open breaker lets through at a time."""

    trial: bool
    spent: bool = False


class Breaker:
    """Counts failures in a row; open, it lets nothing through for a while, then one trial at a time."""

    def __init__(
        self,
        name: str,
        failures: int,
        open_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open after `failures` failures in a row, for `open_seconds`."""
        self.name = name
        self._limit = failures
        self._open_seconds = open_seconds
        self._clock = clock
        self.state: State = "closed"
        self.failures = 0
        self.successes = 0
        self._opened_at = 0.0
        self._opened_time: datetime | None = None
        self._trial_runs = False
        self.on_change: Callable[[State], None] = lambda state: None

    def admit(self) -> Permission | None:
        """Ask for a call. None: answer without the AI."""
        if self.state == "closed":
            return Permission(trial=False)
        if self.state == "open" and self._clock() - self._opened_at >= self._open_seconds:
            self._become("half_open")
            self.successes = 0
        if self.state == "half_open" and not self._trial_runs:
            self._trial_runs = True
            return Permission(trial=True)
        return None

    def retry_after(self) -> int:
        """Give the whole seconds until a call may be let through again."""
        left = self._open_seconds - (self._clock() - self._opened_at)
        return max(1, round(left + 0.5)) if self.state == "open" else 1

    def succeeded(self, permission: Permission) -> None:
        """Take note that a call was answered."""
        self._spend(permission)
        if self.state == "closed":
            self.failures = 0
        elif self.state == "half_open" and permission.trial:
            self.successes += 1
            if self.successes >= TRIALS_TO_CLOSE:
                self.failures = 0
                self._opened_time = None
                self._become("closed")

    def failed(self, permission: Permission) -> None:
        """Take note that a call failed."""
        self._spend(permission)
        if self.state == "closed":
            self.failures += 1
            if self.failures >= self._limit:
                self._open()
        elif self.state == "half_open" and permission.trial:
            self.failures += 1
            self._open()

    def give_back(self, permission: Permission) -> None:
        """Return a permission whose call was not made or not finished."""
        self._spend(permission)

    def shown(self) -> dict[str, Any]:
        """Give the breaker as it is shown over HTTP."""
        opened = self._opened_time
        next_try = opened.timestamp() + self._open_seconds if opened and self.state == "open" else None
        return {
            "name": self.name,
            "state": self.state,
            "failure_count": self.failures,
            "success_count": self.successes,
            "opened_at": iso_exact(opened) if opened else None,
            "next_try_at": iso_exact(datetime.fromtimestamp(next_try, UTC)) if next_try else None,
        }

    def _open(self) -> None:
        self._opened_at = self._clock()
        self._opened_time = datetime.now(UTC)
        self.successes = 0
        self._become("open")

    def _spend(self, permission: Permission) -> None:
        if permission.trial and not permission.spent:
            self._trial_runs = False
        permission.spent = True

    def _become(self, state: State) -> None:
        self.state = state
        self.on_change(state)
