"""What one person met in one run of a workflow, measured step by step."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """How long something was announced to take, and took. Seconds; `announced` is None if nothing was announced."""

    announced: float | None
    took: float


@dataclass(frozen=True)
class Trouble:
    """An error that a person met.

    `sentence` and `next_step` are what the system said of it (empty: nothing). `bare` says that internal text, a bare
    code or a failure of the server took the place of a sentence. `led_out` says that following the next step made the
    same thing work; `resolved_after` is how many seconds that took since the cause had ended, None if it never did.
    """

    what: str
    sentence: str
    next_step: str
    led_out: bool = False
    resolved_after: float | None = None
    bare: bool = False


@dataclass(frozen=True)
class StepMet:
    """One step. `answered_after` is the seconds until the first meaningful answer, None if there was none.

    `items` are the information and controls that the step has to give -> present and true. `problem` says why the step
    was not completed.
    """

    name: str
    completed: bool
    answered_after: float | None
    items: Mapping[str, bool]
    promise: Promise | None = None
    problem: str = ""

    @property
    def lacking(self) -> tuple[str, ...]:
        """Name the information and controls that were absent or untrue."""
        return tuple(name for name, there in self.items.items() if not there)


@dataclass(frozen=True)
class WorkflowRun:
    """One run of a workflow by one person. `variant` tells runs apart (a kind of error, a way of working).

    `untrue` are false statements of the system and work that it lost; `seconds` is how long the whole run took.
    """

    workflow: str
    persona: str
    variant: str
    steps: tuple[StepMet, ...]
    troubles: tuple[Trouble, ...] = ()
    untrue: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """Count the steps that were completed."""
        return sum(step.completed for step in self.steps)

    @property
    def completed(self) -> bool:
        """Say whether every step was completed."""
        return bool(self.steps) and self.done == len(self.steps)

    @property
    def first_problem(self) -> str:
        """Name the first step that was not completed, and why; empty if all were."""
        return next((f"{step.name}: {step.problem}" for step in self.steps if not step.completed), "")
