"""Critical and slow follow from what a scenario proves and how it runs."""

import pytest
from behave.parser import parse_feature
from behave.tag_expression import make_tag_expression

from countersign.suite.derived_tags import add_derived_tags

FEATURE = """
@chattrain
Feature: F
  @CT-API-01
  Scenario: a must
    When a
  @CT-API-01 @load
  Scenario: a long must
    When a
  @CT-NOPE-99 @fault
  Scenario: proves nothing
    When a
"""


@pytest.mark.parametrize(
    ("expression", "chosen"),
    [
        ("@critical", ["a must", "a long must"]),
        ("@slow", ["a long must", "proves nothing"]),
        ("@critical and not @slow", ["a must"]),
    ],
)
def test_they_select(expression: str, chosen: list[str]) -> None:
    feature = parse_feature(FEATURE, filename="features/f.feature")
    add_derived_tags([feature])
    add_derived_tags([feature])
    wanted = make_tag_expression(expression)
    found = [each for each in feature.walk_scenarios() if wanted.evaluate(each.effective_tags)]
    assert [each.name for each in found] == chosen
    assert all(len(set(each.tags)) == len(each.tags) for each in feature.walk_scenarios())
