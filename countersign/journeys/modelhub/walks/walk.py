"""One run of a workflow while it is walked: steps, what each has shown, errors met, false statements."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from countersign.errors import CapabilityMissing, SuiteError
from countersign.expect.plain_words import internal_words
from countersign.transport.answer import Answer
from countersign.workflows.catalogue import Workflow
from countersign.workflows.met import Promise, StepMet, Trouble, WorkflowRun

NOT_REACHED = "it was not reached"


class Walk:
    """The record of a run. What the system did wrong becomes part of it, and the walk goes on with the next step."""

    def __init__(self, stage: Any, workflow: Workflow, variant: str) -> None:
        self.stage = stage
        self.workflow = workflow
        self.variant = variant
        self.troubles: list[Trouble] = []
        self.untrue: list[str] = []
        self._met: dict[str, StepMet] = {}
        self._open: dict[str, tuple[Trouble, float]] = {}
        self._began = time.monotonic()
        self._stopped = ""

    def begins(self) -> None:
        """Count the time of the run from now on: everything is prepared."""
        self._began = time.monotonic()

    def stops(self, problem: Exception) -> None:
        """Leave out the rest, because the system cannot even be brought to where a step begins."""
        self._stopped = " ".join(str(problem).split())
        self.stage.recorder.say(f"{self.workflow.name}, {self.variant}: {self._stopped}")

    @contextmanager
    def step(self, name: str) -> Iterator["Taking"]:
        """Take a step: a mismatch or a fault of the system inside the block leaves it uncompleted, with the reason."""
        if name not in self.workflow.steps:
            raise SuiteError(f"the workflow {self.workflow.name!r} has no step {name!r}")
        taking = Taking(name, self.workflow.steps[name])
        self.stage.recorder.say(f"{self.workflow.name}, {self.variant}: {name}")
        try:
            yield taking
        except (AssertionError, CapabilityMissing) as problem:
            taking.problem = " ".join(str(problem).split()) or "it did not hold"
            self.stage.recorder.say(f"{name} was not completed: {taking.problem}")
        self._met[name] = taking.met()

    def meets(self, what: str, sentence: str, next_step: str, *, bare: bool = False) -> None:
        """Note an error that was met just now; `is_out` or the end of the walk says whether the way led out."""
        bare = bare or bool(internal_words(f"{sentence} {next_step}"))
        self._open[what] = Trouble(what, sentence, next_step, bare=bare), time.monotonic()

    def cause_ended(self, what: str) -> None:
        """Count the time until an error is resolved from now on: what was done to the system on purpose has ended.

        Of an error that nobody was told of (a step that was not completed) there is nothing to count.
        """
        if what not in self._open:
            return
        self._open[what] = self._open[what][0], time.monotonic()

    def is_out(self, what: str) -> None:
        """Note that the same thing works now, by the way that was told (nothing, where nobody was told of an error)."""
        if what not in self._open:
            return
        trouble, since = self._open.pop(what)
        self.troubles.append(
            Trouble(what, trouble.sentence, trouble.next_step, True, time.monotonic() - since, trouble.bare)
        )

    def says_untrue(self, statement: str) -> None:
        """Note something that the system stated and that does not hold. Raises AssertionError with it."""
        self.untrue.append(statement)
        raise AssertionError(statement)

    def run(self) -> WorkflowRun:
        """Give the run; steps that were not reached are not completed."""
        return WorkflowRun(
            self.workflow.name,
            self.workflow.persona,
            self.variant,
            tuple(self._met.get(name) or self._unreached(name, items) for name, items in self.workflow.steps.items()),
            (*self.troubles, *(trouble for trouble, _ in self._open.values())),
            tuple(self.untrue),
            time.monotonic() - self._began,
        )

    def _unreached(self, name: str, items: tuple[str, ...]) -> StepMet:
        return StepMet(name, False, None, dict.fromkeys(items, False), problem=self._stopped or NOT_REACHED)


class Taking:
    """A step while it is taken."""

    def __init__(self, name: str, items: tuple[str, ...]) -> None:
        self.name = name
        self.problem = ""
        self.items = dict.fromkeys(items, False)
        self._began = time.monotonic()
        self._answered: float | None = None
        self._promise: Promise | None = None

    def begins_anew(self) -> None:
        """Count the time until the answer from now on: what went before was no part of what the person does."""
        self._began = time.monotonic()

    def answered(self) -> None:
        """Note the first meaningful answer."""
        if self._answered is None:
            self._answered = time.monotonic() - self._began

    def shows(self, **items: object) -> None:
        """Note which information and controls are present and true, by their names (`_` for a space)."""
        for written, there in items.items():
            name = written.replace("_", " ")
            if name not in self.items:
                raise SuiteError(f"the step {self.name!r} does not have to show {name!r}")
            self.items[name] = bool(there)

    def show(self, items: Mapping[str, object]) -> None:
        """Note the same for names that are no identifiers."""
        self.shows(**items)

    def promised(self, announced: float | None, took: float) -> None:
        """Note how long something was announced to take, and took (seconds)."""
        self._promise = Promise(announced, took)

    def met(self) -> StepMet:
        """Give the step as it was met."""
        return StepMet(self.name, not self.problem, self._answered, self.items, self._promise, self.problem)


def must(holds: object, problem: str) -> None:
    """Raise AssertionError with the problem unless it holds."""
    if not holds:
        raise AssertionError(problem)


def refusal(answer: Answer) -> tuple[str, str, bool]:
    """Give what a refusal says, its next step, and whether a failure of the server took the place of a sentence."""
    told = answer.json()
    told = told if isinstance(told, Mapping) else {}
    sentence = told.get("detail") or told.get("message") or ""
    sentence = sentence if isinstance(sentence, str) else ""
    return sentence, str(told.get("hint") or ""), answer.status >= 500 and not sentence
