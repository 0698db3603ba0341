"""Steadiness: the same figure of several runs is laid side by side, and a scenario that changes its mind is named."""

import json
from pathlib import Path

from verdict.runs import RunBuilder, catalogue

from countersign.catalogue import Catalogue
from countersign.reporting.pack import render
from countersign.reporting.steadiness import newest_runs, steadiness
from countersign.verdict.judge import judge
from countersign.verdict.results import Verdict
from reporting.samples import write_journal

CRITERIA = catalogue(2)


def ran(value: float, *, outcome: str = "passed", target: str = "embedded") -> RunBuilder:
    run = RunBuilder()
    run.change(target=target)
    run.scenario("CT-01", name="Replies come soon", figures=[{"value": value}])
    run.scenario("CT-02", name="Nothing is lost", outcome=outcome, reason="" if outcome == "passed" else "line 3")  # type: ignore[arg-type]
    return run


def rendered(folder: Path, run: RunBuilder) -> Verdict:
    folder.mkdir()
    write_journal(folder, run.records())
    return render(folder, Catalogue(tuple(CRITERIA)), waivers=())


def test_the_last_three_runs_give_spread_and_unsteady_scenarios(tmp_path: Path) -> None:
    rendered(tmp_path / "20261120-a", ran(0.1))
    rendered(tmp_path / "20261121-a", ran(9.9, target="elsewhere"))
    rendered(tmp_path / "20261122-a", ran(1.1))
    rendered(tmp_path / "20261123-a", ran(1.9, outcome="failed"))
    last = rendered(tmp_path / "20261124-a", ran(1.5))
    found = steadiness(newest_runs(tmp_path / "20261124-a", last), last)
    figure = last.criteria[0].measurements[0]
    assert found.spread("CT-01", figure) == (1.1, 1.9, 3)
    assert [(each.name, each.outcomes) for each in found.unsteady] == [("Nothing is lost", "held 2×, failed 1×")]
    page = (tmp_path / "20261124-a" / "signoff.html").read_text(encoding="utf-8")
    assert "1.1 s to 1.9 s in the last 3 runs" in page
    assert "Nothing is lost: <strong>held 2×, failed 1×</strong>" in page


def test_a_first_run_has_nothing_beside_it(tmp_path: Path) -> None:
    rendered(tmp_path / "20261120-a", ran(0.1))
    assert "no earlier run on this target" in (tmp_path / "20261120-a" / "signoff.html").read_text(encoding="utf-8")


def test_foreign_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "20261119-a").mkdir()
    (tmp_path / "20261119-a" / "signoff.json").write_text(json.dumps({"run": 3}))
    verdict = judge(ran(1.0).records(), CRITERIA)
    assert newest_runs(tmp_path / "20261120-a", verdict) == []
