"""The registry of seeded faults."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from programs import ROOT

from reference.medassist import faults
from reference.medassist.parts import Parts, healthy_parts
from reference.medassist.settings import Settings


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return healthy_parts(Settings(database_url=f"sqlite:///{tmp_path}/database.sqlite3", log_path=tmp_path / "log"))


def test_the_names_are_listed_as_json() -> None:
    command = [sys.executable, "-m", "reference.medassist", "--list-faults"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=20).stdout
    assert json.loads(listed) == sorted(faults.known())


def test_every_fault_names_its_criteria_and_says_what_it_does() -> None:
    for name, seeded in faults.known().items():
        assert seeded.name == name
        assert seeded.criteria and all(criterion.startswith("MA-") for criterion in seeded.criteria), name
        assert seeded.breaks.__doc__, name


@pytest.mark.parametrize("name", faults.names())
def test_every_fault_can_be_applied(parts: Parts, name: str) -> None:
    healthy = dict(vars(parts))
    pieces = {**healthy, "inference.client": parts.inference.client}
    methods = {key: dict(vars(part)) for key, part in pieces.items() if hasattr(part, "__dict__")}
    layers, handlers = list(parts.layers), dict(parts.chat_desk.handlers)
    faults.apply([name], parts)
    replaced = any(vars(parts)[key] is not part for key, part in healthy.items())
    wrapped = any(dict(vars(pieces[key])) != before for key, before in methods.items())
    listed = parts.layers != layers or parts.chat_desk.handlers != handlers
    assert replaced or wrapped or listed, f"{name} changes nothing"


def test_unknown_names_are_refused(parts: Parts) -> None:
    with pytest.raises(faults.UnknownFault, match="eats-cake"):
        faults.apply(["eats-cake"], parts)
