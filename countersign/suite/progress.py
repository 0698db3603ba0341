"""Say how far a run is: one line a finished scenario, written past behave's capture."""

import sys
import time
from typing import TextIO

from countersign.verdict.records import Ended, Planned

_MARKS = {"passed": "held", "failed": "REFUTED", "not_verified": "not verified", "broken": "SUITE ERROR"}


class Progress:
    """Print `[12/98] 0:41 chattrain  held          Every message earns ...` with the counts so far."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream or sys.__stderr__ or sys.stderr
        self._begun = time.monotonic()
        self._done = 0
        self._counts = dict.fromkeys(_MARKS, 0)

    def say(self, text: str) -> None:
        """Print a line that belongs to no scenario."""
        self._stream.write(f"{text}\n")
        self._stream.flush()

    def started(self, planned: Planned) -> None:
        """Show the running scenario where a person watches (a terminal); the line is replaced by its outcome."""
        if self._stream.isatty():
            self._stream.write(f"\r\x1b[K[{self._done + 1}/{self._total}] {self._clock()} ... {planned.name[:80]}")
            self._stream.flush()

    def ended(self, planned: Planned, ended: Ended) -> None:
        """Print the outcome of a scenario and, where it did not hold, why."""
        self._done += 1
        self._counts[ended.outcome] += 1
        clear = "\r\x1b[K" if self._stream.isatty() else ""
        so_far = " ".join(f"{count} {_MARKS[name].lower()}" for name, count in self._counts.items() if count)
        self._stream.write(
            f"{clear}[{self._done:>{len(str(self._total))}}/{self._total}] {self._clock()} {planned.system:<9} "
            f"{_MARKS[ended.outcome]:<12} {ended.seconds:5.1f} s  {planned.name}  ({so_far})\n"
        )
        if ended.outcome != "passed":
            self._stream.write(f"      {ended.step + ': ' if ended.step else ''}{ended.reason}\n")
        self._stream.flush()

    def _clock(self) -> str:
        minutes, seconds = divmod(int(time.monotonic() - self._begun), 60)
        return f"{minutes}:{seconds:02d}"
