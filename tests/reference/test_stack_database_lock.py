"""A held SQLite file is unusable for every connection, new or open, and nothing confirmed is lost."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reference.stack import database_lock
from reference.stack.database_lock import DatabaseLock
from reference.stack.errors import NotNow, TooLate

ROOT = Path(__file__).parents[2]
TIMEOUT = 0.3


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None)


@pytest.fixture(params=["wal", "delete"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / "some.sqlite3"
    connection = connect(file)
    connection.execute(f"PRAGMA journal_mode={request.param}")
    connection.execute("CREATE TABLE notes (text TEXT)")
    connection.close()
    return file


@pytest.fixture
def opened(path: Path) -> Iterator[list[sqlite3.Connection]]:
    connections = [connect(path), connect(path)]
    for number, connection in enumerate(connections):
        connection.execute("INSERT INTO notes VALUES (?)", (f"confirmed {number}",))
        connection.execute("SELECT * FROM notes").fetchall()
    yield connections
    for connection in connections:
        connection.close()


def is_locked(action: Callable[[], object]) -> bool:
    """Tell whether the action is refused as locked, within SQLite's own waiting time."""
    began = time.monotonic()
    try:
        action()
    except sqlite3.OperationalError as error:
        assert "locked" in str(error), error
        assert time.monotonic() - began < TIMEOUT + 1
        return True
    return False


def elsewhere(path: Path, statement: str) -> subprocess.CompletedProcess[str]:
    """Run a statement through a connection of another process."""
    code = (
        "import sqlite3, sys\n"
        f"c = sqlite3.connect(sys.argv[1], timeout={TIMEOUT}, isolation_level=None)\n"
        "print(c.execute(sys.argv[2]).fetchall())\n"
    )
    arguments = [sys.executable, "-c", code, str(path), statement]
    return subprocess.run(arguments, capture_output=True, text=True, timeout=10, check=False)


def texts(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM notes ORDER BY rowid")]


def test_nobody_reads_or_writes_while_it_is_held(path: Path, opened: list[sqlite3.Connection]) -> None:
    lock = DatabaseLock(path)
    asyncio.run(lock.hold())
    try:
        assert lock.held
        for connection in opened:
            assert is_locked(lambda at=connection: texts(at))
            assert is_locked(lambda at=connection: at.execute("INSERT INTO notes VALUES ('refused')"))
            assert is_locked(lambda at=connection: at.execute("BEGIN IMMEDIATE"))
        for statement in ("SELECT * FROM notes", "INSERT INTO notes VALUES ('refused')"):
            assert "database is locked" in elsewhere(path, statement).stderr
    finally:
        lock.release()
    assert not lock.held
    opened[0].execute("INSERT INTO notes VALUES ('afterwards')")
    assert texts(opened[1]) == ["confirmed 0", "confirmed 1", "afterwards"]
    assert "afterwards" in elsewhere(path, "SELECT * FROM notes").stdout
    assert opened[0].execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_without_connections_can_be_held(path: Path) -> None:
    lock = DatabaseLock(path)
    asyncio.run(lock.hold())
    assert "database is locked" in elsewhere(path, "SELECT * FROM notes").stderr
    lock.release()
    assert elsewhere(path, "SELECT * FROM notes").stdout == "[]\n"


def test_a_connection_that_ends_meanwhile_takes_nothing_with_it(path: Path, opened: list[sqlite3.Connection]) -> None:
    lock = DatabaseLock(path)
    asyncio.run(lock.hold())
    for connection in opened:
        connection.close()
    lock.release()
    fresh = connect(path)
    assert texts(fresh) == ["confirmed 0", "confirmed 1"]
    fresh.close()


def test_a_holder_that_is_killed_leaves_a_sound_database(path: Path, opened: list[sqlite3.Connection]) -> None:
    code = (
        "import asyncio, sys, time\nfrom pathlib import Path\n"
        "from reference.stack.database_lock import DatabaseLock\n"
        "lock = DatabaseLock(Path(sys.argv[1]))\nasyncio.run(lock.hold())\n"
        "print('held', flush=True)\ntime.sleep(60)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert is_locked(lambda: texts(opened[0]))
    finally:
        holder.kill()
        holder.communicate(timeout=5)
    assert texts(opened[0]) == ["confirmed 0", "confirmed 1"]
    opened[1].execute("INSERT INTO notes VALUES ('afterwards')")
    assert texts(opened[0])[-1] == "afterwards"
    assert opened[0].execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_it_waits_for_a_transaction_that_ends(path: Path, opened: list[sqlite3.Connection]) -> None:
    async def hold_during_a_transaction() -> None:
        opened[0].execute("BEGIN IMMEDIATE")
        opened[0].execute("INSERT INTO notes VALUES ('in time')")
        holding = asyncio.ensure_future(lock.hold())
        await asyncio.sleep(0.1)
        assert not holding.done()
        opened[0].execute("COMMIT")
        await holding

    lock = DatabaseLock(path)
    asyncio.run(hold_during_a_transaction())
    assert is_locked(lambda: texts(opened[1]))
    lock.release()
    assert texts(opened[1])[-1] == "in time"


def test_it_gives_up_on_a_transaction_that_stays(
    path: Path, opened: list[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_lock, "HELD_WITHIN", 0.2)
    opened[0].execute("BEGIN IMMEDIATE")
    opened[0].execute("INSERT INTO notes VALUES ('still there')")
    lock = DatabaseLock(path)
    with pytest.raises(TooLate, match=r"did not end within 0\.2 s"):
        asyncio.run(lock.hold())
    assert not lock.held
    opened[0].execute("COMMIT")
    assert texts(opened[1])[-1] == "still there"


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotNow, match=r"no database to stop at none\.sqlite3"):
        asyncio.run(DatabaseLock(tmp_path / "none.sqlite3").hold())
