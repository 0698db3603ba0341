"""When `behave` may exit with 0. Nothing here looks at behave; the numbers of the run are handed in."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class RunEnd:
    """A run that is over: counts of scenarios, and what behave says.

    `beyond_scenarios`: something failed that no verdict over scenarios can excuse (an interruption, a hook, a clean-up,
    a sentence without definition).
    """

    selected: int
    passed: int
    skipped: int
    objections: tuple[str, ...]
    behave_failed: bool
    beyond_scenarios: bool


def decide(end: RunEnd, verdict: Callable[[], bool | None]) -> tuple[bool, str]:
    """Say whether behave has failed, and the sentence that explains it ("" if behave's own output does).

    Examples::

        decide(RunEnd(selected=0, ...), verdict)  # (True, "NOTHING WAS RUN: ...")
    """
    hollow = _hollow(end)
    if hollow or end.beyond_scenarios:
        return True, hollow
    accepted = verdict()
    if accepted is None:
        return _without_verdict(end)
    if accepted and end.behave_failed:
        return False, "ACCEPTED by the verdict, although single scenarios did not pass; the report names them."
    if not accepted and not end.behave_failed:
        return True, "NOT ACCEPTED by the verdict, although behave counted no failure; the report says why."
    return not accepted, ""


def _hollow(end: RunEnd) -> str:
    if not end.selected:
        return "NOTHING WAS RUN: no scenario matches the paths, tags or names given, so nothing is verified."
    if end.skipped == end.selected:
        return f"NOTHING WAS VERIFIED: all {end.selected} selected scenarios were skipped."
    if end.objections:
        return f"NOT ACCEPTED: {'; '.join(end.objections)}."
    return ""


def _without_verdict(end: RunEnd) -> tuple[bool, str]:
    if end.passed < end.selected and not end.behave_failed:
        return True, f"NOT ACCEPTED: {end.selected - end.passed} of {end.selected} selected scenarios did not pass."
    return end.behave_failed, ""
