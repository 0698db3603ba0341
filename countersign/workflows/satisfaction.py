"""How satisfied a run of a workflow leaves a person: four factors of equal weight (contract, section 6.10).

Pure arithmetic over what was measured; nothing is assumed that was not met.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from countersign.workflows.met import Promise, StepMet, Trouble, WorkflowRun

REQUIRED = 0.8
LONG = 5.0
"""From so many seconds on a transfer, repair, update or generation is also judged by what was announced."""
FAILED, SILENT = 0.2, 0.0
BY_SECONDS = ((1.0, 1.0), (3.0, 0.8), (5.0, 0.6))
LATE = 0.4
BY_PROMISE = ((1.5, 1.0), (2.0, 0.8), (3.0, 0.6))
FAR_OFF, NONE_ANNOUNCED = 0.4, 0.2
LED_OUT, TOLD_A_WAY, TOLD, SILENCE = 1.0, 0.7, 0.4, 0.0
FEW_STEPS, FEW_STEPS_AT_MOST = 0.8, 0.79
UNTRUE_AT_MOST = 0.5


@dataclass(frozen=True)
class Factors:
    """The four factors, 0 to 1. `errors` is None where no error was met."""

    response: float
    errors: float | None
    features: float
    workflow: float

    @property
    def present(self) -> tuple[float, ...]:
        """Give those that count."""
        return tuple(each for each in (self.response, self.errors, self.features, self.workflow) if each is not None)


def factors_of(run: WorkflowRun) -> Factors:
    """Compute the four factors of a run. Raises ValueError for a run without steps or without information items."""
    items = [there for step in run.steps for there in step.items.values()]
    if not run.steps or not items:
        raise ValueError(f"the run of {run.workflow!r} has no steps, or steps that give nothing, to be satisfied with")
    return Factors(
        response=mean(response_of(step) for step in run.steps),
        errors=mean(handling_of(trouble) for trouble in run.troubles) if run.troubles else None,
        features=sum(items) / len(items),
        workflow=run.done / len(run.steps),
    )


def satisfaction_of(run: WorkflowRun) -> float:
    """Compute the score of a run, 0 to 1: the mean of its factors, capped where too little was done or not true."""
    factors = factors_of(run)
    score = mean(factors.present)
    if factors.workflow < FEW_STEPS:
        score = min(score, FEW_STEPS_AT_MOST)
    return min(score, UNTRUE_AT_MOST) if run.untrue else score


def response_of(step: StepMet) -> float:
    """Score how soon a step answered, and for a long one how well its promise was kept."""
    if step.answered_after is None:
        return SILENT
    if not step.completed:
        return FAILED
    score = _graded(step.answered_after, BY_SECONDS, LATE)
    if step.promise is None or step.promise.took < LONG:
        return score
    return (score + kept(step.promise)) / 2


def kept(promise: Promise) -> float:
    """Score what was announced against what it took."""
    if promise.announced is None:
        return NONE_ANNOUNCED
    if promise.announced <= 0:
        return FAR_OFF
    return _graded(promise.took / promise.announced, BY_PROMISE, FAR_OFF)


def handling_of(trouble: Trouble) -> float:
    """Score how an error was handled."""
    if trouble.bare or not trouble.sentence.strip():
        return SILENCE
    if not trouble.next_step.strip():
        return TOLD
    return LED_OUT if trouble.led_out else TOLD_A_WAY


def mean(values: Iterable[float]) -> float:
    """Give the arithmetic mean of at least one value."""
    listed = list(values)
    return sum(listed) / len(listed)


def by_workflow(runs: Sequence[WorkflowRun]) -> dict[str, float]:
    """Give the mean score of each workflow."""
    names = dict.fromkeys(run.workflow for run in runs)
    return {name: mean(satisfaction_of(run) for run in runs if run.workflow == name) for name in names}


def by_persona(runs: Sequence[WorkflowRun]) -> dict[str, float]:
    """Give the score of each persona: the mean of their runs."""
    names = dict.fromkeys(run.persona for run in runs)
    return {name: mean(satisfaction_of(run) for run in runs if run.persona == name) for name in names}


def of_the_system(runs: Sequence[WorkflowRun]) -> float:
    """Give the score of the system: the mean of its personas."""
    return mean(by_persona(runs).values())


def _graded(value: float, grades: Sequence[tuple[float, float]], otherwise: float) -> float:
    return next((score for most, score in grades if value <= most), otherwise)
