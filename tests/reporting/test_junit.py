"""`junit.xml`: what a CI server sees. Nothing that was not verified may look like a pass."""

from xml.etree import ElementTree

from verdict.runs import RunBuilder, all_verified, catalogue

from countersign.reporting.junit import junit
from countersign.verdict.judge import judge
from countersign.verdict.results import Verdict

CRITERIA = catalogue(5)


def cases(verdict: Verdict) -> dict[str, str]:
    """Give by test case what a CI server makes of it, with the message."""
    seen = {}
    for case in ElementTree.fromstring(junit(verdict)).iter("testcase"):
        marks = [child for child in case if child.tag in ("failure", "error", "skipped")]
        seen[case.get("name", "")] = f"{marks[0].tag}: {marks[0].get('message')}" if marks else "passed"
    return seen


def test_each_outcome_has_its_own_mark():
    run = RunBuilder()
    run.scenario("CT-01", name="It holds")
    run.scenario("CT-02", name="It fails", outcome="failed", reason="it was late")
    run.scenario("CT-03", name="It is hidden", outcome="not_verified", reason="no page")
    run.scenario("CT-04", name="It breaks", outcome="broken", reason="KeyError")
    run.plan("CT-04", name="It never ran")
    seen = cases(judge(run.records(), CRITERIA))
    assert seen["It holds"] == "passed"
    assert seen["It fails"] == "failure: it was late"
    assert seen["It is hidden"] == "skipped: NOT VERIFIED: no page"
    assert seen["It breaks"] == "error: THE SUITE FAILED: KeyError"
    assert seen["It never ran"] == "error: NO RESULT: it was planned, but never began"
    assert seen["CT-05 Sentence number 5 holds."] == "skipped: NOT VERIFIED: no scenario proves it in this run"
    assert seen["the run may be signed"].startswith("failure: This run cannot be signed.")
    assert seen["problem 1 of the run"].startswith("error: It breaks")


def test_passed_scenario_with_too_few_samples_is_no_pass():
    run = RunBuilder()
    run.scenario("CT-01", name="It is quick", figures=[{"samples": 3}])
    assert cases(judge(run.records(), CRITERIA))["It is quick"].startswith("skipped: NOT VERIFIED: too few samples")


def test_skips_alone_never_make_a_green_build():
    run = RunBuilder()
    for criterion in CRITERIA:
        run.scenario(criterion.id, outcome="not_verified", reason="no page")
    root = ElementTree.fromstring(junit(judge(run.records(), CRITERIA)))
    assert int(root.get("failures", "0")) > 0


def test_green_run_has_no_failure_and_counts_add_up():
    root = ElementTree.fromstring(junit(judge(all_verified(CRITERIA).records(), CRITERIA)))
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == ("7", "0", "0", "0")
    assert cases(judge(all_verified(CRITERIA).records(), CRITERIA))["chattrain is ready to sign"] == "passed"


def test_run_that_was_cut_short_is_an_error():
    run = all_verified(CRITERIA)
    run.events = run.events[:-1]
    run.closed = None
    seen = cases(judge(run.records(), CRITERIA))
    assert seen["Rule 5 holds"] == "error: NO RESULT: the run ended while it was running"
    assert "cut short" in seen["problem 1 of the run"]


def test_accepted_yellow_is_no_failure():
    criteria = catalogue(100)
    records = all_verified(criteria, but=15).records()
    assert cases(judge(records, criteria))["chattrain is ready to sign"].startswith("failure: YELLOW")
    assert cases(judge(records, criteria, accept="yellow"))["chattrain is ready to sign"] == "passed"


def test_characters_that_xml_cannot_hold_are_escaped():
    run = RunBuilder()
    run.scenario("CT-01", name="<&>\x07", outcome="failed", reason='\x1b[31m \ud800 ]]> "quoted"')
    seen = cases(judge(run.records(), CRITERIA))
    assert seen["<&>\\u0007"] == 'failure: \\u001b[31m \\ud800 ]]> "quoted"'
