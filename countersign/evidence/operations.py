"""Single operations of people who use a system at once: what was done, how long it took, whether it went well."""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from countersign.errors import PolitelyRefused, SystemFault

LATE_AFTER = 10.0
"""Seconds after which an answer counts as a failure, whatever it says (criterion CT-LOAD-05)."""


@dataclass(frozen=True)
class Operation:
    """One thing somebody did with a system. `began` is monotonic, `seconds` how long it took.

    `problem` is empty if it went well, otherwise the sentence that says what was wrong. `refused` says that it was
    turned away politely, with a time after which to try again.
    """

    who: str
    what: str
    began: float
    seconds: float
    problem: str = ""
    refused: bool = False

    @property
    def failed(self) -> bool:
        """Say whether it failed: no answer, a wrong one, or one that came too late."""
        return bool(self.problem) or self.seconds > LATE_AFTER

    @property
    def late(self) -> bool:
        """Say whether it took so long that nothing else counts."""
        return self.seconds >= LATE_AFTER

    def __str__(self) -> str:
        told = f"{self.who}: {self.what} took {self.seconds:.2f} s"
        return f"{told} and failed ({self.problem})" if self.problem else told


def attempt(who: str, what: str, act: Callable[[], float | None]) -> Operation:
    """Do something with a system and tell what became of it; its fault is told, not raised.

    `act` may give the seconds that count (those to the answer, say); by default the whole time does.
    """
    began = time.monotonic()
    try:
        seconds = act()
    except SystemFault as fault:
        told, refused = str(fault) or type(fault).__name__, isinstance(fault, PolitelyRefused)
        return Operation(who, what, began, time.monotonic() - began, told, refused)
    return Operation(who, what, began, time.monotonic() - began if seconds is None else seconds)


class OperationTally:
    """Every operation of the load scenarios of a run, whoever did it. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._operations: list[Operation] = []

    def add(self, operations: Iterable[Operation]) -> None:
        """Count these too."""
        with self._lock:
            self._operations.extend(operations)

    def all(self) -> Sequence[Operation]:
        """Give everything counted so far, in the order it was added."""
        with self._lock:
            return tuple(self._operations)
