"""Read from behave what became of a scenario, in the terms of the verdict."""

import re
from typing import Any

from behave.model_type import Status

from countersign.errors import NotVerified, SystemFault
from countersign.verdict.records import Outcome

REASON_LIMIT = 700


def outcome_of(scenario: Any) -> tuple[Outcome, str, str]:
    """Give outcome, reason and the step where it ended, after behave has run the scenario."""
    step = next((step for step in scenario.all_steps if step.status.has_failed()), None)
    error = getattr(step, "exception", None)
    name = f"{step.keyword} {step.name}" if step is not None else ""
    if not list(scenario.all_steps):
        return "broken", "the scenario has no steps, so nothing was looked at", ""
    if step is not None and step.status == Status.undefined:
        return "broken", "no step definition fits this sentence; add it to steps/ or mend the sentence", name
    if isinstance(error, NotVerified):
        return "not_verified", one_line(error), name
    if isinstance(error, AssertionError | SystemFault):
        return "failed", one_line(error) or "an expectation was not met, without saying which", name
    if step is not None:
        return "broken", one_line(f"{type(error).__name__} in the suite: {error or step.error_message}"), name
    if scenario.status == Status.passed:
        return "passed", "", ""
    if scenario.status in (Status.hook_error, Status.cleanup_error):
        return "broken", one_line(f"a hook or a clean-up of the suite failed: {scenario.error_message or ''}"), ""
    return "broken", f"behave left the scenario {scenario.status.name} without running it", ""


def one_line(text: object) -> str:
    """Fold a message into one line of at most 700 characters."""
    folded = re.sub(r"\s+", " ", str(text)).strip()
    return folded if len(folded) <= REASON_LIMIT else folded[: REASON_LIMIT - 3] + "..."
