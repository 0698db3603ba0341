"""The plan: who only runs on request, and which systems are run whole."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from behave.parser import parse_feature
from behave.tag_expression import make_tag_expression

from countersign.suite.plan import asked_for, make_plan, select, shuffle, systems_that_run

FEATURE = """
@chattrain
Feature: F
  @CT-API-01 @quick
  Scenario: One
    Given a
  @CT-API-02 @soak
  Scenario: Two
    Given a
  @CT-NOPE-99
  Scenario Outline: Row <n>
    Given <n>
    Examples:
      | n |
      | 1 |
      | 2 |
"""


@pytest.mark.parametrize(
    ("expression", "asked"),
    [
        ("@soak", True),
        ("@quick or @soak", True),
        ("@chattrain and not @soak", False),
        ("not @wip and not @soak", False),
        ("@quick", False),
    ],
)
def test_a_soak_run_must_be_asked_for_by_name(expression: str, asked: bool) -> None:
    assert asked_for("soak", make_tag_expression(expression)) is asked


def selected(tags: str) -> list[str]:
    feature = parse_feature(FEATURE, filename="x.feature")
    config = SimpleNamespace(tag_expression=make_tag_expression(tags), name=None, name_re=None)
    return [scenario.name.partition(" -- ")[0] for scenario in select([feature], config)]


def test_selection_leaves_out_what_is_only_run_on_request() -> None:
    assert selected("@chattrain") == ["One", "Row 1", "Row 2"]
    assert selected("@soak") == ["Two"]


def test_a_system_is_whole_when_all_its_default_scenarios_are_selected(tmp_path: Path) -> None:
    path = tmp_path / "x.feature"
    path.write_text(FEATURE, encoding="utf-8")
    scenarios = parse_feature(FEATURE, filename=str(path)).walk_scenarios()
    default = [scenario for scenario in scenarios if scenario.name != "Two"]
    whole = make_plan(default, tmp_path)
    assert (whole.touched, whole.whole) == (("chattrain",), ("chattrain",))
    part = make_plan(default[:1], tmp_path)
    assert (part.whole, part.left_out) == ((), {})
    other = make_plan(default[1:], tmp_path)
    assert other.left_out == {"CT-API-01": 1}


def test_only_criteria_of_the_catalogue_count_as_criteria() -> None:
    feature = parse_feature(FEATURE, filename="x.feature")
    planned = make_plan(feature.walk_scenarios()).planned
    assert [entry.criteria for entry in planned] == [("CT-API-01",), ("CT-API-02",), (), ()]


def test_a_random_order_follows_from_the_seed_and_loses_nothing() -> None:
    orders = []
    for seed in (1, 1, 2, 3, 4):
        features = [parse_feature(FEATURE, filename=f"{name}.feature") for name in "abcd"]
        shuffle(features, seed)
        orders.append([(feature.filename, each.name) for feature in features for each in feature.run_items])
    assert orders[0] == orders[1]
    assert len({tuple(order) for order in orders}) > 1
    assert all(sorted(order) == sorted(orders[0]) for order in orders)


def test_a_system_whose_scenarios_are_all_unfinished_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "done.feature").write_text("@chattrain\nFeature: F\n  Scenario: One\n    When a\n")
    (tmp_path / "begun.feature").write_text("@medassist @wip\nFeature: G\n  Scenario: Two\n    When a\n")
    assert systems_that_run(tmp_path) == {"chattrain"}
