"""The closed list of tags, shown broken and good examples, then the features of this suite."""

import pytest

from . import rules_tags as rules
from .finding import Finding, assert_none, whats
from .gherkin_reading import Scenario, read
from .repository import catalogues, persona_tags, texts
from .rules_criteria import by_id

CRITERIA = {"CT-CHAT-02": "chattrain", "GZ-CHAT-01": "grizz"}
PERSONAS = {"@persona-first-time"}


def tagged(scenario_tags: str, feature_tags: str = "") -> Scenario:
    text = f"{feature_tags}\nFeature: A\n  {scenario_tags}\n  Scenario: B\n    When c\n    Then d\n"
    return read("f", text).scenarios[0]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("@slow", "@slow is not in the closed list of tags"),
        ("@CT-CHAT-99", "@CT-CHAT-99 is no criterion of a catalogue"),
        ("@CT-SUITE-02", "@CT-SUITE-02 is no criterion of a catalogue"),
        ("@persona-nobody", "@persona-nobody has no card"),
        ("@ct-chat-02", "@ct-chat-02 is not in the closed list of tags"),
    ],
)
def test_unknown_tags_are_found(tags: str, expected: str) -> None:
    assert whats(rules.tags_are_known(tagged(tags), CRITERIA, PERSONAS)) == [expected]


def test_known_tags_are_left_alone() -> None:
    good = tagged("@chattrain @persona-first-time @CT-CHAT-02 @quick @patient @websocket")
    assert list(rules.tags_are_known(good, CRITERIA, PERSONAS)) == []


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("@CT-CHAT-02", "0 system tags on 'B'"),
        ("@chattrain @grizz @CT-CHAT-02", "2 system tags on 'B'"),
        ("@chattrain", "no criterion on 'B'"),
        ("@chattrain @GZ-CHAT-01", "GZ-CHAT-01 belongs to grizz"),
    ],
)
def test_a_scenario_that_proves_nothing_is_found(tags: str, expected: str) -> None:
    assert whats(rules.proves_something(tagged(tags), CRITERIA)) == [expected]
    assert list(rules.proves_something(tagged("@CT-CHAT-02", feature_tags="@chattrain"), CRITERIA)) == []


def test_a_tag_that_the_feature_gives_already_is_found() -> None:
    assert whats(rules.tagged_once(tagged("@quick", feature_tags="@quick"))) == ["@quick stands here twice"]
    assert list(rules.tagged_once(tagged("@quick", feature_tags="@chattrain"))) == []


def test_the_features_carry_known_tags() -> None:
    criteria, personas = by_id(catalogues()), persona_tags()
    findings: list[Finding] = []
    for path, text in texts(".feature", below="features"):
        for scenario in read(path, text).scenarios:
            findings += [*rules.tags_are_known(scenario, criteria, personas)]
            findings += [*rules.proves_something(scenario, criteria), *rules.tagged_once(scenario)]
    assert_none(findings)
