"""The worked examples of the contract (section 6.10) come out exactly, and each rule by itself."""

import pytest

from countersign.workflows.met import Promise, StepMet, Trouble, WorkflowRun
from countersign.workflows.satisfaction import (
    by_persona,
    by_workflow,
    factors_of,
    handling_of,
    kept,
    of_the_system,
    response_of,
    satisfaction_of,
)

LED_OUT = Trouble("a refusal", "It is not there.", "Download it.", led_out=True, resolved_after=2.0)
ONLY_SAID = Trouble("a refusal", "It is not there.", "")
SILENT = Trouble("a failure", "", "")


def steps(*seconds: float, failed: int = 0, items: int = 20, present: int = 20) -> tuple[StepMet, ...]:
    """Steps that answered after so many seconds, then failed ones; the first holds all information items."""
    held = {f"item {number}": number < present for number in range(items)}
    good = [StepMet(f"step {number}", True, each, {}) for number, each in enumerate(seconds)]
    bad = [StepMet(f"failed {number}", False, 0.5, {}, problem="refused") for number in range(failed)]
    first, *rest = [*good, *bad]
    return (StepMet(first.name, first.completed, first.answered_after, held), *rest)


def run(*met: StepMet, troubles: tuple[Trouble, ...] = (), untrue: tuple[str, ...] = (), **whose: str) -> WorkflowRun:
    """A run of a workflow."""
    return WorkflowRun(whose.get("workflow", "any"), whose.get("persona", "Noor"), "run 1", met, troubles, untrue)


BEST = run(*steps(*[0.5] * 7), troubles=(LED_OUT,))
EXAMPLES = [
    (BEST, (1.0, 1.0, 1.0, 1.0), 1.0),
    (
        run(*steps(0.4, 0.6, 2.0, 0.5, 4.0, 0.3, 6.0, present=18), troubles=(LED_OUT, ONLY_SAID)),
        (0.829, 0.7, 0.9, 1.0),
        0.857,
    ),
    (
        run(*steps(*[0.5] * 4, failed=2, present=10), troubles=(SILENT, SILENT)),
        (0.733, 0.0, 0.5, 0.667),
        0.475,
    ),
    (run(*steps(*[0.5] * 6, failed=2), troubles=(LED_OUT, LED_OUT)), (0.8, 1.0, 1.0, 0.75), 0.79),
    (
        run(*BEST.steps, troubles=BEST.troubles, untrue=("said repaired, and was not",)),
        (1.0, 1.0, 1.0, 1.0),
        0.5,
    ),
]


@pytest.mark.parametrize(("met", "factors", "score"), EXAMPLES)
def test_the_worked_examples_come_out_exactly(
    met: WorkflowRun, factors: tuple[float, float, float, float], score: float
) -> None:
    found = factors_of(met)
    assert found.errors is not None
    assert tuple(round(each, 3) for each in (found.response, found.errors, found.features, found.workflow)) == factors
    assert round(satisfaction_of(met), 3) == score


def test_without_an_error_its_factor_is_left_out() -> None:
    met = run(*steps(2.0, 2.0))
    assert factors_of(met).errors is None
    assert satisfaction_of(met) == pytest.approx((0.8 + 1 + 1) / 3)


@pytest.mark.parametrize(
    ("seconds", "score"), [(1.0, 1.0), (1.01, 0.8), (3.0, 0.8), (5.0, 0.6), (5.1, 0.4), (None, 0.0)]
)
def test_the_first_meaningful_answer_is_graded(seconds: float | None, score: float) -> None:
    assert response_of(StepMet("any", True, seconds, {})) == score


def test_a_failed_step_that_answered_scores_little() -> None:
    assert response_of(StepMet("any", False, 0.1, {}, problem="refused")) == 0.2


@pytest.mark.parametrize(
    ("announced", "score"), [(6.0, 1.0), (4.0, 1.0), (3.0, 0.8), (2.0, 0.6), (1.0, 0.4), (0.0, 0.4), (None, 0.2)]
)
def test_a_promise_is_graded_by_what_it_took(announced: float | None, score: float) -> None:
    assert kept(Promise(announced, 6.0)) == score


def test_a_long_step_counts_the_mean_of_answer_and_promise() -> None:
    assert response_of(StepMet("any", True, 0.5, {}, Promise(2.0, 6.0))) == pytest.approx(0.8)
    assert response_of(StepMet("any", True, 0.5, {}, Promise(0.5, 4.9))) == 1.0


@pytest.mark.parametrize(
    ("trouble", "score"),
    [
        (LED_OUT, 1.0),
        (Trouble("any", "It is not there.", "Download it."), 0.7),
        (ONLY_SAID, 0.4),
        (SILENT, 0.0),
        (Trouble("any", "KeyError: 'x'", "Try again.", led_out=True, bare=True), 0.0),
    ],
)
def test_errors_are_graded_by_what_was_said_and_where_it_led(trouble: Trouble, score: float) -> None:
    assert handling_of(trouble) == score


def test_people_and_system_are_means() -> None:
    poor = run(*steps(0.5, failed=1), workflow="other", persona="Rosa")
    fine = run(*steps(0.5, 0.5), persona="Rosa")
    runs = [BEST, fine, poor]
    assert by_persona(runs) == {"Noor": 1.0, "Rosa": pytest.approx((1.0 + satisfaction_of(poor)) / 2)}
    assert by_workflow(runs) == {"any": 1.0, "other": satisfaction_of(poor)}
    assert of_the_system(runs) == pytest.approx((1.0 + (1.0 + satisfaction_of(poor)) / 2) / 2)


def test_nothing_met_is_no_satisfaction() -> None:
    with pytest.raises(ValueError, match="no steps"):
        satisfaction_of(run())
