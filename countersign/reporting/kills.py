"""The kill matrix in the report: which check was seen to fail, and on what."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from countersign.errors import SuiteError

SEEN_TO_FAIL = ("KILLED", "SHARED")
"""SHARED: caught for the stated reason, and checks of other criteria failed with it."""


class Fault(BaseModel):
    """A seeded fault and what became of it."""

    name: str
    system: str
    criteria: list[str]
    outcome: str
    by: list[str] = []
    reason: str = ""
    what: str = ""


class _File(BaseModel):
    faults: list[Fault]


_FILE: TypeAdapter[_File] = TypeAdapter(_File)


@dataclass(frozen=True)
class KillMatrix:
    """The faults of the systems in the report."""

    faults: tuple[Fault, ...]

    def caught_by(self, criterion: str) -> tuple[Fault, ...]:
        """Give the faults that made the checks of this criterion fail for the stated reason."""
        return tuple(each for each in self.faults if criterion in each.criteria and each.outcome in SEEN_TO_FAIL)

    @property
    def caught(self) -> int:
        """Count the faults that were caught."""
        return sum(each.outcome in SEEN_TO_FAIL for each in self.faults)


def load_kills(path: Path, systems: Sequence[str]) -> KillMatrix:
    """Read `kill-matrix.json`, for the systems of the report only. Raises SuiteError for a file of another shape."""
    try:
        content = _FILE.validate_python(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as error:
        raise SuiteError(f"{path.name} cannot be read as a kill matrix; run the proof again ({error})") from error
    return KillMatrix(tuple(fault for fault in content.faults if fault.system in systems))
