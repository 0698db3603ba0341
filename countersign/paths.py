"""Where the rooms of the house are on disk."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRITERIA = ROOT / "criteria"
FEATURES = ROOT / "features"
PERSONAS = ROOT / "personas"
TARGETS = ROOT / "targets"
OUT = ROOT / "reports" / "out"


def system_names() -> list[str]:
    """Name the systems that have a catalogue of criteria, in alphabetical order."""
    return sorted(file.stem for file in CRITERIA.glob("*.yaml") if "." not in file.stem)
