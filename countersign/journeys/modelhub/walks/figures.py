"""Figures of the workflows, journaled before they are judged: steps, satisfaction with its factors, problems."""

from collections.abc import Callable, Sequence
from typing import Any

from countersign.expect.modelhub.workflows import by_person_and_workflow
from countersign.journeys.measuring import measure_share
from countersign.workflows.met import WorkflowRun
from countersign.workflows.satisfaction import (
    Factors,
    by_persona,
    factors_of,
    mean,
    of_the_system,
    satisfaction_of,
)

RUNS = 3
PROBLEMS = "Problems that people met, and how soon the way shown to them led out"
TABLE = "Satisfaction of the people in the seven workflows"
FACTORS: dict[str, Callable[[Factors], float | None]] = {
    "response time": lambda factors: factors.response,
    "error handling": lambda factors: factors.errors,
    "feature completeness": lambda factors: factors.features,
    "overall workflow": lambda factors: factors.workflow,
}


def measure_longest_run(stage: Any, runs: Sequence[WorkflowRun], *, limit: float) -> float:
    """Journal and give how long the longest run took (seconds)."""
    seconds = [run.seconds for run in runs]
    longest: float = stage.measure(
        f"the way through {runs[0].workflow!r}", max(seconds), "s", samples=len(seconds), limit=limit,
        relation="at most", required_samples=len(seconds), statistic="maximum", load="one user", series=seconds,
    )  # fmt: skip
    return longest


def measure_waits(stage: Any, runs: Sequence[WorkflowRun], step: str, *, limit: float, load: str) -> None:
    """Journal the longest wait against the announced one."""
    promises = [each.promise for run in runs for each in run.steps if each.name == step and each.promise]
    ratios = [promise.took / promise.announced for promise in promises if promise.announced]
    if ratios:
        stage.measure(
            "real wait against the announced one", max(ratios), "times", samples=len(ratios), limit=limit,
            relation="at most", required_samples=len(runs), statistic="maximum", load=load, series=ratios,
        )  # fmt: skip


def measure_steps(stage: Any, runs: Sequence[WorkflowRun], *, least: float) -> None:
    """Journal the share of steps that each persona completed in each workflow."""
    for persona, workflow, its in by_person_and_workflow(runs):
        steps = sum(len(run.steps) for run in its)
        done = sum(run.done for run in its)
        name = f"steps that {persona} completed in {workflow!r}"
        measure_share(stage, name, 100 * done / steps, least=least, of=steps, load=f"{len(its)} runs", required=1)


def measure_satisfaction(stage: Any, runs: Sequence[WorkflowRun], *, least: float) -> None:
    """Journal the satisfaction of every persona in every workflow with its factors, of every persona, and of all."""
    for persona, workflow, its in by_person_and_workflow(runs):
        row = f"{persona}, {workflow}"
        steps = 100 * sum(run.done for run in its) / sum(len(run.steps) for run in its)
        name, samples = f"steps completed by {row}", len(its)
        stage.measure(name, steps, "%", samples=samples, statistic="share", cell=(TABLE, row, "steps completed"))
        found = [factors_of(run) for run in its]
        for name, factor in FACTORS.items():
            values = [value for value in map(factor, found) if value is not None]
            if values:
                stage.measure(
                    f"{name}, {row}",
                    mean(values),
                    "of 1",
                    samples=len(values),
                    statistic="mean",
                    cell=(TABLE, row, name),
                )
        scores = [satisfaction_of(run) for run in its]
        _satisfaction(stage, row, mean(scores), least=least, of=len(its), required=RUNS)
    for persona, score in by_persona(runs).items():
        of = sum(run.persona == persona for run in runs)
        _satisfaction(stage, f"{persona}, all workflows", score, least=least, of=of, required=RUNS)
    _satisfaction(stage, "mean of all people", of_the_system(runs), least=least, of=len(by_persona(runs)))


def measure_problems(stage: Any, runs: Sequence[WorkflowRun], *, limit: float) -> None:
    """Journal how long each problem, and the slowest of them, took to be resolved (seconds)."""
    troubles = [trouble for run in runs for trouble in run.troubles]
    for run in runs:
        for number, trouble in enumerate(run.troubles, 1):
            if trouble.resolved_after is not None:
                row = f"{run.persona}, {run.workflow} ({run.variant}), {number}: {trouble.what}"
                stage.measure(
                    f"problem of {row}", trouble.resolved_after, "s", samples=1, limit=limit, relation="at most",
                    cell=(PROBLEMS, row, "resolved after"),
                )  # fmt: skip
    seconds = [trouble.resolved_after for trouble in troubles if trouble.resolved_after is not None]
    if seconds:
        stage.measure(
            "time until a problem is resolved", max(seconds), "s", samples=len(seconds), limit=limit,
            relation="at most", required_samples=1, statistic="maximum", series=seconds,
        )  # fmt: skip
    stage.measure("problems that were met", len(troubles), "", samples=len(runs), statistic="count")


def measure_completed(stage: Any, runs: Sequence[WorkflowRun], *, least: float) -> None:
    """Journal the share of runs that were completed, and of each workflow how many."""
    done = sum(run.completed for run in runs)
    share = 100 * done / len(runs)
    measure_share(stage, "workflows completed", share, least=least, of=len(runs), load="all workflows")
    for _, workflow, its in by_person_and_workflow(runs):
        completed = sum(run.completed for run in its)
        stage.measure(f"runs of {workflow!r} completed", completed, "", samples=len(its), statistic="count")


def _satisfaction(stage: Any, row: str, value: float, *, least: float, of: int, required: int = 1) -> None:
    stage.measure(
        f"satisfaction, {row}", value, "of 1", samples=of, limit=least, relation="at least", required_samples=required,
        statistic="mean", cell=(TABLE, row, "satisfaction"),
    )  # fmt: skip


def of_workflow(runs: Sequence[WorkflowRun], name: str) -> tuple[WorkflowRun, ...]:
    """Give the runs of one workflow."""
    return tuple(run for run in runs if run.workflow == name)
