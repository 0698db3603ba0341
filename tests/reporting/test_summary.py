"""The table at the end of a run, as wide as the terminal and understood without colour."""

from pathlib import Path

import pytest
from verdict.runs import RunBuilder, all_verified, catalogue

from countersign.reporting.summary import summary
from countersign.verdict.judge import judge

CRITERIA = catalogue(20, musts=20)


def sample():
    run = all_verified(CRITERIA, but=7)
    run.scenario("CT-01", outcome="failed", reason="expected a reply within 3 s, waited 3.00 s " * 4)
    return judge(run.records(), CRITERIA)


def test_table_then_reasons_then_where_to_look(tmp_path):
    text = summary(sample(), tmp_path, tmp_path / "allure-report" / "index.html", width=100)
    lines = text.splitlines()
    assert lines[0].split() == ["system", "verified", "refuted", "not", "verified", "share", "band"]
    assert lines[1].split() == ["chattrain", "12", "1", "7", "60.0", "%", "RED"]
    order = ["Refuted (1)", "CT-01, must", "Not verified (7)", "the reply never came", "... and 2 more", "\nRED\n"]
    order += ["Sign-off is refused", "signoff.html", "index.html", "junit.xml  (exit code 1)"]
    places = [text.index(part) for part in order]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_reasons_fit_the_terminal(width):
    longest = max(len(line) for line in summary(sample(), width=width).splitlines())
    assert longest <= min(120, max(60, width))


def test_colour_adds_nothing_but_colour(tmp_path):
    plain = summary(sample(), width=80, colour=False)
    coloured = summary(sample(), width=80, colour=True)
    assert "\x1b" not in plain
    assert coloured.replace("\x1b[1;31m", "").replace("\x1b[0m", "") == plain


def test_terminal_obeys_nothing_that_a_system_said():
    run = RunBuilder()
    run.scenario("CT-01", outcome="failed", reason="\x1b[2J cleared\r\x07 \ud800")
    text = summary(judge(run.records(), CRITERIA), width=80, colour=False)
    assert "\\x1b[2J cleared \\x07 \\ud800" in text
    text.encode("utf-8")


def test_partial_run_does_not_list_what_was_not_selected():
    run = RunBuilder("chattrain", whole=())
    run.scenario("CT-01")
    text = summary(judge(run.records(), CRITERIA), width=80)
    assert "19 criteria not part of this run." in text
    assert "Not verified (" not in text
    assert "PARTIAL RUN" in text


def test_problems_are_told():
    run = all_verified(CRITERIA)
    run.closed = None
    text = summary(judge(run.records(), CRITERIA), Path("nowhere"), width=80)
    assert "Problems of the run (1)" in text
    assert "exit code 5" in text
