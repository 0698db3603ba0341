"""Percentiles by nearest rank, against values computed by hand."""

import pytest

from countersign.load.percentiles import mean, percentile


def test_it_is_a_value_that_was_observed() -> None:
    assert percentile([0.4, 0.1, 0.3, 0.2], 50) == 0.2
    assert percentile([0.4, 0.1, 0.3, 0.2], 51) == 0.3
    assert percentile([15, 20, 35, 40, 50], 30) == 20


@pytest.mark.parametrize(("count", "rank"), [(1, 1), (20, 19), (30, 29), (100, 95), (200, 190)])
def test_the_95th_leaves_at_most_five_of_100_above(count: int, rank: int) -> None:
    assert percentile(list(range(1, count + 1)), 95) == rank


def test_one_slow_answer_of_ten_decides_the_95th_and_not_the_90th() -> None:
    times = [0.1] * 9 + [3.5]
    assert percentile(times, 95) == 3.5
    assert percentile(times, 90) == 0.1
    assert percentile(times, 100) == 3.5


def test_nothing_observed_has_no_percentile_and_no_average() -> None:
    with pytest.raises(ValueError, match="no observations"):
        percentile([], 95)
    with pytest.raises(ValueError, match="no observations"):
        mean([])
    with pytest.raises(ValueError, match="no percentage"):
        percentile([1.0], 0)


def test_the_average_is_exact() -> None:
    assert mean([0.1] * 10) == 0.1
