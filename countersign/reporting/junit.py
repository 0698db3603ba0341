"""`junit.xml`: the run for a CI server. What was not verified is a skip with its reason, never a pass."""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from countersign.reporting.files import write_text
from countersign.verdict.bands import percent
from countersign.verdict.results import CriterionVerdict, ScenarioVerdict, SystemVerdict, Verdict

NAME = "junit.xml"
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(verdict: Verdict) -> str:
    """Give the XML text.

    One suite a feature file, one test case a scenario: refuted is a failure, not verified a skip, broken or never
    ended an error. The suite "verdict" comes first: a case for the run (a failure unless it exits with 0), one for
    each system, and an error for each problem, so that skips alone can never make a green build. Criteria of a whole
    run that no scenario proves are cases of a suite of their own: skipped, or as they follow from others.
    """
    suites = [_verdict_suite(verdict)]
    by_file: dict[str, list[ScenarioVerdict]] = {}
    for scenario in verdict.scenarios:
        by_file.setdefault(scenario.file, []).append(scenario)
    suites += [_feature_suite(file, scenarios) for file, scenarios in by_file.items()]
    unproven = [criterion for criterion in verdict.criteria if criterion.in_run and not criterion.scenarios]
    if unproven:
        suites.append(
            _suite("criteria that no scenario proves", [_without_scenario(criterion) for criterion in unproven])
        )
    root = Element("testsuites", {"name": "countersign", **_totals(suites)})
    root.extend(suites)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def write_junit(verdict: Verdict, folder: Path) -> Path:
    """Write `junit.xml` into the run's folder."""
    return write_text(folder / NAME, junit(verdict))


def _verdict_suite(verdict: Verdict) -> Element:
    run = _case("the run may be signed", "countersign.verdict", 0.0)
    if verdict.exit_code:
        _say(run, "failure", verdict.headline, f"verdict: {verdict.overall}, exit code {verdict.exit_code}")
    cases = [run, *(_system_case(name, system, verdict.accept) for name, system in verdict.systems.items())]
    for number, problem in enumerate(verdict.problems, 1):
        case = _case(f"problem {number} of the run", "countersign.verdict", 0.0)
        _say(case, "error", problem, problem)
        cases.append(case)
    return _suite("verdict", cases)


def _system_case(name: str, system: SystemVerdict, accept: str) -> Element:
    case = _case(f"{name} is ready to sign", "countersign.verdict", 0.0)
    counts = (
        f"{system.verified} verified, {system.refuted} refuted, {system.not_verified} not verified, "
        f"share {percent(system.share)}"
    )
    if system.band == "partial":
        _say(case, "skipped", f"NO BAND: {system.why}", counts)
    elif system.band not in ("green", accept):
        _say(case, "failure", f"{system.band.upper()}: {system.why}", counts)
    return case


def _feature_suite(file: str, scenarios: list[ScenarioVerdict]) -> Element:
    return _suite(scenarios[0].feature or file, [_scenario_case(scenario) for scenario in scenarios], file=file)


def _scenario_case(scenario: ScenarioVerdict) -> Element:
    where = scenario.file.removesuffix(".feature").replace("/", ".")
    case = _case(scenario.name, where, scenario.seconds, file=scenario.file, line=str(scenario.line))
    details = "\n".join(
        part
        for part in (
            scenario.reason,
            f"at: {scenario.step}" if scenario.step else "",
            f"criteria: {', '.join(scenario.criteria)}" if scenario.criteria else "",
            f"evidence: {scenario.evidence}" if scenario.evidence else "",
        )
        if part
    )
    if not scenario.ended:
        _say(case, "error", f"NO RESULT: {scenario.reason}", details)
    elif scenario.outcome == "failed":
        _say(case, "failure", scenario.reason, details)
    elif scenario.outcome == "broken":
        _say(case, "error", f"THE SUITE FAILED: {scenario.reason}", details)
    elif scenario.outcome != "passed":
        _say(case, "skipped", f"NOT VERIFIED: {scenario.reason}", details)
    return case


def _without_scenario(criterion: CriterionVerdict) -> Element:
    case = _case(f"{criterion.id} {criterion.title}", f"criteria.{criterion.system}", 0.0)
    if criterion.status == "refuted":
        _say(case, "failure", criterion.reason, criterion.title)
    elif criterion.status == "not_verified":
        _say(case, "skipped", f"NOT VERIFIED: {criterion.reason}", criterion.title)
    return case


def _case(name: str, where: str, seconds: float, **more: str) -> Element:
    attributes = {"name": name, "classname": where, "time": f"{seconds:.3f}", **more}
    return Element("testcase", {key: _clean(value) for key, value in attributes.items()})


def _say(case: Element, kind: str, message: str, details: str) -> None:
    SubElement(case, kind, {"message": _clean(message)}).text = _clean(details)


def _suite(name: str, cases: Iterable[Element], **more: str) -> Element:
    suite = Element("testsuite", {"name": _clean(name), **more})
    suite.extend(cases)
    seconds = sum(float(case.get("time", "0")) for case in suite)
    suite.set("time", f"{seconds:.3f}")
    suite.set("tests", str(len(suite)))
    for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(kind) is not None for case in suite)))
    return suite


def _totals(suites: Iterable[Element]) -> dict[str, str]:
    suites = list(suites)
    totals = {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("tests", "failures")}
    totals |= {name: str(sum(int(suite.get(name, "0")) for suite in suites)) for name in ("errors", "skipped")}
    return totals | {"time": f"{sum(float(suite.get('time', '0')) for suite in suites):.3f}"}


def _clean(text: str) -> str:
    """Replace what XML cannot hold (control characters, unpaired surrogates) by its escape."""
    return _NOT_IN_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
