"""The ledger of waivers on disk: `waivers.yaml` beside the README. No file means that nothing is waived."""

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from countersign.errors import SuiteError
from countersign.paths import ROOT
from countersign.verdict.waivers import Waiver

LEDGER = ROOT / "waivers.yaml"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Entry(BaseModel):
    """One waiver as it is written; every field is asked for."""

    model_config = ConfigDict(extra="forbid")

    criterion: Words
    reason: Words
    who: Words
    until: date
    build: Words


_ENTRIES: TypeAdapter[list[_Entry]] = TypeAdapter(list[_Entry])


def load_waivers(path: Path = LEDGER) -> tuple[Waiver, ...]:
    """Read the ledger. Raises SuiteError naming the entry and the field that is wrong.

    Example of an entry::

        - criterion: CT-PAGE-05
          reason: The page reloads into the start screen until the new front end is out.
          who: A. Owner, product
          until: 2027-03-31
          build: "1.0.0"        # the version the system reports, or "any"
    """
    if not path.exists():
        return ()
    try:
        entries = _ENTRIES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or [])
    except yaml.YAMLError as error:
        raise SuiteError(f"{path} is not readable as YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = " / ".join(f"entry {part + 1}" if isinstance(part, int) else part for part in first["loc"])
        raise SuiteError(
            f"{path}: {place or 'the file'}: {first['msg']}. "
            "Each entry needs criterion, reason, who, until (a date) and build."
        ) from error
    return tuple(Waiver(each.criterion, each.reason, each.who, each.until, each.build) for each in entries)
