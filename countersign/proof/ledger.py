"""The ledger of seeded faults: `criteria/<system>.faults.yaml`."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from countersign.errors import SuiteError
from countersign.paths import CRITERIA


class Fault(BaseModel):
    """A seeded fault. `caught_by` maps each criterion it breaks to a pattern that the failing reason must match."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    system: str
    name: str
    what: str
    caught_by: Mapping[str, str]

    @field_validator("caught_by")
    @classmethod
    def _patterns(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for criterion, pattern in value.items():
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{criterion}: {pattern!r} is no regular expression ({error})") from error
        return value


def load_faults(system: str) -> list[Fault]:
    """Read the ledger of one system; empty if it has none. Raises SuiteError naming file and entry."""
    path = CRITERIA / f"{system}.faults.yaml"
    return _read(path, system) if path.is_file() else []


def _read(path: Path, system: str) -> list[Fault]:
    data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    faults = []
    for entry in data["faults"]:
        try:
            faults.append(Fault(system=system, **entry))
        except (ValidationError, TypeError) as error:
            raise SuiteError(f"{path.name}: {entry.get('name', entry)}: {error}") from error
    return faults
