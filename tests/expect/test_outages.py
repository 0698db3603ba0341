"""Ways back after a drop, the health around an outage, and amounts below their limits."""

from dataclasses import dataclass

from hamcrest import assert_that

from countersign.expect.amounts import below
from countersign.expect.chattrain.returning import back_within
from countersign.expect.limits import lasting
from countersign.expect.outage_told import telling_in_time, telling_of_the_outage, words_of
from countersign.systems.chattrain.model import Health
from expect.frames import said_of

GOOD = Health("healthy", "1.0.0", "2026-11-20T10:00:00Z", {}, 200)
GONE = Health("unhealthy", "1.0.0", "2026-11-20T10:00:00Z", {"database": "down"}, 503)
HALF = Health("healthy", "1.0.0", "2026-11-20T10:00:00Z", {"database": "down"}, 503)


@dataclass(frozen=True)
class Back:
    who: str = "Ben"
    away: float = 30.0
    seconds: float = 0.2
    trouble: str = ""


@dataclass(frozen=True)
class Told:
    seconds: float | None
    last: str


def test_a_return_ends_with_a_greeting_in_time() -> None:
    assert_that(Back(), back_within(3))
    assert said_of(back_within(3), Back(seconds=3.0)) == "Ben, 30 s after the drop, was greeted after 3.00 s"
    assert said_of(back_within(3), Back(trouble="closed with 4004")) == (
        "Ben, 30 s after the drop, could not get back in: closed with 4004"
    )


def test_the_health_tells_in_time_in_word_and_in_kind() -> None:
    matcher = telling_in_time("the database is gone", 5)
    assert_that(Told(1.0, words_of(GONE)), matcher)
    assert said_of(matcher, Told(5.5, words_of(GONE))) == "it told after 5.50 s"
    assert said_of(matcher, Told(None, words_of(GOOD))) == "it went on saying 'healthy' (answered with 200)"
    assert_that(GONE, telling_of_the_outage())
    assert said_of(telling_of_the_outage(), HALF) == "it said 'healthy' (answered with 503)"
    assert said_of(telling_of_the_outage(), GOOD) == "it said 'healthy' (answered with 200)"


def test_amounts_have_units() -> None:
    assert_that(199.9, below(200, "MB", "growth"))
    assert said_of(below(200, "MB", "growth"), 1004.4) == "it was 1,004 MB"
    assert said_of(below(2, "GB", "memory"), 2.0) == "it was 2.0 GB"


def test_a_time_lies_between_two_figures() -> None:
    assert_that(2.0, lasting(2, 5, "the reply"))
    assert said_of(lasting(2, 5, "the reply"), 1.99) == "it took 1.99 s"
    assert said_of(lasting(2, 5, "the reply"), 5.0) == "it took 5.00 s"
