"""One end on the wall clock, shared by everything that has to be done by then."""

import time

from countersign.errors import DeadlineExceeded


class Deadline:
    """The moment `seconds` from now (monotonic clock), by which `what` has to be done.

    Hand the same deadline to every call that belongs together: each takes only the time that is left.
    """

    def __init__(self, seconds: float, what: str) -> None:
        self.seconds = float(seconds)
        self.what = what
        self.started = time.monotonic()

    @classmethod
    def of(cls, within: "float | Deadline", what: str) -> "Deadline":
        """Start a deadline of so many seconds, or go on with one that is already running."""
        return within if isinstance(within, Deadline) else cls(within, what)

    @property
    def remaining(self) -> float:
        """Seconds that are left, never below 0."""
        return max(0.0, self.started + self.seconds - time.monotonic())

    @property
    def waited(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started

    @property
    def expired(self) -> bool:
        """Say whether the time is up."""
        return self.remaining <= 0.0

    def exceeded(self, last_seen: str = "") -> DeadlineExceeded:
        """Give the exception that says what was awaited, for how long, and what was last seen."""
        seen = f"; last seen: {last_seen}" if last_seen else ""
        return DeadlineExceeded(f"{self.what}: expected within {self.seconds:g} s, waited {self.waited:.2f} s{seen}")

    def check(self, last_seen: str = "") -> None:
        """Raise DeadlineExceeded if the time is up."""
        if self.expired:
            raise self.exceeded(last_seen)
