"""The token buckets and the checks of a trainee's line."""

from typing import Any

import pytest

from reference.chattrain.limits import RateLimiter
from reference.chattrain.validating import LineRefused, Validator


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def accepted(limiter: RateLimiter, calls: int, user: str = "ben") -> int:
    return sum(limiter.take(user) is None for _ in range(calls))


def test_it_starts_with_twenty(clock: Clock) -> None:
    assert accepted(RateLimiter(20, 5, clock), 30) == 20


def test_it_refills_twenty_a_minute_and_holds_twenty_five(clock: Clock) -> None:
    limiter = RateLimiter(20, 5, clock)
    assert accepted(limiter, 20) == 20
    clock.now += 15
    assert accepted(limiter, 10) == 5
    clock.now += 600
    assert accepted(limiter, 40) == 25


def test_thirty_lines_within_ten_seconds(clock: Clock) -> None:
    limiter = RateLimiter(20, 5, clock)
    passed = 0
    for _ in range(30):
        passed += accepted(limiter, 1)
        clock.now += 10 / 30
    assert 20 <= passed <= 25


def test_users_do_not_affect_each_other(clock: Clock) -> None:
    limiter = RateLimiter(20, 5, clock)
    assert accepted(limiter, 50, "ben") == 20
    assert accepted(limiter, 1, "Ben") == 1


def test_a_refusal_says_how_long_to_wait(clock: Clock) -> None:
    limiter = RateLimiter(20, 5, clock)
    accepted(limiter, 20)
    wait = limiter.take("ben")
    assert wait == 3
    clock.now += wait
    assert limiter.take("ben") is None


def test_a_token_can_be_given_back(clock: Clock) -> None:
    limiter = RateLimiter(20, 5, clock)
    accepted(limiter, 20)
    limiter.give_back("ben")
    assert accepted(limiter, 2) == 1


@pytest.mark.parametrize(
    "content", [None, 5, [], {}, True, "", "   ", "\n\t\r\n", "a\ud800b", "x" * 2001, "x" * 11_000]
)
def test_lines_that_are_refused(content: Any) -> None:
    with pytest.raises(LineRefused):
        Validator(2000, 1000).line_of({"type": "user_message", "content": content})


def test_a_line_without_content_is_refused() -> None:
    with pytest.raises(LineRefused):
        Validator(2000, 1000).line_of({"type": "user_message"})


@pytest.mark.parametrize(
    "content", ["x" * 2000, " a ", "😀", "こんにちは", "<b>hi</b>", "select the option -- thanks", "\"'\\", "é" * 2000]
)
def test_lines_that_pass_unchanged(content: str) -> None:
    assert Validator(2000, 1000).line_of({"content": content}) == content


@pytest.mark.parametrize("metadata", [None, [], "x", 5, {"a": "x" * 1000}])
def test_metadata_that_is_refused(metadata: Any) -> None:
    with pytest.raises(LineRefused):
        Validator(2000, 1000).line_of({"content": "hello", "metadata": metadata})


def test_metadata_that_passes() -> None:
    assert Validator(2000, 1000).line_of({"content": "hello", "metadata": {"a": "x" * 900}}) == "hello"
