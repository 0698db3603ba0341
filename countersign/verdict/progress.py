"""Counts so far, for the line that a run shows while it goes on. They decide nothing."""

from collections import Counter
from dataclasses import dataclass, field

from countersign.verdict.records import Ended, Outcome, Planned, Record, Started

_WORDS: tuple[tuple[Outcome, str], ...] = (
    ("passed", "passed"),
    ("failed", "refuted"),
    ("not_verified", "not verified"),
    ("broken", "broken"),
)


@dataclass
class Progress:
    """Counts scenarios as their records are written. Feed it every record of the journal."""

    planned: int = 0
    running: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    _names: dict[str, str] = field(default_factory=dict)

    def note(self, record: Record) -> None:
        """Take one record into account."""
        match record:
            case Planned():
                self.planned += 1
                self._names[record.key] = record.name
            case Started():
                self.running = self._names.get(record.key, record.key)
            case Ended():
                self.outcomes[record.outcome] += 1
                self.running = ""
            case _:
                return

    @property
    def ended(self) -> int:
        """Count the scenarios that came to an end."""
        return self.outcomes.total()

    def line(self) -> str:
        """Give one line: "37 of 283: 34 passed, 1 refuted, 2 not verified"."""
        parts = [f"{self.outcomes[outcome]} {word}" for outcome, word in _WORDS if self.outcomes[outcome]]
        return f"{self.ended} of {self.planned}" + (f": {', '.join(parts)}" if parts else "")
