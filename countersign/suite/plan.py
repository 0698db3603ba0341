"""Plan a run: which scenarios are selected, of which systems, and whether those are run whole."""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from behave.parser import parse_file

from countersign.paths import FEATURES, ROOT, system_names
from countersign.verdict.records import Planned

ONLY_ON_REQUEST = ("soak", "wip")


@dataclass(frozen=True)
class Plan:
    """The selected scenarios; `whole` are the systems all of whose default scenarios are among them.

    `left_out` counts, for each criterion, the default scenarios that were not selected.
    """

    planned: tuple[Planned, ...]
    touched: tuple[str, ...]
    whole: tuple[str, ...]
    left_out: Mapping[str, int]


def key_of(scenario: Any) -> str:
    """Give `features/<journey>/<file>.feature:<line>`, the identity of a scenario (or an outline's row)."""
    return f"{relative(scenario.filename)}:{scenario.line}"


def relative(filename: str) -> str:
    """Give a feature's path from the project's folder, with forward slashes."""
    path = Path(filename).resolve()
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


@cache
def _known_criteria(system: str) -> frozenset[str]:
    from countersign.catalogue import load_criteria

    return frozenset(criterion.id for criterion in load_criteria(system))


def describe(scenario: Any) -> Planned:
    """Give the plan record of a behave scenario: system and criteria come from its tags."""
    tags = tuple(str(tag) for tag in dict.fromkeys(scenario.effective_tags))
    system = next((name for name in system_names() if name in tags), "")
    known = _known_criteria(system) if system else frozenset()
    return Planned(
        key=key_of(scenario),
        name=scenario.name,
        feature=scenario.feature.name,
        file=relative(scenario.filename),
        line=scenario.line,
        system=system,
        criteria=tuple(sorted(tag for tag in tags if tag in known)),
        tags=tuple(sorted(tags)),
    )


def asked_for(tag: str, expression: Any) -> bool:
    """Tell whether a tag expression names this tag itself (a soak run only starts when somebody said so)."""
    without_refusals = re.sub(rf"not\s*\(?\s*@?{tag}\s*\)?", "", str(expression))
    return re.search(rf"\b{tag}\b", without_refusals) is not None


def select(features: Iterable[Any], config: Any) -> list[Any]:
    """Give behave's selected scenarios, in order, without those that only run when asked for by name."""
    reserved = [tag for tag in ONLY_ON_REQUEST if not asked_for(tag, config.tag_expression)]
    return [
        scenario
        for feature in features
        for scenario in feature.walk_scenarios()
        if scenario.should_run(config) and not any(tag in scenario.effective_tags for tag in reserved)
    ]


def shuffle(features: list[Any], seed: int) -> None:
    """Put features, and the scenarios within each, into an order drawn from the seed (in place: behave follows)."""
    order = random.Random(seed)
    order.shuffle(features)
    for feature in features:
        order.shuffle(feature.run_items)


def systems_that_run(features_folder: Path = FEATURES) -> set[str]:
    """Name the systems that have a scenario in the default run; one whose scenarios are all @wip is in the making."""
    return {entry.system for entry in default_scenarios(features_folder)} - {""}


def default_scenarios(features_folder: Path = FEATURES) -> list[Planned]:
    """Describe every scenario that runs unless somebody selects."""
    entries = [describe(scenario) for scenario in _scenarios(features_folder)]
    return [entry for entry in entries if not set(ONLY_ON_REQUEST) & set(entry.tags)]


def _scenarios(features_folder: Path) -> Iterator[Any]:
    for path in sorted(features_folder.rglob("*.feature")):
        feature = parse_file(str(path))
        yield from feature.walk_scenarios() if feature else ()


def make_plan(selected: Sequence[Any], features_folder: Path = FEATURES) -> Plan:
    """Plan the selected scenarios; read every feature of the touched systems to see whether they are run whole."""
    planned = tuple(describe(scenario) for scenario in selected)
    touched = tuple(sorted({entry.system for entry in planned if entry.system}))
    chosen = {entry.key for entry in planned}
    missing: set[str] = set()
    left_out: Counter[str] = Counter()
    for entry in default_scenarios(features_folder):
        if entry.key not in chosen:
            missing.add(entry.system)
            left_out.update(entry.criteria)
    return Plan(planned, touched, tuple(system for system in touched if system not in missing), dict(left_out))
