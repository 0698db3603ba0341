"""The stack on PostgreSQL servers of its own: the same promises as on SQLite, and nothing left behind."""

import json
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from stack_driver import RunningStack, alive, until

from reference.__main__ import main
from reference.stack.errors import Unusable
from reference.stack.postgresql_programs import find_programs

SYSTEM = "/systems/medassist"
REAL = ("-m", "reference")
PASSWORD = "Good-pass-1"


def why_not() -> str:
    try:
        find_programs()
    except Unusable as reason:
        return str(reason)
    return ""


pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Give a temporary folder that the account of the server can reach; those of pytest are closed to it."""
    with tempfile.TemporaryDirectory(prefix="countersign-postgresql-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.fixture(scope="module")
def stack(folder: Path) -> Iterator[RunningStack]:
    with started(folder) as running:
        print(f"ready after {running.seconds:.2f} s")
        yield running


def started(folder: Path, *arguments: str, systems: str = "medassist") -> RunningStack:
    return RunningStack(folder, "--database", "postgresql", *arguments, systems=systems, program=REAL)


def do(stack: RunningStack, path: str, body: Any = None) -> Mapping[str, Any]:
    answer = stack.control("POST", f"{SYSTEM}/{path}", body)
    assert answer.status_code == 200, answer.text
    told: Mapping[str, Any] = answer.json()
    return told


def ready(stack: RunningStack) -> int:
    return stack.http.get(f"{stack.url('medassist')}/api/health/ready").status_code


def registered(stack: RunningStack, name: str) -> str:
    email = f"{name}@patients.example"
    body = {"email": email, "password": PASSWORD, "full_name": name.title()}
    answer = stack.http.post(f"{stack.url('medassist')}/api/auth/register", json=body)
    assert answer.status_code == 201, answer.text
    return email


def sign_in(stack: RunningStack, email: str, password: str = PASSWORD) -> httpx.Response:
    body = {"email": email, "password": password}
    return stack.http.post(f"{stack.url('medassist')}/api/auth/login", json=body)


def audited(stack: RunningStack, action: str) -> int:
    admin = stack.line["systems"]["medassist"]["staff"][0]
    token = sign_in(stack, admin["email"], admin["password"]).json()["access_token"]
    told = stack.http.get(
        f"{stack.url('medassist')}/api/audit/logs",
        params={"action": action},
        headers={"Authorization": f"Bearer {token}"},
    )
    total: int = told.json()["total"]
    return total


def servers(folder: Path) -> list[int]:
    """Give the processes of PostgreSQL that work below `folder`: theirs is the place of the data."""
    found = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        try:
            where = os.readlink(link)
        except OSError:
            continue
        if Path(where).is_relative_to(folder) and alive(int(link.parent.name)):
            found.append(int(link.parent.name))
    return found


def test_a_patient_reports_and_reads_over_a_real_server(stack: RunningStack, folder: Path) -> None:
    assert servers(folder), "there is no server process"
    token = sign_in(stack, registered(stack, "pat")).json()["access_token"]
    with httpx.Client(base_url=stack.url("medassist"), headers={"Authorization": f"Bearer {token}"}) as pat:
        assert pat.get("/api/auth/me").json()["email"] == "pat@patients.example"
    assert not list(folder.glob("*/medassist/*.sqlite3")), "there is a SQLite file"


@pytest.mark.parametrize(("away", "back"), [("stop", "start"), ("pause", "resume")])
def test_a_server_that_is_away_is_noticed_and_comes_back_with_its_data(
    stack: RunningStack, away: str, back: str
) -> None:
    email = registered(stack, away)
    assert do(stack, f"dependencies/database/{away}")["dependencies"]["database"] != "running"
    try:
        until(lambda: ready(stack) == 503, "not ready", within=8)
        assert sign_in(stack, email).status_code == 503
    finally:
        assert do(stack, f"dependencies/database/{back}")["dependencies"]["database"] == "running"
    until(lambda: ready(stack) == 200, "ready again", within=10)
    assert sign_in(stack, email).status_code == 200


def test_a_backup_brings_everything_back_after_a_total_loss(stack: RunningStack) -> None:
    kept, before = registered(stack, "kept"), audited(stack, "user_registered")
    do(stack, "backups/first/save")
    late = registered(stack, "late")
    assert stack.control("POST", f"{SYSTEM}/database/lose").status_code == 409
    do(stack, "process/kill")
    do(stack, "database/lose")
    do(stack, "process/start")
    assert sign_in(stack, kept).status_code == 401, "the loss was none"
    do(stack, "process/stop")
    do(stack, "backups/first/restore")
    do(stack, "process/start")
    assert (sign_in(stack, kept).status_code, sign_in(stack, late).status_code) == (200, 401)
    assert audited(stack, "user_registered") == before
    registered(stack, "newcomer")
    assert audited(stack, "user_registered") == before + 1


def test_a_stack_that_ends_while_its_server_is_paused_leaves_nothing_behind(folder: Path) -> None:
    with started(folder) as running:
        work = Path(running.line["systems"]["medassist"]["work"]["database"])
        there = servers(work)
        do(running, "dependencies/database/pause")
        assert running.stop() == 0
    assert there and not any(map(alive, there)), "processes are left"
    assert not work.parents[1].exists(), "the folder is left"


def test_a_stack_that_is_killed_takes_its_server_along(folder: Path) -> None:
    with started(folder) as running:
        work = Path(running.line["systems"]["medassist"]["work"]["database"])
        there = servers(work)
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        until(lambda: not any(map(alive, there)), "the server is gone")
    assert there


def test_a_folder_that_is_kept_serves_a_second_stack(folder: Path) -> None:
    kept = ("--work", str(folder / "kept"))
    with started(folder, *kept) as first:
        email = registered(first, "kept")
    with started(folder, *kept) as second:
        assert sign_in(second, email).status_code == 200
    assert not servers(folder / "kept")


def test_a_database_given_by_its_url_is_used_and_left_alone(stack: RunningStack, folder: Path) -> None:
    facts = stack.line["systems"]["medassist"]
    data = Path(facts["work"]["database"])
    secret = data.with_name("database.secret").read_text()
    port = (data / "postmaster.pid").read_text().splitlines()[3]
    url = f"postgresql://reference:{secret}@127.0.0.1:{port}/postgres"
    email = registered(stack, "shared")
    with started(folder, "--setting", f"DATABASE_URL={url}") as other:
        assert sign_in(other, email).status_code == 200
        for refused in ("dependencies/database/stop", "dependencies/database/pause"):
            assert other.control("POST", f"{SYSTEM}/{refused}").status_code == 501
        do(other, "process/stop")
        assert other.control("POST", f"{SYSTEM}/database/lose").status_code == 501
    assert sign_in(stack, email).status_code == 200


def test_a_machine_without_server_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("reference.stack.postgresql_programs.WHEEL", "no_such_wheel")
    monkeypatch.setattr("reference.stack.postgresql_programs._on_the_path", lambda: None)
    assert main(["up", "--systems", "medassist", "--database", "postgresql"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["ready"] is False
    assert "no PostgreSQL server" in told.err and "requirements-postgresql.txt" in told.err
