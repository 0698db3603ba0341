"""The counts a run shows while it goes on."""

from countersign.verdict.progress import Progress
from verdict.runs import RunBuilder


def test_counts_so_far():
    run = RunBuilder()
    run.scenario("CT-01", name="The customer replies")
    run.scenario("CT-02", outcome="failed", reason="no")
    run.scenario("CT-03", outcome="not_verified", reason="no page")
    run.plan("CT-04")
    progress = Progress()
    for record in run.records()[:-6]:
        progress.note(record)
    assert progress.line() == "0 of 4"
    assert progress.running == "The customer replies"
    for record in run.records()[-6:]:
        progress.note(record)
    assert progress.line() == "3 of 4: 1 passed, 1 refuted, 1 not verified"
    assert progress.running == ""
