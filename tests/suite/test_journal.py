"""The journal: every record is in the file at once, and a half-written line waits for its rest."""

from pathlib import Path

from countersign.suite.journal import NAME, Journal, follow
from countersign.verdict.records import Ended, Measured, Planned, RunOpened, SystemOpened, from_json, to_json

RECORDS = [
    RunOpened("r", "2026-11-20T10:00:00Z", "embedded", touched=("chattrain",), settings={"pace": "compressed"}),
    Planned("f:3", "A title - ü", "Feature", "f", 3, "chattrain", ("CT-API-01",), ("quick",)),
    SystemOpened("chattrain", "http://127.0.0.1:1", ("metrics",), {"history": "not offered"}),
    Measured("f:3", "reply", 0.5, "s", 20, limit=3.0, relation="below", series=(0.1, 0.5)),
    Ended("f:3", "failed", 1.5, reason="expected this, but that"),
]


def test_every_kind_of_record_comes_back_as_it_was_written(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        for number, record in enumerate(RECORDS):
            journal.write(record)
            assert len(follow(tmp_path, 0)[0]) == number + 1
    assert follow(tmp_path, 0)[0] == RECORDS
    assert [from_json(to_json(record)) for record in RECORDS] == RECORDS


def test_a_line_that_is_still_being_written_is_read_later(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal.write(RECORDS[0])
        whole = (tmp_path / NAME).read_bytes()
        journal.write(RECORDS[1])
    both = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(both[:-5])
    records, offset = follow(tmp_path, 0)
    assert (records, offset) == ([RECORDS[0]], len(whole))
    (tmp_path / NAME).write_bytes(both)
    assert follow(tmp_path, offset)[0] == [RECORDS[1]]
