"""Criteria, scenarios and faults belong together: broken and good examples, then the catalogues of this suite."""

import pytest

from countersign.catalogue import load_catalogue

from . import rules_criteria as rules
from .finding import assert_none, whats
from .gherkin_reading import Feature, read
from .repository import allowed, catalogues, fault_lists, texts

CRITERIA = {"CT-CHAT-01": "chattrain", "CT-CHAT-02": "chattrain"}
FEATURE = (
    "Feature: A\n  {first}\n  Scenario: B\n    When c\n    Then d\n  {second}\n  Scenario: E\n    When f\n    Then g\n"
)
FAULTS = """
system: chattrain
faults:
  - name: frames-shuffled
    what: About every third exchange sends the feedback before the answer.
    caught_by:
      CT-CHAT-02: 'in the order'
"""


def features(first: str, second: str = "@CT-CHAT-02") -> list[Feature]:
    return [read("f", FEATURE.replace("{first}", first).replace("{second}", second))]


def test_duties_of_the_suite_are_no_criteria_of_a_client() -> None:
    document = {"criteria": [{"id": "CT-CHAT-01"}], "suite": [{"id": "CT-SUITE-01"}]}
    assert rules.by_id({"chattrain": document}) == {"CT-CHAT-01": "chattrain"}


@pytest.mark.parametrize("tags", ["", "@CT-CHAT-01 @wip", "@CT-CHAT-01 @soak"])
def test_a_criterion_without_a_scenario_of_the_default_run_is_found(tags: str) -> None:
    found = whats(rules.every_criterion_has_a_scenario(CRITERIA, features(tags), []))
    assert found == ["CT-CHAT-01 has no scenario in the default run"]
    assert list(rules.every_criterion_has_a_scenario(CRITERIA, features("@CT-CHAT-01"), [])) == []


def test_an_exception_needs_a_reason_and_a_criterion_that_lacks_a_scenario() -> None:
    def check(exception: dict[str, str], tags: str = "") -> list[str]:
        return whats(rules.every_criterion_has_a_scenario(CRITERIA, features(tags), [exception]))

    assert check({"id": "CT-CHAT-01", "why": "measured with people"}) == []
    assert len(check({"id": "CT-CHAT-01", "why": " "})) == 1
    assert len(check({"id": "CT-CHAT-01", "why": "measured with people"}, "@CT-CHAT-01")) == 1
    assert len(check({"id": "CT-CHAT-77", "why": "measured with people"}, "@CT-CHAT-01")) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("system: chattrain", "system: grizz"), "the list says system 'grizz'"),
        (("CT-CHAT-02:", "CT-CHAT-99:"), "frames-shuffled / CT-CHAT-99: no criterion of chattrain"),
        (("'in the order'", "'.*'"), "frames-shuffled / CT-CHAT-02: the pattern accepts any reason"),
        (("'in the order'", "''"), "frames-shuffled / CT-CHAT-02: the pattern accepts any reason"),
        (("'in the order'", "'\\w+'"), "frames-shuffled / CT-CHAT-02: the pattern accepts any reason"),
        (("'in the order'", "'not stated yet'"), "frames-shuffled / CT-CHAT-02: its reason is not stated"),
        (("'in the order'", "'(open'"), "frames-shuffled / CT-CHAT-02: no regular expression"),
        (("what: About every third exchange sends the feedback before the answer.", "what: ''"), "does not say what"),
        (("    caught_by:\n      CT-CHAT-02: 'in the order'\n", ""), "frames-shuffled is caught by nothing"),
        (("name: frames-shuffled", "name: ''"), "a fault without a name or named twice: ''"),
    ],
)
def test_an_unsound_fault_is_found(change: tuple[str, str], expected: str) -> None:
    broken = FAULTS.replace(*change)
    assert broken != FAULTS
    found = whats(rules.faults_are_sound("criteria/chattrain.faults.yaml", broken, "chattrain", CRITERIA))
    assert any(expected in what for what in found), found


def test_a_sound_list_of_faults_passes_and_a_finding_names_its_line() -> None:
    assert list(rules.faults_are_sound("f", FAULTS, "chattrain", CRITERIA)) == []
    twice = FAULTS + FAULTS[FAULTS.index("  - name") :]
    assert [finding.line for finding in rules.faults_are_sound("f", twice, "chattrain", CRITERIA)] == [4]


def test_a_criterion_that_no_fault_catches_is_found() -> None:
    found = whats(rules.every_criterion_has_a_fault(CRITERIA, {"chattrain": FAULTS}, []))
    assert found == ["no fault catches CT-CHAT-01"]
    one = {"CT-CHAT-02": "chattrain"}
    assert list(rules.every_criterion_has_a_fault(one, {"chattrain": FAULTS}, [])) == []


def test_an_exception_from_faults_needs_a_reason_and_a_criterion_that_no_fault_catches() -> None:
    def check(exception: dict[str, str]) -> list[str]:
        return whats(rules.every_criterion_has_a_fault(CRITERIA, {"chattrain": FAULTS}, [exception]))

    assert check({"id": "CT-CHAT-01", "why": "the reference lacks what could fail"}) == []
    assert len(check({"id": "CT-CHAT-01", "why": " "})) == 1
    assert len(check({"id": "CT-CHAT-02", "why": "stale: a fault catches it"})) == 2
    assert len(check({"id": "CT-CHAT-77", "why": "unknown"})) == 2


def test_a_system_in_the_making_runs_nothing_and_says_what_is_missing() -> None:
    def check(tags: str, **entry: str) -> list[str]:
        return whats(rules.in_the_making(CRITERIA, features(tags, "@CT-CHAT-02 @chattrain @wip"), [entry]))

    assert check("@CT-CHAT-01 @chattrain @wip", system="chattrain", why="half of it is missing") == []
    assert len(check("@CT-CHAT-01 @chattrain", system="chattrain", why="stale: it runs")) == 1
    assert len(check("@CT-CHAT-01 @chattrain @wip", system="chattrain", why=" ")) == 1
    assert len(check("@CT-CHAT-01 @chattrain @wip", system="grizz", why="unknown")) == 1
    assert rules.finished(CRITERIA, [{"system": "chattrain", "why": "x"}]) == {}


def test_every_criterion_is_proven_by_a_scenario() -> None:
    suite = [read(path, text) for path, text in texts(".feature", below="features")]
    criteria, making = rules.by_id(catalogues()), allowed("systems_in_the_making")
    assert criteria, "criteria/ holds no catalogue"
    assert_none(rules.in_the_making(criteria, suite, making))
    criteria = rules.finished(criteria, making)
    assert_none(rules.every_criterion_has_a_scenario(criteria, suite, allowed("criteria_without_scenario")))


def test_every_criterion_is_caught_by_a_sound_fault() -> None:
    criteria, lists = rules.by_id(catalogues()), fault_lists()
    fault_texts = {system: text for system, (_, text) in lists.items()}
    ready = rules.finished(criteria, allowed("systems_in_the_making"))
    findings = [*rules.every_criterion_has_a_fault(ready, fault_texts, allowed("criteria_without_fault"))]
    for system, (path, text) in lists.items():
        findings += rules.faults_are_sound(path, text, system, criteria)
    assert_none(findings)


def test_every_requirement_has_a_criterion() -> None:
    whole = load_catalogue()
    assert whole.requirements, "no catalogue numbers requirements"
    unproven = [
        f"{system} {number}"
        for system, numbers in whole.requirements.items()
        for number in numbers
        if not whole.proving(system, number)
    ]
    assert unproven == []
