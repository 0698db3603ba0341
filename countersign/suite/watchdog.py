"""A hard end for every scenario: whatever a system does, the run goes on to the next sentence.

The transport bounds every exchange already; this is the last resort for what slips past it. It uses the alarm clock
of the main thread, where behave runs the steps.
"""

import signal
import time
from types import FrameType

from countersign.errors import DeadlineExceeded


class Watchdog:
    """Raise DeadlineExceeded inside the running step once the scenario's time is used up.

    Between steps nothing is raised (that would hit behave itself): the next step then fails at its start.
    """

    def __init__(self) -> None:
        self._ends = float("inf")
        self._allowed = 0.0
        self._in_step = False
        signal.signal(signal.SIGALRM, self._rang)

    def scenario_begins(self, seconds: float) -> None:
        """Allow this scenario so many seconds from now."""
        self._allowed, self._ends = seconds, time.monotonic() + seconds

    def allow(self, seconds: float) -> None:
        """Allow the running scenario so many seconds from now, also in the middle of a step."""
        self._allowed, self._ends = seconds, time.monotonic() + seconds
        if self._in_step:
            signal.setitimer(signal.ITIMER_REAL, min(seconds, 1e6))

    def step_begins(self) -> None:
        """Arm the alarm for the rest of the scenario's time; raise at once if none is left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self._too_late()
        self._in_step = True
        signal.setitimer(signal.ITIMER_REAL, min(left, 1e6))

    def step_ended(self) -> None:
        """Disarm the alarm."""
        self._in_step = False
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _too_late(self) -> DeadlineExceeded:
        return DeadlineExceeded(f"the scenario was not over after {self._allowed:.0f} s and was ended")

    def _rang(self, signum: int, frame: FrameType | None) -> None:
        if self._in_step:
            self._in_step = False
            raise self._too_late()
