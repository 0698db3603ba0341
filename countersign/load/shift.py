"""A time in which several people act, each at their own pace."""

import threading
from collections.abc import Callable

from countersign.evidence.operations import Operation
from countersign.load.pace import Thinking
from countersign.transport.deadline import Deadline

LONGEST = 2.5
"""A shift may last so many times its seconds, where a slow system has not let enough be done by then."""


class Shift:
    """A shift of so many seconds; it goes on until at least so many things were done, but never for ever.

    Safe to use from several threads.
    """

    def __init__(self, seconds: float, least: int) -> None:
        self.least, self._count = least, 0
        self._lock = threading.Lock()
        self._time, self._end = Deadline(seconds, "a shift"), Deadline(LONGEST * seconds, "a shift")

    @property
    def going_on(self) -> bool:
        """Say whether people still have to act."""
        return not self._time.expired or (self._count < self.least and not self._end.expired)

    def works(self, act: Callable[[], Operation], thinking: Thinking | None = None) -> list[Operation]:
        """Let somebody act to the end of the shift, thinking before each action or not at all; give what was done."""
        done: list[Operation] = []
        while self.going_on:
            if thinking is not None:
                thinking.wait()
            done.append(act())
            with self._lock:
                self._count += 1
        return done
