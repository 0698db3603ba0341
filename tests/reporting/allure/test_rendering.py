"""One page from the results: complete, honest about its share, without trackers, bounded in time."""

import base64
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from countersign.reporting.allure import AllureNotRendered, complete_results, history, node, render_allure, rendering
from countersign.reporting.allure.share import share, with_honest_share
from countersign.reporting.allure.trackers import HOSTS, without_trackers
from countersign.verdict.records import Ended, Outcome, Planned

OUTCOMES: dict[str, Outcome | None] = {
    "It holds": "passed",
    "It holds too": "passed",
    "It is refuted": "failed",
    "It was not seen": "not_verified",
    "It broke": "broken",
    "It never ran": None,
}


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Give a results folder with one result of every outcome."""
    folder = tmp_path / "allure-results"
    folder.mkdir()
    planned = [
        Planned(f"features/a.feature:{line}", name, "Feature A", "features/a.feature", line, "chattrain", ("CT-A-01",))
        for line, name in enumerate(OUTCOMES, start=1)
    ]
    ended = [
        Ended(record.key, outcome, 1.0, "2026-11-20T10:00:00+00:00", "" if outcome == "passed" else f"why {outcome}")
        for record in planned
        if (outcome := OUTCOMES[record.name])
    ]
    assert complete_results(folder, planned, ended) == len(OUTCOMES)
    return folder


def widgets(page: Path) -> dict[str, Any]:
    """Give the data that the page holds, by name."""
    text = page.read_text(encoding="utf-8")
    found = re.findall(r'd\("((?:widgets|data)/[^"]+\.json)","([A-Za-z0-9+/=]*)"\)', text)
    return {name: json.loads(base64.b64decode(data)) for name, data in found}


def test_the_page_holds_every_scenario_grouped_and_named(results: Path, tmp_path: Path) -> None:
    page = render_allure(results, tmp_path / "allure-report")
    held = widgets(page)
    assert page == tmp_path / "allure-report" / "index.html"
    assert "<title> Countersign </title>" in page.read_text(encoding="utf-8")
    counts = {name: held["widgets/statistic.json"][name] for name in ("total", "passed", "failed", "broken", "unknown")}
    assert counts == {"total": 6, "passed": 2, "failed": 1, "broken": 1, "unknown": 1}
    names = [group["name"] for group in held["widgets/default/tree.json"]["groupsById"].values()]
    assert names == ["chattrain", "Feature A"]
    assert {leaf["name"] for leaf in held["widgets/default/tree.json"]["leavesById"].values()} == set(OUTCOMES)


def test_every_bad_end_has_its_category(results: Path, tmp_path: Path) -> None:
    nodes = widgets(render_allure(results, tmp_path / "report"))["widgets/categories.json"]["nodes"].values()
    assert sorted(entry["name"] for entry in nodes if entry["type"] == "category") == [
        "Broken: the suite could not finish",
        "Not run: the run stopped before",
        "Not verified: could not be checked here",
        "Refuted: the system does not do it",
    ]


def test_the_share_counts_what_was_not_checked_against_it(results: Path, tmp_path: Path) -> None:
    held = widgets(render_allure(results, tmp_path / "report"))
    charts = {name: data["percentage"] for name, data in held.items() if name.endswith("pie_chart.json")}
    assert charts == {"widgets/pie_chart.json": 33.33, "widgets/default/pie_chart.json": 33.33}


@pytest.mark.parametrize(
    ("passed", "total", "percent"), [(0, 0, 0.0), (1, 3, 33.33), (99999, 100000, 99.99), (2, 2, 100.0)]
)
def test_the_share_is_never_rounded_up(passed: int, total: int, percent: float) -> None:
    assert share(passed, total) == percent


def test_a_page_without_totals_is_refused() -> None:
    with pytest.raises(AllureNotRendered, match="run `make setup`"):
        with_honest_share("<html></html>")


def test_no_tracker_is_left_and_nothing_else_is_loaded(results: Path, tmp_path: Path) -> None:
    text = render_allure(results, tmp_path / "report").read_text(encoding="utf-8")
    assert [host for host in HOSTS if host in text] == []
    assert "gtag(" not in text
    assert re.findall(r'(?:src|href)="(?!data:)[^"]*"', text) == []


def test_a_tracker_that_cannot_be_taken_out_is_no_report() -> None:
    hidden = base64.b64encode(b"fetch('https://www.google-analytics.com/collect')").decode()
    with pytest.raises(AllureNotRendered, match=r"google-analytics\.com"):
        without_trackers(f'<script src="data:text/javascript;base64,{hidden}"></script>')


def test_allure_does_embed_a_tracker(results: Path, tmp_path: Path, monkeypatch: Any) -> None:
    seen: list[str] = []
    monkeypatch.setattr(rendering, "without_trackers", lambda page: seen.append(page) or without_trackers(page))
    render_allure(results, tmp_path / "report")
    assert "googletagmanager.com" in seen[0], "Allure no longer embeds one: trackers.py can go"


def test_an_old_report_is_replaced(results: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    out.mkdir()
    (out / "left-over.html").write_text("old")
    render_allure(results, out)
    assert [path.name for path in out.iterdir()] == ["index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["allure-results", "report"]


def test_history_is_kept_between_runs_also_of_runs_that_render_at_once(results: Path, tmp_path: Path) -> None:
    shared = tmp_path / "out" / "history.jsonl"
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: render_allure(results, tmp_path / f"report-{number}", shared), range(2)))
    with shared.open("a", encoding="utf-8") as file:
        file.write('{"uuid": "cut sho')
    page = render_allure(results, tmp_path / "report", shared)
    assert len(shared.read_text(encoding="utf-8").splitlines()) == len(history.sound_lines(shared)) == 3
    tests = [data for name, data in widgets(page).items() if name.startswith("data/test-results/")]
    assert {len(test.get("history", [])) for test in tests} == {2}


def test_the_history_keeps_a_bounded_number_of_runs(tmp_path: Path) -> None:
    for number in range(history.RUNS_KEPT + 3):
        fresh = tmp_path / "fresh.jsonl"
        fresh.write_text(json.dumps({"uuid": number, "testResults": {"a": {"status": "passed", "trace": "long"}}}))
        history.append_last(fresh, tmp_path / "history.jsonl")
    kept = [json.loads(line) for line in (tmp_path / "history.jsonl").read_text().splitlines()]
    assert [run["uuid"] for run in kept] == list(range(3, history.RUNS_KEPT + 3))
    assert kept[0]["testResults"] == {"a": {"status": "passed"}}


def test_no_results_say_so(tmp_path: Path) -> None:
    with pytest.raises(AllureNotRendered, match="nothing was run"):
        render_allure(tmp_path, tmp_path / "report")


def test_a_missing_allure_says_how_to_mend_it_and_the_results_stay(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "find_allure", lambda: node.find_allure(tmp_path))
    with pytest.raises(AllureNotRendered, match="run `make setup`"):
        render_allure(results, tmp_path / "report")
    assert len(list(results.glob("*-result.json"))) == len(OUTCOMES)


def test_a_missing_node_says_how_to_mend_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(node, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AllureNotRendered, match="run `make setup`"):
        node.find_node()


def test_a_failing_allure_is_told_with_its_words(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "cli.js"
    script.write_text("console.error('no room on the disk'); process.exit(3);")
    monkeypatch.setattr(rendering, "find_allure", lambda: script)
    with pytest.raises(AllureNotRendered, match="ended with 3: no room on the disk"):
        render_allure(results, tmp_path / "report")
    assert not (tmp_path / "report").exists()


HANGING = "require('fs').writeFileSync(process.env.PID_FILE, String(process.pid)); setInterval(() => {}, 1000);"


def test_an_allure_that_hangs_is_ended(results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, pid_file = tmp_path / "cli.js", tmp_path / "pid"
    script.write_text(HANGING)
    monkeypatch.setenv("PID_FILE", str(pid_file))
    monkeypatch.setattr(rendering, "find_allure", lambda: script)
    began = time.monotonic()
    with pytest.raises(AllureNotRendered, match=r"within 1\.5 s"):
        render_allure(results, tmp_path / "report", within=1.5)
    assert time.monotonic() - began < 5
    assert not alive(int(pid_file.read_text()))


def test_node_ends_when_the_one_who_started_it_is_killed(results: Path, tmp_path: Path) -> None:
    script, pid_file = tmp_path / "cli.mjs", tmp_path / "pid"
    configuration = node.ALLURE_HOME / "allurerc.mjs"
    script.write_text(
        f"import fs from 'node:fs'; await import({json.dumps(configuration.as_uri())});"
        "fs.writeFileSync(process.env.PID_FILE, String(process.pid)); setInterval(() => {}, 1000);"
    )
    program = (
        "import sys; from pathlib import Path; from countersign.reporting.allure import rendering\n"
        "rendering.find_allure = lambda: Path(sys.argv[1])\n"
        "rendering.render_allure(Path(sys.argv[2]), Path(sys.argv[3]))\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(script), str(results), str(tmp_path / "report")],
        env={**os.environ, "PID_FILE": str(pid_file), "PYTHONPATH": str(node.ALLURE_HOME.parents[1])},
    )
    until(lambda: pid_file.exists() and pid_file.read_text() != "", "Node never started")
    parent.kill()
    parent.wait(timeout=10)
    until(lambda: not alive(int(pid_file.read_text())), "Node outlived the one who started it")


def alive(pid: int) -> bool:
    """Tell whether a process runs (a dead one that nobody has collected does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(holds: Any, otherwise: str, within: float = 15.0) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + within
    while not holds():
        assert time.monotonic() < ends, otherwise
        time.sleep(0.02)
