"""The pack of a run: from whatever the journal holds to every report, judged once."""

import hashlib
import json

import pytest
from verdict.runs import all_verified, catalogue

from countersign.catalogue import Catalogue
from countersign.errors import SuiteError
from countersign.reporting.pack import read_journal, render
from countersign.verdict.judge import EXIT_PROBLEM
from reporting.samples import KILLS, pilot_run, two_runs, write_journal

CRITERIA = catalogue(5)
SMALL = Catalogue(tuple(CRITERIA))


def test_pilot_run_gives_the_whole_pack(tmp_path):
    folder = two_runs(tmp_path)
    assert {path.name for path in folder.iterdir()} == {
        "SHA256SUMS",
        "evidence",
        "journal.jsonl",
        "junit.xml",
        "signoff.html",
        "signoff.json",
    }
    content = json.loads((folder / "signoff.json").read_text(encoding="utf-8"))
    assert content["verdict"] == "red"
    assert len(content["criteria"]) == 77
    html = (folder / "signoff.html").read_text(encoding="utf-8")
    assert "Compared with run 20261119-090000-aaaa" in html
    assert "2 of 3 deliberate faults caught" in html
    assert "lost-ack" not in html


def test_sums_hold_for_every_file(tmp_path):
    folder = two_runs(tmp_path)
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ", 1)) for line in lines)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(named) == files - {"SHA256SUMS"}
    for name, digest in named.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_rendering_again_gives_the_same(tmp_path):
    run, full = pilot_run(tmp_path)
    write_journal(tmp_path, run.records())
    first = render(tmp_path, full, waivers=())
    before = (tmp_path / "signoff.html").read_bytes()
    assert render(tmp_path, full, waivers=()) == first
    assert (tmp_path / "signoff.html").read_bytes() == before


@pytest.mark.parametrize("cut", [1, 10, 60])
def test_run_killed_in_mid_word(tmp_path, cut):
    path = write_journal(tmp_path, all_verified(CRITERIA).records())
    path.write_bytes(path.read_bytes().rstrip(b"\n")[:-cut])
    verdict = render(tmp_path, SMALL, waivers=())
    assert verdict.exit_code == EXIT_PROBLEM
    assert any("is cut off: the run was killed in mid-word" in problem for problem in verdict.problems)
    assert any("cut short" in problem for problem in verdict.problems)
    assert "killed in mid-word" in (tmp_path / "signoff.html").read_text(encoding="utf-8")


def test_run_killed_between_two_scenarios(tmp_path):
    run = all_verified(CRITERIA)
    run.events = run.events[:4]
    run.closed = None
    write_journal(tmp_path, run.records())
    verdict = render(tmp_path, SMALL, waivers=())
    assert verdict.exit_code == EXIT_PROBLEM
    assert [item.status for item in verdict.criteria] == ["verified"] * 2 + ["not_verified"] * 3


@pytest.mark.parametrize("damage", [b"garbage\n", b'{"record": "poem"}\n', b"[1]\n", b"\xff\xfe\n"])
def test_damaged_line_is_named_and_the_rest_is_read(tmp_path, damage):
    path = write_journal(tmp_path, all_verified(CRITERIA).records())
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], damage, *lines[3:]]))
    records, faults = read_journal(tmp_path)
    assert len(records) == len(lines)
    assert len(faults) == 1
    assert faults[0].startswith("Line 4 of the journal cannot be read")
    assert render(tmp_path, SMALL, waivers=()).exit_code == EXIT_PROBLEM


def test_folder_without_a_run(tmp_path):
    with pytest.raises(SuiteError, match=r"holds no journal\.jsonl"):
        render(tmp_path, SMALL)


def test_empty_journal(tmp_path):
    (tmp_path / "journal.jsonl").write_text("", encoding="utf-8")
    assert render(tmp_path, SMALL, waivers=()).exit_code == EXIT_PROBLEM
    assert (tmp_path / "signoff.html").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"faults": [{"name": 3}]}'])
def test_unreadable_kill_matrix_is_said_and_stops_nothing(tmp_path, content):
    folder, matrix = tmp_path / "run", tmp_path / "kill-matrix.json"
    write_journal(folder, all_verified(CRITERIA).records())
    matrix.write_text(content, encoding="utf-8")
    assert render(folder, SMALL, waivers=(), kill_matrix=matrix).overall == "green"
    assert "The kill matrix is not shown" in (folder / "signoff.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["{", "[]", "{}"])
def test_unreadable_earlier_run_is_said_and_stops_nothing(tmp_path, content):
    folder, earlier = tmp_path / "run", tmp_path / "signoff.json"
    write_journal(folder, all_verified(CRITERIA).records())
    earlier.write_text(content, encoding="utf-8")
    render(folder, SMALL, waivers=(), history=earlier)
    assert "The earlier run could not be compared" in (folder / "signoff.html").read_text(encoding="utf-8")


def compared_with(tmp_path, **changed) -> bool:
    """Say whether a run is compared with an earlier one that differs from it as given."""
    name = changed.pop("folder", "20261101-000000-aaaa")
    earlier, later = all_verified(CRITERIA), all_verified(CRITERIA)
    earlier.change(run_id="the earlier run", **changed)
    for folder, run in ((tmp_path / name, earlier), (tmp_path / "20261120-000000-bbbb", later)):
        write_journal(folder, run.records())
        render(folder, SMALL, waivers=())
    html = (tmp_path / "20261120-000000-bbbb" / "signoff.html").read_text(encoding="utf-8")
    return "Compared with run the earlier run" in html


def test_earlier_run_is_found_beside_the_run(tmp_path):
    assert compared_with(tmp_path)


@pytest.mark.parametrize(
    "changed",
    [
        {"target": "staging"},
        {"settings": {"seeded faults": "chattrain=list-lies"}},
        {"whole": ()},
        {"folder": "20261121-000000-cccc"},
    ],
)
def test_run_of_another_kind_is_no_earlier_run(tmp_path, changed):
    assert not compared_with(tmp_path, **changed)


def test_kill_matrix_is_found_beside_the_run(tmp_path):
    folder = tmp_path / "20261120-000000-bbbb"
    write_journal(folder, all_verified(CRITERIA).records())
    (tmp_path / "latest-proof").mkdir()
    (tmp_path / "latest-proof" / "kill-matrix.json").write_text(json.dumps(KILLS), encoding="utf-8")
    render(folder, SMALL, waivers=())
    assert "deliberate faults caught" in (folder / "signoff.html").read_text(encoding="utf-8")
