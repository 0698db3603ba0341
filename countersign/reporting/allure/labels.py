"""How a scenario is filed in the report: labels, links and the lines that say what it proves."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from allure_commons.mapping import parse_tag
from allure_commons.model2 import Label, Link
from allure_commons.types import LabelType, LinkType, Severity
from allure_commons.utils import host_tag, platform_label

from countersign.reporting.allure.bridge import ScenarioFacts
from countersign.reporting.allure.identity import rule_of, tags_of

PLACE = "scenario"
"""Label with the journal's key of the scenario; `complete_results` finds results by it."""

SIGNOFF_ANCHOR = "../signoff.html#{id}"
"""Where a criterion stands in the sign-off pack, seen from `allure-report/index.html`."""

_ONE_ONLY = {"severity", "epic", "feature", "story", "parentSuite", "suite", "subSuite", "host", "thread", PLACE}


def labels_of(scenario: Any, facts: ScenarioFacts, key: str, dynamic: Sequence[Label] = ()) -> list[Label]:
    """Give the labels of a scenario. What a step set wins over a tag, a tag over what the suite knows."""
    rule = rule_of(scenario)
    tagged = [found for found in map(parse_tag, tags_of(scenario)) if isinstance(found, Label)]
    known = filed_under(facts, scenario.feature.name, rule.name if rule else "", key)
    where = [Label(name=LabelType.HOST, value=host_tag()), Label(name=LabelType.THREAD, value=str(os.getpid()))]
    return unique([*dynamic, *tagged, *known, *where])


def filed_under(facts: ScenarioFacts, feature: str, rule: str, key: str) -> list[Label]:
    """Give the labels that follow from the facts alone, for a scenario of this feature and rule."""
    epic, feature = facts.epic or facts.system, facts.feature or feature
    pairs = [
        (LabelType.EPIC, epic),
        (LabelType.FEATURE, feature),
        (LabelType.STORY, facts.story or rule),
        (LabelType.PARENT_SUITE, epic),
        (LabelType.SUITE, feature),
        (LabelType.SUB_SUITE, rule),
        (LabelType.SEVERITY, severity(facts)),
        *(("criterion", criterion) for criterion, _, _ in facts.criteria),
        (LabelType.FRAMEWORK, "behave"),
        (LabelType.LANGUAGE, platform_label()),
        (PLACE, key),
    ]
    return [Label(name=name, value=value) for name, value in pairs if value]


def severity(facts: ScenarioFacts) -> str:
    """Give the severity of the criteria proved: a must is critical, a target normal."""
    return str(Severity.CRITICAL.value if any(must for _, _, must in facts.criteria) else Severity.NORMAL.value)


def links_of(scenario: Any, facts: ScenarioFacts) -> list[Link]:
    """Give a link to every criterion in the sign-off pack, and those named by tags."""
    return [*criterion_links(facts), *(found for found in map(parse_tag, tags_of(scenario)) if isinstance(found, Link))]


def criterion_links(facts: ScenarioFacts) -> list[Link]:
    """Give a link to every criterion in the sign-off pack."""
    return [
        Link(type=LinkType.TEST_CASE, url=SIGNOFF_ANCHOR.format(id=criterion), name=f"{criterion}: {title}")
        for criterion, title, _ in facts.criteria
    ]


def description_of(lines: Iterable[str], facts: ScenarioFacts) -> str:
    """Give the scenario's own description and the criteria it proves, as Markdown."""
    proves = [
        f"- **{criterion}** ({'must' if must else 'target'}): {title}" for criterion, title, must in facts.criteria
    ]
    parts = ["\n".join(lines).strip(), "\n".join(["Proves:", "", *proves]) if proves else ""]
    return "\n\n".join(part for part in parts if part)


def unique(labels: Iterable[Label]) -> list[Label]:
    """Keep the first of what a scenario can have only one of, and every other label once."""
    kept: dict[tuple[str, ...], Label] = {}
    for label in labels:
        name, value = str(label.name), str(getattr(label.value, "value", label.value))
        kept.setdefault((name,) if name in _ONE_ONLY else (name, value), Label(name=name, value=value))
    return list(kept.values())
