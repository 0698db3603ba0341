"""A walk through a workflow: what the system does wrong becomes part of it, a mistake of the suite does not."""

from types import SimpleNamespace

import pytest

from countersign.errors import CapabilityMissing, SuiteError, SystemUnreachable
from countersign.evidence import Recorder, Redactor
from countersign.journeys.modelhub.walks.walk import NOT_REACHED, Walk, must
from countersign.workflows.catalogue import WORKFLOWS, Workflow

WORKFLOW = Workflow("any", "Noor", {"first": ("id", "MB of MB"), "second": (), "third": ("output",)})


def begun() -> Walk:
    """A walk that has only begun."""
    return Walk(SimpleNamespace(recorder=Recorder(Redactor())), WORKFLOW, "run 1")


def test_each_step_keeps_what_it_showed() -> None:
    walk = begun()
    with walk.step("first") as step:
        step.answered()
        step.shows(id="7", MB_of_MB=0)
    first, second, third = walk.run().steps
    assert (first.completed, first.items, first.lacking) == (True, {"id": True, "MB of MB": False}, ("MB of MB",))
    assert first.answered_after is not None
    assert (second.completed, second.problem) == (False, NOT_REACHED)
    assert third.items == {"output": False}


@pytest.mark.parametrize(
    "problem", [SystemUnreachable("nobody answers"), CapabilityMissing("no page"), AssertionError("nobody answers")]
)
def test_a_failing_step_is_kept_and_the_walk_goes_on(problem: Exception) -> None:
    walk = begun()
    with walk.step("first"):
        raise problem
    with walk.step("second"):
        must(True, "never said")
    run = walk.run()
    assert (run.done, run.steps[0].problem, run.steps[1].completed) == (1, str(problem), True)
    assert run.first_problem == f"first: {problem}"


def test_a_mistake_of_the_suite_is_no_fault_of_the_system() -> None:
    walk = begun()
    with pytest.raises(SuiteError, match="no step 'fourth'"), walk.step("fourth"):
        must(False, "never reached")
    with pytest.raises(SuiteError, match="does not have to show 'speed'"), walk.step("first") as step:
        step.shows(speed=1)
    with pytest.raises(KeyError), walk.step("first"):
        raise KeyError("x")


def test_a_problem_is_timed_until_it_is_out_of_and_stays_open_otherwise() -> None:
    walk = begun()
    walk.meets("a refusal", "It is away.", "Download it.")
    walk.meets("a failure", "sqlite3.OperationalError", "")
    walk.cause_ended("a refusal")
    walk.is_out("a refusal")
    walk.is_out("what nobody was told of")
    out, left = walk.run().troubles
    assert out.led_out
    assert out.resolved_after is not None
    assert (left.what, left.led_out, left.resolved_after, left.bare) == ("a failure", False, None, True)


def test_what_is_untrue_fails_its_step_and_is_kept() -> None:
    walk = begun()
    with walk.step("first"):
        walk.says_untrue("it was called repaired")
    assert walk.run().untrue == ("it was called repaired",)
    assert not walk.run().steps[0].completed


def test_a_walk_that_cannot_begin_says_why_at_every_step() -> None:
    walk = begun()
    walk.stops(SystemUnreachable("nobody answers"))
    assert {step.problem for step in walk.run().steps} == {"nobody answers"}


def test_the_seven_workflows_have_the_steps_of_the_contract() -> None:
    counts = {name: len(workflow.steps) for name, workflow in WORKFLOWS.items()}
    assert counts == {
        "new user": 7, "fallback": 6, "corruption": 6, "management": 8, "high load": 6, "error recovery": 6,
        "accessibility": 4,
    }  # fmt: skip
    assert {name: len(workflow.each) for name, workflow in WORKFLOWS.items()} == {
        "new user": 5, "fallback": 3, "corruption": 3, "management": 3, "high load": 3, "error recovery": 5,
        "accessibility": 5,
    }  # fmt: skip
