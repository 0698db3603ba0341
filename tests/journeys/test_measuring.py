"""Figures are journaled with the sample they rest on, whether they keep their limit or not."""

from typing import Any

import pytest
from hamcrest import greater_than

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation
from countersign.journeys.measuring import (
    measure_distinct,
    measure_each_percentile,
    measure_longest,
    measure_matching,
    measure_share_failed,
)


class Stage:
    """A stage that only remembers what was measured."""

    def __init__(self) -> None:
        self.measured: list[dict[str, Any]] = []

    def measure(self, name: str, value: float, unit: str, **details: Any) -> float:
        self.measured.append({"name": name, "value": value, "unit": unit, **details})
        return value


def test_the_longest_time_stands_with_all_observations() -> None:
    stage = Stage()
    assert measure_longest(stage, "reply", [0.1, 4.0], below=3, load="1 user", required=2) == 4.0
    (figure,) = stage.measured
    assert (figure["samples"], figure["required_samples"], figure["statistic"]) == (2, 2, "maximum")
    assert (figure["limit"], figure["relation"], figure["series"]) == (3, "below", [0.1, 4.0])


def test_without_an_answer_there_is_no_time() -> None:
    with pytest.raises(SystemFault, match="reply: nothing was answered"):
        measure_longest(Stage(), "reply", [], below=3, load="1 user")


def test_each_part_has_its_own_percentile() -> None:
    stage = Stage()
    parts = {"1 user": [0.1] * 19 + [9.0], "5 users": [0.1] * 18 + [9.0] * 2}
    assert measure_each_percentile(stage, "answer", parts, 95, below=3) == [0.1, 9.0]
    assert [figure["load"] for figure in stage.measured] == ["1 user", "5 users"]
    assert stage.measured[0]["statistic"] == "95th percentile"


def test_failed_operations_are_a_share_of_all() -> None:
    stage = Stage()
    operations = [Operation("Ben", "health", 0.0, 0.1)] * 19 + [Operation("Ben", "health", 0.0, 11.0)]
    assert measure_share_failed(stage, "failed", operations, below=5, load="1 user", required=20) == 5.0
    assert stage.measured[0]["samples"] == 20


def test_what_matches_and_what_differs_is_counted() -> None:
    stage = Stage()
    measure_matching(stage, "large", [1, 5, 9], greater_than(4), count=3)
    measure_distinct(stage, "numbers", [7, 7, 8], count=3)
    assert [(figure["value"], figure["limit"]) for figure in stage.measured] == [(2, 3), (2, 3)]
