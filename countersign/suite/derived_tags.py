"""Tags that follow from what a scenario is, so that nobody has to write them: `critical` and `slow`."""

from collections.abc import Iterable
from typing import Any

from behave.model import Tag

from countersign.catalogue import load_criteria
from countersign.suite.plan import describe

CRITICAL, SLOW = "critical", "slow"
SLOW_KINDS = frozenset({"load", "fault", "soak", "patient"})
"""Kinds of run whose scenarios may take longer than the 30 s of an ordinary one (MA-SUITE-09)."""


def add_derived_tags(features: Iterable[Any]) -> None:
    """Tag every scenario that proves a must criterion `critical`, and every one of a long kind `slow` (in place)."""
    for feature in features:
        for scenario in feature.walk_scenarios():
            derived = [CRITICAL] if _proves_a_must(scenario) else []
            derived += [SLOW] if SLOW_KINDS & set(scenario.effective_tags) else []
            scenario.tags.extend(Tag(name, scenario.line) for name in derived if name not in scenario.tags)


def _proves_a_must(scenario: Any) -> bool:
    planned = describe(scenario)
    criteria = load_criteria(planned.system) if planned.system else ()
    return any(criterion.must and criterion.id in planned.criteria for criterion in criteria)
