"""Others go on as long as one thing lasts, and no longer."""

import pytest

from countersign.errors import ContractBroken
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace


def count(going_on: GoingOn) -> int:
    pace, times = Pace(every=0.01), 0
    while going_on():
        pace.wait()
        times += 1
    return times


def lasts() -> str:
    pace = Pace(every=0.1)
    pace.wait()
    pace.wait()
    return "done"


def test_others_are_told_when_it_is_over() -> None:
    result, [first, second] = meanwhile(lasts, [count, count], within=5)
    assert result == "done"
    assert first.get() >= 3
    assert second.get() >= 3


def test_an_error_of_what_lasts_ends_the_others_and_is_raised() -> None:
    def fails() -> None:
        raise ContractBroken("it broke")

    with pytest.raises(ContractBroken, match="it broke"):
        meanwhile(fails, [count], within=5)


def test_an_error_of_one_of_the_others_is_its_own() -> None:
    def stumbles(going_on: GoingOn) -> int:
        raise ContractBroken("I stumbled")

    result, [stumbled, counted] = meanwhile(lasts, [stumbles, count], within=5)
    assert (result, counted.ok) == ("done", True)
    assert str(stumbled.error) == "I stumbled"
