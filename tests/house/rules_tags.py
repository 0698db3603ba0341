"""The tags of features: one closed list, one system and at least one criterion a scenario."""

import re
from collections.abc import Iterator, Mapping, Set

from .finding import Finding
from .gherkin_reading import Scenario

SYSTEMS = frozenset({"@chattrain", "@grizz", "@scriptgen", "@modelhub", "@medassist"})
KINDS_OF_RUN = frozenset({"@quick", "@load", "@soak", "@browser", "@fault", "@serial", "@wip", "@patient"})
"""How a scenario runs; `@patient` is one with deliberately long silences."""
AREAS = frozenset({"@api", "@websocket", "@integration", "@performance"})
"""What CT-SUITE-05 lets people select."""
CRITERION = re.compile(r"@[A-Z]{2}-[A-Z0-9]+-\d{2}$")


def tags_are_known(scenario: Scenario, criteria: Mapping[str, str], personas: Set[str]) -> Iterator[Finding]:
    """Every tag is of the closed list, a criterion of the catalogue, or a persona that has a card.

    `criteria` maps a criterion id to its system.
    """
    for tag in scenario.tags:
        if tag.name in SYSTEMS | KINDS_OF_RUN | AREAS:
            continue
        if CRITERION.match(tag.name):
            if tag.name[1:] not in criteria:
                yield Finding(
                    scenario.path,
                    tag.line,
                    f"{tag.name} is no criterion of a catalogue",
                    "take an id that criteria/<system>.yaml lists under `criteria` "
                    "(duties of the suite stand in docs/suite-duties.md instead)",
                )
        elif tag.name.startswith("@persona-"):
            if tag.name not in personas:
                yield Finding(
                    scenario.path,
                    tag.line,
                    f"{tag.name} has no card",
                    f"add a card to personas/ with this `tag`, or use one of {', '.join(sorted(personas))}",
                )
        else:
            known = ", ".join(sorted(SYSTEMS | KINDS_OF_RUN | AREAS))
            yield Finding(scenario.path, tag.line, f"{tag.name} is not in the closed list of tags", f"use {known}")


def proves_something(scenario: Scenario, criteria: Mapping[str, str]) -> Iterator[Finding]:
    """A scenario names exactly one system and at least one criterion, all of that system."""
    systems = sorted({tag.name for tag in scenario.tags} & SYSTEMS)
    ids = [tag.name[1:] for tag in scenario.tags if CRITERION.match(tag.name)]
    if len(systems) != 1:
        yield Finding(
            scenario.path,
            scenario.line,
            f"{len(systems)} system tags on {scenario.title!r}",
            f"tag the feature or the scenario with exactly one of {', '.join(sorted(SYSTEMS))}",
        )
    if not ids:
        yield Finding(
            scenario.path,
            scenario.line,
            f"no criterion on {scenario.title!r}",
            "add the id of every criterion that the scenario proves, such as @CT-CHAT-03",
        )
    for identity in ids:
        owner = criteria.get(identity)
        if owner and len(systems) == 1 and systems[0] != f"@{owner}":
            yield Finding(
                scenario.path, scenario.line, f"{identity} belongs to {owner}", f"the scenario is tagged {systems[0]}"
            )


def tagged_once(scenario: Scenario) -> Iterator[Finding]:
    """No tag is repeated where the feature already gives it."""
    seen: set[str] = set()
    for tag in scenario.tags:
        if tag.name in seen:
            yield Finding(scenario.path, tag.line, f"{tag.name} stands here twice", "keep it at one place")
        seen.add(tag.name)
