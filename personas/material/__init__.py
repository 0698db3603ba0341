"""The lines, tables and limits of each system's trainings, kept as data (`<system>.yaml`)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@cache
def material(system: str) -> dict[str, Any]:
    """Give the material of a system as it stands in `personas/material/<system>.yaml`."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / f"{system}.yaml").read_text(encoding="utf-8"))
    return data
