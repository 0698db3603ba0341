"""The catalogue holds what the features prove, and every criterion was seen to fail on a seeded fault."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from .finding import Finding
from .gherkin_reading import Feature

NEVER_A_REASON = "the sun shone over the quiet harbour"
"""No failing reason reads like this: a pattern that matches it (or nothing at all) would accept any reason."""
UNSTATED = re.compile(r"not stated|\b(?:todo|tbd|fixme)\b", re.IGNORECASE)


def by_id(catalogues: Mapping[str, Any]) -> dict[str, str]:
    """Map every criterion that a client can see to its system; duties of the suite are not among them."""
    return {entry["id"]: system for system, document in catalogues.items() for entry in document["criteria"]}


def in_the_making(
    criteria: Mapping[str, str], features: Iterable[Feature], entries: Iterable[Mapping[str, Any]]
) -> Iterator[Finding]:
    """A system in the making has a catalogue and a reason, and every one of its scenarios is @wip."""
    done = {
        tag.name[1:]
        for feature in features
        for scenario in feature.scenarios
        if not scenario.has("@wip")
        for tag in scenario.tags
    }
    for entry in entries:
        system, why = str(entry.get("system") or ""), str(entry.get("why") or "")
        if system not in criteria.values() or system in done or not why.strip():
            yield Finding(
                "tests/house/exceptions.yaml",
                1,
                f"{system!r} is no system in the making: unknown, without a reason, or with scenarios that run",
                "remove the entry, say what is missing, or tag the features @wip",
            )


def finished(criteria: Mapping[str, str], entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Give the criteria of the systems that are not in the making."""
    unfinished = {entry["system"] for entry in entries}
    return {identity: system for identity, system in criteria.items() if system not in unfinished}


def every_criterion_has_a_scenario(
    criteria: Mapping[str, str], features: Iterable[Feature], exceptions: Iterable[Mapping[str, Any]]
) -> Iterator[Finding]:
    """Each criterion is proven by a scenario of the default run (neither @wip nor @soak), or excepted with a reason."""
    proven = {
        tag.name[1:]
        for feature in features
        for scenario in feature.scenarios
        if not scenario.has("@wip") and not scenario.has("@soak")
        for tag in scenario.tags
    }
    excepted = {entry["id"]: str(entry.get("why") or "") for entry in exceptions}
    for identity, system in criteria.items():
        if identity not in proven and identity not in excepted:
            yield Finding(
                f"criteria/{system}.yaml",
                1,
                f"{identity} has no scenario in the default run",
                "write one and tag it with the id (docs/write-a-scenario.md)",
            )
    for identity, why in excepted.items():
        if identity in proven or identity not in criteria or not why.strip():
            yield Finding(
                "tests/house/exceptions.yaml",
                1,
                f"the exception for {identity} is stale, unknown or gives no reason",
                "remove it or say why nothing can prove it",
            )


def faults_are_sound(path: str, text: str, system: str, criteria: Mapping[str, str]) -> Iterator[Finding]:
    """A list of faults names its system, known criteria only, and patterns that do not accept any reason."""
    document = yaml.safe_load(text) or {}
    if document.get("system") != system:
        yield Finding(path, 1, f"the list says system {document.get('system')!r}", f"write `system: {system}`")
    seen: set[str] = set()
    for fault in document.get("faults") or []:
        name = str(fault.get("name") or "")
        line = _line_of(text, name)
        if not name or name in seen:
            yield Finding(path, line, f"a fault without a name or named twice: {name!r}", "give it its own name")
        seen.add(name)
        if not str(fault.get("what") or "").strip():
            yield Finding(path, line, f"{name} does not say what it does", "describe it in one sentence under `what`")
        if not fault.get("caught_by"):
            yield Finding(path, line, f"{name} is caught by nothing", "name the criteria it must turn red")
        for identity, pattern in (fault.get("caught_by") or {}).items():
            for what, mend in _unsound(identity, str(pattern or ""), system, criteria):
                yield Finding(path, line, f"{name} / {identity}: {what}", mend)


def _unsound(identity: str, pattern: str, system: str, criteria: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if criteria.get(identity) != system:
        yield f"no criterion of {system}", f"take an id of criteria/{system}.yaml"
    try:
        matcher = re.compile(pattern)
    except re.error as error:
        yield f"no regular expression ({error})", "quote it in single quotes"
        return
    if UNSTATED.search(pattern):
        yield "its reason is not stated", "run `python -m countersign prove` and write what the failing reason says"
    if matcher.search("") or matcher.search(NEVER_A_REASON):
        yield "the pattern accepts any reason", "name the words that the failing sentence must say"


def every_criterion_has_a_fault(
    criteria: Mapping[str, str], fault_texts: Mapping[str, str], exceptions: Iterable[Mapping[str, Any]]
) -> Iterator[Finding]:
    """Each criterion is named by at least one fault of its system, or excepted with the reason why none can be."""
    excepted = {entry["id"]: str(entry.get("why") or "") for entry in exceptions}
    everywhere: set[str] = set()
    for system in sorted(set(criteria.values())):
        document = yaml.safe_load(fault_texts.get(system, "")) or {}
        caught = {identity for fault in document.get("faults") or [] for identity in fault.get("caught_by") or {}}
        everywhere |= caught
        for identity in sorted(identity for identity, owner in criteria.items() if owner == system):
            if identity not in caught and identity not in excepted:
                yield Finding(
                    f"criteria/{system}.faults.yaml",
                    1,
                    f"no fault catches {identity}",
                    "seed one in the reference and name the criterion under its `caught_by`",
                )
    for identity, why in excepted.items():
        if identity in everywhere or identity not in criteria or not why.strip():
            yield Finding(
                "tests/house/exceptions.yaml",
                1,
                f"the exception for {identity} (no fault) is stale, unknown or gives no reason",
                "remove it or say why no fault can be seeded",
            )


def _line_of(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if name and re.search(rf"name:\s*['\"]?{re.escape(name)}['\"]?\s*(,|}}|#|$)", line):
            return number
    return 1
