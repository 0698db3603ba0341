"""On a system that is not the suite's own, a run leaves nothing open: no session, no waiting report, no account."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from countersign.evidence import Recorder, Redactor
from countersign.paths import ROOT
from countersign.suite.journal import follow
from countersign.suite.run import FOLDER_VARIABLE
from countersign.systems.medassist.api import MedAssistApi
from countersign.target.embedded import EmbeddedStack
from countersign.target.live import LiveSystem
from countersign.verdict.records import Ended, LeftBehind

FEATURE = "features/patient_and_nurse/first_symptom_to_decision.feature"
TARGET = """
kind = "live"

[medassist]
url = "{url}"

[[medassist.staff]]
role = "admin"
email = "{emails[0]}"
password_env = "STAFF_PASSWORD"

[[medassist.staff]]
role = "nurse"
email = "{emails[1]}"
password_env = "STAFF_PASSWORD"

[[medassist.staff]]
role = "nurse"
email = "{emails[2]}"
password_env = "STAFF_PASSWORD"
"""


@pytest.fixture(scope="module")
def deployment() -> Iterator[dict[str, Any]]:
    stack = EmbeddedStack(["medassist"])
    facts: dict[str, Any] = stack.wait_ready()["systems"]["medassist"]
    yield facts
    assert stack.stop() == []


@pytest.fixture
def admin(deployment: dict[str, Any]) -> Iterator[MedAssistApi]:
    system = LiveSystem("medassist", deployment["url"])
    api = MedAssistApi(system, "the operator", Recorder(Redactor()))
    api.sign_in(deployment["staff"][0]["email"], deployment["staff"][0]["password"])
    yield api
    api.close()


def behave(folder: Path, deployment: dict[str, Any], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a feature on the deployment, as its operator would."""
    staff = deployment["staff"]
    target = folder / "theirs.toml"
    target.write_text(TARGET.format(url=deployment["url"], emails=[account["email"] for account in staff]))
    environ = {
        **os.environ,
        FOLDER_VARIABLE: str(folder / "run"),
        "STAFF_PASSWORD": staff[0]["password"],
        "COUNTERSIGN_TARGET": str(target),
    }
    command = [sys.executable, "-m", "behave", FEATURE, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120, check=False)


def test_what_a_run_opened_is_closed_again_and_what_it_cannot_remove_is_listed(
    tmp_path: Path, deployment: dict[str, Any], admin: MedAssistApi
) -> None:
    before = {user.id for user in admin.accounts.all() if user.is_active}
    done = behave(tmp_path, deployment)
    records, _ = follow(tmp_path / "run", 0)
    ended = [record for record in records if isinstance(record, Ended)]
    assert ended, done.stdout + done.stderr
    assert {record.outcome for record in ended} == {"passed"}, [record.reason for record in ended]
    assert admin.reports.queue().total == 0
    assert [session.status for session in admin.sessions.listed() if session.status in ("active", "escalated")] == []
    assert {user.id for user in admin.accounts.all() if user.is_active} == before
    left = [record for record in records if isinstance(record, LeftBehind)]
    assert [record.system for record in left] == ["medassist"] and left[0].what.startswith("accounts")


def test_a_password_of_the_operator_reaches_no_file(tmp_path: Path, deployment: dict[str, Any]) -> None:
    behave(tmp_path, deployment, "--tags=@MA-JOURNEY-01")
    files = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    secret = deployment["staff"][0]["password"].encode()
    assert len(files) > 3
    assert [path.name for path in files if secret in path.read_bytes()] == []
