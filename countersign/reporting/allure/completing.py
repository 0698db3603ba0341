"""Make the results tell what the journal tells: nothing planned is missing, nothing looks better than it ended."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from allure_commons.model2 import Parameter, StatusDetails, TestResult
from allure_commons.utils import uuid4
from behave.parser import ParserError, parse_file

from countersign.reporting.allure.bridge import ScenarioFacts
from countersign.reporting.allure.files import RedactedFiles
from countersign.reporting.allure.identity import Identity, identity_of, rule_of
from countersign.reporting.allure.labels import PLACE, criterion_links, description_of, filed_under, unique
from countersign.reporting.allure.listener import NOT_RUN
from countersign.reporting.allure.outcomes import ALLURE_STATUS
from countersign.verdict.records import Ended, Planned


def complete_results(
    results_dir: Path,
    planned: Sequence[Planned],
    ended: Iterable[Ended],
    *,
    started: Iterable[str] = (),
    facts: Callable[[Planned], ScenarioFacts] | None = None,
    redact: Callable[[str], str] = str,
    root: Path | None = None,
) -> int:
    """Add a result for every planned scenario without one, and correct those that passed only in Allure's eyes.

    A scenario that ended gets its journal outcome. One that did not is 'not run' (Allure: unknown), or broken when it
    was under way (`started`, keys) as the run stopped. `facts` files the added ones in the report (by default by
    system and feature). `root` is the folder that the plan's paths start from (the working directory by default).
    Gives the number of results added or corrected. Calling it again changes nothing.
    """
    endings = {record.key: record for record in ended}
    under_way = set(started)
    found = _results_by_key(results_dir)
    files = RedactedFiles(lambda: results_dir, redact)
    changed = 0
    for scenario in planned:
        status, reason = _ending(endings.get(scenario.key), scenario.key in under_way)
        if scenario.key not in found:
            told = facts(scenario) if facts else _facts_of_plan(scenario)
            result = _result(scenario, told, root or Path())
            result.start, result.stop = _times(endings.get(scenario.key))
            result.status, result.statusDetails = status, StatusDetails(message=reason) if reason else None
            files.report_result(result)
            changed += 1
        for path in found.get(scenario.key, ()) if status != "passed" else ():
            changed += _correct(path, status, redact(reason))
    return changed


def _results_by_key(results_dir: Path) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(results_dir.glob("*-result.json")):
        labels = json.loads(path.read_text(encoding="utf-8")).get("labels", ())
        for label in labels:
            if label.get("name") == PLACE:
                found.setdefault(label["value"], []).append(path)
    return found


def _ending(ended: Ended | None, under_way: bool) -> tuple[str, str]:
    if ended is not None:
        return ALLURE_STATUS[ended.outcome], ended.reason
    if under_way:
        return ALLURE_STATUS["broken"], "not run to its end: the run stopped during this scenario"
    return NOT_RUN, "not run: the run stopped before this scenario"


def _correct(path: Path, status: str, reason: str) -> int:
    result = json.loads(path.read_text(encoding="utf-8"))
    if result.get("status") != "passed":
        return 0
    result["status"] = status
    result["statusDetails"] = {"message": reason or "the journal does not say that this scenario passed"}
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")
    os.replace(fresh, path)
    return 1


def _facts_of_plan(planned: Planned) -> ScenarioFacts:
    return ScenarioFacts(
        system=planned.system, feature=planned.feature, criteria=[(name, name, False) for name in planned.criteria]
    )


def _result(planned: Planned, facts: ScenarioFacts, root: Path) -> TestResult:
    scenario = _scenario_at(root / planned.file, planned.line)
    rule = rule_of(scenario) if scenario is not None else None
    identity = identity_of(scenario, planned.file) if scenario is not None else _identity_of_plan(planned)
    labels = filed_under(facts, planned.feature, rule.name if rule else "", planned.key)
    result = TestResult(uuid=uuid4(), name=planned.name)
    result.fullName, result.titlePath = identity.full_name, list(identity.title_path)
    result.testCaseId, result.historyId = identity.test_case_id, identity.history_id
    result.parameters = [Parameter(name=heading, value=value) for heading, value in identity.row]
    result.description = description_of(scenario.description if scenario is not None else (), facts)
    result.labels, result.links = unique(labels), criterion_links(facts)
    return result


def _identity_of_plan(planned: Planned) -> Identity:
    return Identity(f"{planned.file} > {planned.name}", (*Path(planned.file).parent.parts, planned.feature))


def _times(ended: Ended | None) -> tuple[int | None, int | None]:
    if ended is None or not ended.at:
        return None, None
    stop = int(datetime.fromisoformat(ended.at).timestamp() * 1000)
    return stop - int(ended.seconds * 1000), stop


def _scenario_at(path: Path, line: int) -> Any | None:
    return next((scenario for scenario in _scenarios_of(path.absolute()) if scenario.line == line), None)


@cache
def _scenarios_of(path: Path) -> tuple[Any, ...]:
    try:
        feature = parse_file(str(path))
    except (OSError, ParserError):
        return ()  # a plan of other feature files: its own words must do
    return tuple(feature.walk_scenarios()) if feature else ()
