"""How a scenario ended: the journal's word, never better than what behave saw happen."""

import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import behave
from allure_commons.model2 import Status, StatusDetails

from countersign.errors import CountersignError, NotVerified
from countersign.reporting.allure.bridge import ScenarioFacts
from countersign.verdict.records import Outcome

ALLURE_STATUS: dict[Outcome, str] = {
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "not_verified": Status.SKIPPED,
    "broken": Status.BROKEN,
}
_WORST_FIRST: tuple[Outcome, ...] = ("failed", "broken", "not_verified", "passed")
_BEHAVE = Path(behave.__file__).parent
_NOT_TOUCHED = ("untested", "skipped")


@dataclass(frozen=True)
class Finding:
    """An outcome, the sentence that explains it, and the trace for the one who mends it."""

    outcome: Outcome
    reason: str = ""
    trace: str = ""

    @property
    def status(self) -> str:
        """The outcome in Allure's words."""
        return ALLURE_STATUS[self.outcome]

    @property
    def details(self) -> StatusDetails | None:
        """The explanation as Allure keeps it; None if there is nothing to explain."""
        if not self.reason and not self.trace:
            return None
        return StatusDetails(message=self.reason or None, trace=self.trace or None)


def of_error(error: BaseException, trace: TracebackType | None, prefix: str = "") -> Finding:
    """Judge by an exception: a broken assertion refutes, NotVerified says so itself, all else is the suite's fault."""
    if isinstance(error, NotVerified):
        outcome: Outcome = "not_verified"
    elif isinstance(error, AssertionError):
        outcome = "failed"
    else:
        outcome = "broken"
    return Finding(outcome, prefix + _sentence(error), _readable(trace or error.__traceback__))


def of_step(step: Any) -> Finding:
    """Judge one step by what behave knows of it."""
    if step.exception is not None:
        return of_error(step.exception, step.exc_traceback)
    name = step.status.name
    if name in ("passed", "pending_warn"):
        return Finding("passed")
    if name in _NOT_TOUCHED:
        return Finding("not_verified")
    if name in ("undefined", "untested_undefined"):
        return Finding("broken", f"no step definition matches the sentence: {step.keyword} {step.name}")
    return Finding("broken", step.error_message or f"the step ended with {name}")


def of_scenario(scenario: Any, facts: ScenarioFacts, trouble: list[Finding]) -> Finding:
    """Judge a scenario that is over.

    The journal's outcome counts. Where it says passed, or nothing, behave's own view is asked too; what happened after
    the journal's line was written (`trouble`: clean-ups, crashes; failing hooks) can only make it worse.
    """
    after = [*trouble, *_hook_trouble(scenario), *_emptiness(scenario)]
    if facts.outcome in (None, "passed"):
        findings = [*_step_trouble(scenario), *after]
        first = worst(findings) if findings else Finding("passed")
        return Finding(first.outcome, (facts.reason if facts.outcome is None else "") or first.reason, first.trace)
    seen = worst([*_step_trouble(scenario), Finding("passed")])
    told = Finding(facts.outcome or "broken", facts.reason or seen.reason or "no reason was given", seen.trace)
    return worst([told, *after])


def worst(findings: list[Finding]) -> Finding:
    """Give the first of the worst findings."""
    return min(findings, key=lambda finding: _WORST_FIRST.index(finding.outcome))


def _step_trouble(scenario: Any) -> Iterator[Finding]:
    if scenario.should_skip:
        yield Finding("not_verified", scenario.skip_reason or "the scenario was skipped and no reason was given")
    for step in scenario.all_steps:
        finding = of_step(step)
        if finding.outcome != "passed":
            if finding.reason or not scenario.should_skip:
                yield Finding(
                    finding.outcome, finding.reason or f"was not reached: {step.keyword} {step.name}", finding.trace
                )
            return


def _hook_trouble(scenario: Any) -> Iterator[Finding]:
    if scenario.hook_failed:
        told = scenario.error_message or "a hook was interrupted"
        if scenario.exception is None:
            yield Finding("broken", told)
        else:
            found = of_error(scenario.exception, scenario.exc_traceback)
            yield Finding(found.outcome, told, found.trace)


def _emptiness(scenario: Any) -> Iterator[Finding]:
    if not list(scenario.all_steps):
        yield Finding("broken", "the scenario has no steps, so nothing was checked; write them or remove it")


def _sentence(error: BaseException) -> str:
    text = str(error).strip()
    if isinstance(error, KeyboardInterrupt):
        return "the run was interrupted during this step"
    if not text:
        return type(error).__name__
    return text if isinstance(error, (AssertionError, CountersignError)) else f"{type(error).__name__}: {text}"


def _readable(trace: TracebackType | None) -> str:
    """Give the trace without behave's own frames, paths from the working directory."""
    ours = [frame for frame in traceback.extract_tb(trace) if Path(frame.filename).parent != _BEHAVE]
    shown = [
        traceback.FrameSummary(frame.filename.replace(f"{Path.cwd()}/", ""), frame.lineno, frame.name, line=frame.line)
        for frame in ours
    ]
    return "".join(traceback.format_list(shown))
