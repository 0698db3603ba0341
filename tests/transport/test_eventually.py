"""The one way to wait."""

import time
from collections.abc import Callable

import pytest

from countersign.errors import ContractBroken, DeadlineExceeded, SystemUnreachable
from countersign.transport import eventually, unless_raised


def becomes_true(after: int, error: type[Exception] = AssertionError) -> tuple[Callable[[], str], list[int]]:
    asked: list[int] = []

    def question() -> str:
        asked.append(1)
        if len(asked) < after:
            raise error(f"look {len(asked)}")
        return "there"

    return question, asked


def test_it_gives_the_answer_as_soon_as_it_holds() -> None:
    question, asked = becomes_true(after=3)
    assert eventually(question, within=5, every=0.01) == "there"
    assert len(asked) == 3


def test_it_reports_the_last_observation_when_the_time_is_up() -> None:
    question, asked = becomes_true(after=10_000)
    began = time.monotonic()
    with pytest.raises(DeadlineExceeded, match=r"waited for the summary: expected within 0.1 s.*last seen: look \d+"):
        eventually(question, within=0.1, every=0.02, what="the summary")
    assert 0.1 <= time.monotonic() - began < 2
    assert 2 <= len(asked) <= 8


def test_it_looks_once_more_when_the_time_is_up() -> None:
    question, asked = becomes_true(after=2)
    assert eventually(question, within=0.05, every=10) == "there"
    assert len(asked) == 2


@pytest.mark.parametrize("error", [ContractBroken, SystemUnreachable, TypeError, KeyError])
def test_anything_but_the_expected_mismatch_ends_the_waiting(error: type[Exception]) -> None:
    question, asked = becomes_true(after=5, error=error)
    with pytest.raises(error):
        eventually(question, within=5)
    assert len(asked) == 1


def test_an_error_can_be_named_as_the_expected_mismatch() -> None:
    question, asked = becomes_true(after=3, error=SystemUnreachable)
    assert eventually(unless_raised(question, SystemUnreachable), within=5, every=0.01) == "there"
    assert len(asked) == 3
