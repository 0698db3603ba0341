"""Matchers for runs of the workflows: a good run is taken, and each way of being bad is named."""

from dataclasses import replace
from typing import Any

import pytest
from hamcrest.core.matcher import Matcher

from countersign.expect.modelhub.workflows import (
    all_steps_completed,
    completed_at_least,
    each_completes,
    everything_told,
    problems_at_most,
    problems_resolved_within,
    satisfied_at_least,
    steps_completed_in_each,
    waits_kept,
)
from countersign.workflows.met import Promise, StepMet, Trouble, WorkflowRun

from .telling import told

OUT = Trouble("a damaged model", "It is damaged.", "Repair it.", led_out=True, resolved_after=4.0)
GOOD = WorkflowRun(
    "corruption",
    "Rosa",
    "run 1",
    (
        StepMet("generation", True, 0.2, {"output": True}),
        StepMet("repair", True, 0.3, {"healthy": True, "frame": True}, Promise(4.0, 6.0)),
    ),
    (OUT,),
)
BROKEN = replace(
    GOOD,
    variant="run 2",
    steps=(GOOD.steps[0], StepMet("repair", False, 0.3, {"healthy": False, "frame": True}, problem="still damaged")),
    troubles=(replace(OUT, led_out=False, resolved_after=None),),
)


def test_good_runs_are_taken() -> None:
    runs = [GOOD] * 3
    for matcher in (
        all_steps_completed(3, 2),
        steps_completed_in_each(9, 10, 3),
        everything_told(),
        waits_kept("repair", 2),
        each_completes(80, 1, 3),
        satisfied_at_least(0.8),
        problems_resolved_within(60),
        problems_at_most(1, 3),
        completed_at_least(90, 1, 3),
    ):
        assert matcher.matches(runs), told(matcher, runs)


@pytest.mark.parametrize(
    ("matcher", "says"),
    [
        (all_steps_completed(3, 2), "'corruption' (run 2, Rosa) completed 1 of 2 steps; repair: still damaged"),
        (steps_completed_in_each(9, 10, 3), "completed 1 of 2 steps; repair: still damaged"),
        (everything_told(), "the step 'repair' did not show truly: healthy"),
        (waits_kept("repair", 2), "no wait was announced"),
        (each_completes(90, 1, 3), "Rosa completed 5 of 6 steps of 'corruption'; repair: still damaged"),
        (satisfied_at_least(0.95), "in 'corruption' it is 0.87"),
        (problems_resolved_within(60), "a damaged model was never resolved (it says 'It is damaged.', next"),
        (problems_at_most(1, 3), "'corruption' (run 2, Rosa) met 2: a damaged model; still damaged"),
        (completed_at_least(90, 1, 3), "2 of 3 were completed; 'corruption' (run 2, Rosa): repair: still damaged"),
    ],
)
def test_a_run_that_was_not_completed_is_named(matcher: Matcher[Any], says: str) -> None:
    assert says in told(matcher, [GOOD, BROKEN, GOOD])


def test_too_few_runs_prove_nothing() -> None:
    for matcher in (
        all_steps_completed(3, 2),
        steps_completed_in_each(9, 10, 3),
        each_completes(80, 1, 3),
        completed_at_least(90, 1, 3),
        problems_at_most(1, 3),
    ):
        assert not matcher.matches([GOOD, GOOD])
    assert not everything_told().matches([])
    assert not waits_kept("repair", 2).matches([])
    assert not problems_resolved_within(60).matches([replace(GOOD, troubles=())])
    assert "a step never succeeded" in told(problems_resolved_within(60), [replace(BROKEN, troubles=(OUT,))])


def test_people_and_workflows_that_are_left_out_are_named() -> None:
    assert "1 people" in told(each_completes(80, 4, 3), [GOOD] * 3)
    assert "1 workflows were run" in told(completed_at_least(90, 7, 3), [GOOD] * 3)


def test_a_false_statement_is_named_and_costs_satisfaction() -> None:
    lying = replace(GOOD, untrue=("the repair was reported as completed, but the model is still damaged",))
    assert "still damaged" in told(everything_told(), [lying])
    assert "it is 0.500" in told(satisfied_at_least(0.8), [lying])


def test_waits_and_problems_have_limits() -> None:
    late = replace(GOOD, steps=(GOOD.steps[0], replace(GOOD.steps[1], promise=Promise(2.0, 6.0))))
    assert "2.0 s were announced, the wait was 6.0 s" in told(waits_kept("repair", 2), [late])
    slow = replace(GOOD, troubles=(replace(OUT, resolved_after=61.0),))
    assert "took 61.0 s" in told(problems_resolved_within(60), [slow])
