"""The seeded faults of the hub."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hub_driver import T2V, Hub, until
from programs import ROOT

from reference.modelhub import faults
from reference.modelhub.parts import Parts, healthy_parts
from reference.modelhub.settings import Settings

OF_WORKERS = ("no-rest", "settings-forgotten")
"""Faults that do something else in the processes without a port."""


def parts_of(folder: Path, process: str = "api") -> Parts:
    """Make the healthy parts of a process."""
    return healthy_parts(
        Settings(
            "a-secret-that-is-long-enough-for-it",
            database_url=f"sqlite:///{folder}/database.sqlite3",
            models_dir=folder / "models",
            log_path=folder / "log",
        ),
        process,
    )


def test_the_names_are_listed_as_json() -> None:
    command = [sys.executable, "-m", "reference.modelhub", "api", "--list-faults"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=20).stdout
    assert json.loads(listed) == sorted(faults.known())


def test_every_fault_names_its_criteria_and_says_what_it_does() -> None:
    for name, seeded in faults.known().items():
        assert seeded.criteria and all(criterion.startswith("MH-") for criterion in seeded.criteria), name
        assert seeded.breaks.__doc__, name


@pytest.mark.parametrize(
    ("name", "process"), [*((name, "api") for name in faults.names()), *((name, "generator") for name in OF_WORKERS)]
)
def test_every_fault_can_be_seeded(tmp_path: Path, name: str, process: str) -> None:
    parts = parts_of(tmp_path, process)
    faults.apply([name], parts)
    parts.accounts.close()


def test_a_seeded_fault_shows_and_can_be_taken_away(hub: Hub) -> None:
    seeded = hub.stack.control("PUT", "/systems/modelhub/faults", {"faults": ["retry-gives-up-early"]})
    assert seeded.status_code == 200, seeded.text
    try:
        hub.fault("status", value=503, model_id=T2V, path="vae.safetensors", count=2)
        hub.prefer(download_config={"retry_delay_base": 0.1})
        hub.admin.start(T2V)
        until(lambda: hub.admin.progress(T2V)["status"] == "failed", "it gave up early")
    finally:
        hub.stack.control("DELETE", "/systems/modelhub/faults")
    hub.admin.start(T2V)
    until(lambda: hub.admin.detailed(T2V)["is_available"], "it arrived")
