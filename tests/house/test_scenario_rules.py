"""The shape of features, each rule shown a broken and a good example, then the features of this suite."""

import pytest

from . import rules_scenarios as rules
from .finding import assert_none, whats
from .gherkin_reading import Feature, Scenario, read
from .repository import texts

HEADER = "Feature: Feedback\n  As a pilot user\n  I want to know how I did\n  So that I get better\n"
GOOD = """
  Scenario: Every message earns a score
    Given Ben has opened the customer service training
    When Ben answers the customer politely
    Then the customer replies within 3 seconds
    And Ben receives a score
"""


def feature(body: str, header: str = HEADER, path: str = "features/x/a.feature") -> Feature:
    return read(path, header + body)


def scenario(body: str) -> Scenario:
    return feature(body).scenarios[0]


def suite() -> list[Feature]:
    return [read(path, text) for path, text in texts(".feature", below="features")]


def test_what_is_no_gherkin_is_found_with_its_line() -> None:
    broken = read("features/x/a.feature", "Feature: A\n  Scenario: B\n    Given c\n    Whenever d\n")
    found = list(rules.is_gherkin([broken]))
    assert [finding.line for finding in found] == [4]
    assert list(rules.is_gherkin([feature(GOOD)])) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("  Scenario: A\n    Given b\n    Then c\n", "the scenario has no When ('A')"),
        ("  Scenario: A\n    When b\n    And d\n    Then c\n", "a second action: 'd'"),
        ("  Scenario: A\n    When b\n    Then c\n    When d\n    Then e\n", "a second action: 'd'"),
    ],
)
def test_a_scenario_has_one_action(body: str, expected: str) -> None:
    assert whats(rules.one_action(scenario(body))) == [expected]
    assert list(rules.one_action(scenario(GOOD))) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("  Scenario: A\n    When b\n", "does not end with a Then"),
        ("  Scenario: A\n", "does not end with a Then"),
        ("  Scenario: A\n    When b\n    Then c\n    Given d\n    Then e\n", "a Given after a Then"),
        ("  Scenario: A\n    Then c\n    When d\n    Then e\n", "a When after a Then"),
    ],
)
def test_a_scenario_ends_with_its_claim(body: str, expected: str) -> None:
    assert [what for what in whats(rules.has_outcome(scenario(body))) if expected in what]
    assert list(rules.has_outcome(scenario(GOOD))) == []


def test_eight_steps_with_the_background_are_too_many() -> None:
    background = "  Background:\n    Given a\n    And b\n    And c\n    And d\n"
    three = "  Scenario: A\n    Given e\n    When f\n    Then g\n"
    assert list(rules.is_short(scenario(background + three))) == []
    assert whats(rules.is_short(scenario(background + three + "    And h\n"))) == [
        "8 steps (background included), 7 are allowed ('A')"
    ]


def test_a_background_holds_four_states_at_most() -> None:
    long = feature("  Background:\n" + "    Given a\n" * 5 + GOOD).backgrounds[0]
    acting = feature("  Background:\n    When a\n" + GOOD).backgrounds[0]
    good = feature("  Background:\n    Given a\n" + GOOD).backgrounds[0]
    assert whats(rules.background_is_state("f", long)) == ["a background of 5 lines, 4 are allowed"]
    assert whats(rules.background_is_state("f", acting)) == ["a background with an action or a claim: 'a'"]
    assert list(rules.background_is_state("f", good)) == []


def test_titles_are_unique_over_files_rules_and_rows() -> None:
    outline = "  Scenario Outline: {title}\n    When <n> b\n    Then c\n    Examples:\n"
    outline += "      | n |\n      | 1 |\n      | 2 |\n"
    inside_rule = "  Rule: R\n    Scenario: every message  earns a Score\n      When b\n      Then c\n"
    assert len(list(rules.titles_are_unique([feature(GOOD), feature(inside_rule)]))) == 1
    assert len(list(rules.titles_are_unique([feature(outline.replace("{title}", "Rows look alike"))]))) == 1
    assert list(rules.titles_are_unique([feature(GOOD + outline.replace("{title}", "Row <n>"))])) == []


def test_features_that_share_a_title_are_found() -> None:
    twin = feature(GOOD, path="features/x/b.feature")
    assert len(list(rules.feature_titles_are_unique([feature(GOOD), twin]))) == 2
    assert list(rules.feature_titles_are_unique([feature(GOOD)])) == []


def test_an_outline_without_rows_is_found() -> None:
    empty = "  Scenario Outline: A\n    When <n>\n    Then c\n    Examples:\n      | n |\n"
    assert whats(rules.outline_has_rows(scenario(empty))) == ["an outline without examples ('A')"]
    assert list(rules.outline_has_rows(scenario(GOOD))) == []


def test_a_header_without_a_reason_is_found() -> None:
    assert whats(rules.header_says_why(feature(GOOD, header="Feature: A\n  Just one line\n"))) == [
        "the header does not say who wants this and why"
    ]
    assert list(rules.header_says_why(feature(GOOD))) == []


def test_fifteen_scenarios_are_too_many_and_none_is_too_few() -> None:
    many = "".join(f"  Scenario: A{number}\n    When b\n    Then c\n" for number in range(15))
    assert whats(rules.file_is_small(feature(many))) == ["15 scenarios, 14 are allowed"]
    assert whats(rules.file_is_small(feature(""))) == ["a feature without a scenario"]
    assert list(rules.file_is_small(feature(GOOD))) == []


def test_the_features_keep_their_shape() -> None:
    features = suite()
    assert features, "features/ holds no feature"
    findings = [*rules.is_gherkin(features), *rules.titles_are_unique(features)]
    findings += rules.feature_titles_are_unique(features)
    for one in features:
        findings += [*rules.header_says_why(one), *rules.file_is_small(one)]
        for background in one.backgrounds:
            findings += rules.background_is_state(one.path, background)
        for own in one.scenarios:
            for rule in (rules.one_action, rules.has_outcome, rules.is_short, rules.outline_has_rows):
                findings += rule(own)
    assert_none(findings)
