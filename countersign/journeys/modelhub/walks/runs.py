"""The runs of the workflows, each made once in a run of the suite and judged by all scenarios that rest on them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from countersign.errors import CapabilityMissing
from countersign.journeys.modelhub.walks import (
    accessibility,
    corruption,
    error_recovery,
    fallback,
    high_load,
    management,
    new_user,
)
from countersign.journeys.modelhub.walks.walk import Walk
from countersign.workflows.catalogue import WORKFLOWS, Workflow
from countersign.workflows.met import WorkflowRun
from countersign.workflows.satisfaction import satisfaction_of

WALKS: Mapping[str, Callable[[Walk], None]] = {
    "new user": new_user.walks,
    "fallback": fallback.walks,
    "corruption": corruption.walks,
    "management": management.walks,
    "high load": high_load.walks,
    "error recovery": error_recovery.walks,
    "accessibility": accessibility.walks,
}
SECONDS_A_RUN = 20.0


class Runs:
    """What was met in the workflows so far."""

    def __init__(self) -> None:
        self._by_workflow: dict[str, tuple[WorkflowRun, ...]] = {}

    def of(self, stage: Any, workflow: Workflow) -> tuple[WorkflowRun, ...]:
        """Give the runs of a workflow; they are made when somebody first asks."""
        if workflow.name not in self._by_workflow:
            stage.may_take(60 + SECONDS_A_RUN * len(workflow.each))
            self._by_workflow[workflow.name] = tuple(_walked(stage, workflow, variant) for variant in workflow.each)
        return self._by_workflow[workflow.name]


class Walked(tuple[WorkflowRun, ...]):
    """The runs that a scenario judges."""


def walked(stage: Any, names: Iterable[str]) -> Walked:
    """Give the runs of these workflows."""
    runs: Runs = stage.lasting.get(Runs, Runs)
    found = Walked(run for name in names for run in runs.of(stage, WORKFLOWS[name]))
    for run in found:
        steps = f"{run.done} of {len(run.steps)} steps, satisfaction {satisfaction_of(run):.3f}"
        stage.recorder.say(f"{run.workflow} ({run.variant}, {run.persona}): {steps}", body=run.first_problem)
    return found


def all_walked(stage: Any) -> Walked:
    """Give the runs of all seven workflows."""
    return walked(stage, WORKFLOWS)


def _walked(stage: Any, workflow: Workflow, variant: str) -> WorkflowRun:
    walk = Walk(stage, workflow, variant)
    try:
        WALKS[workflow.name](walk)
    except (AssertionError, CapabilityMissing) as problem:
        walk.stops(problem)
    return walk.run()
