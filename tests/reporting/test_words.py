"""The words of figures: a short time is written in the unit that shows it."""

import pytest

from countersign.reporting.words import amount


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (2.5, "s", "2.5 s"),
        (0.0412, "s", "41 ms"),
        (0.0, "s", "below 1 ms"),
        (12.5, "minutes", "12.5 minutes"),
        (0.5, "minutes", "30 s"),
        (0.0006, "minutes", "36 ms"),
        (97.3, "of 100", "97.3 of 100"),
        (10.0, "", "10"),
    ],
)
def test_an_amount_reads_well(value: float, unit: str, written: str) -> None:
    assert amount(value, unit) == written
