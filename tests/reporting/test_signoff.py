"""`signoff.json`: the shape other tools read, and nothing but what the verdict says."""

import json

from verdict.runs import RunBuilder, catalogue

from countersign.reporting.signoff import signoff, write_signoff
from countersign.verdict.judge import judge

CRITERIA = catalogue(4, musts=2)


def small_run() -> RunBuilder:
    run = RunBuilder()
    run.scenario("CT-01", evidence="evidence/a.html", figures=[{"series": (1.0, 1.2)}])
    run.scenario("CT-02", outcome="failed", reason="it was late", step="Then it is quick")
    run.scenario("CT-03", outcome="not_verified", reason="no page")
    return run


def test_fixed_shape():
    content = signoff(judge(small_run().records(), CRITERIA), {"evidence/a.html": "00"})
    assert content["verdict"] == "red"
    assert content["run"]["id"] == "2026-11-20-1200-abcd"
    system = content["systems"]["chattrain"]
    expected = {"verified": 1, "refuted": 1, "not_verified": 2, "share": 0.25, "band": "red"}
    assert {name: system[name] for name in expected} == expected
    assert [(each["id"], each["must"], each["status"], each["reason"]) for each in content["criteria"]] == [
        ("CT-01", True, "verified", ""),
        ("CT-02", True, "refuted", "it was late"),
        ("CT-03", False, "not_verified", "no page"),
        ("CT-04", False, "not_verified", "no scenario proves it in this run"),
    ]
    first = content["criteria"][0]
    assert first["scenarios"] == ["features/chattrain/rules.feature:10"]
    figure = {"name": "time to the reply", "value": 1.2, "unit": "s", "limit": 3.0, "samples": 40}
    assert {name: first["measurements"][0][name] for name in figure} == figure
    scenario = {
        "name": "Rule 2 holds",
        "file": "features/chattrain/rules.feature",
        "line": 20,
        "system": "chattrain",
        "outcome": "failed",
        "reason": "it was late",
        "seconds": 1.5,
    }
    assert {name: content["scenarios"][1][name] for name in scenario} == scenario
    assert content["evidence"] == {"evidence/a.html": "00"}


def test_file_is_json_whatever_the_system_said(tmp_path):
    run = RunBuilder()
    run.scenario("CT-01", outcome="failed", reason="answered '\ud800' and \x00", figures=[{"value": float("nan")}])
    path = write_signoff(judge(run.records(), CRITERIA), {}, tmp_path)
    content = json.loads(path.read_bytes())
    assert content["criteria"][0]["reason"] == "answered '\ud800' and \x00"
    assert content["criteria"][0]["measurements"][0]["value"] is None
    assert "NaN" not in path.read_text(encoding="utf-8")


def test_partial_run_lists_every_criterion_of_its_systems():
    run = RunBuilder("chattrain", whole=())
    run.scenario("CT-01")
    content = signoff(judge(run.records(), CRITERIA), {})
    assert content["systems"]["chattrain"]["band"] == "partial"
    assert [each["reason"] for each in content["criteria"]] == ["", *["not part of this run"] * 3]
