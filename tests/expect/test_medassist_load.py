"""Matchers for load on the medical assistant: a good example of each, and every way to lack it."""

import json
from itertools import pairwise

import pytest

from countersign.errors import LineClosed
from countersign.evidence.operations import Operation
from countersign.expect.error_rate import fair_failures, fewer_than_one_in_a_thousand_failed
from countersign.expect.medassist.rush import Asked, answered_each_for_itself, served_or_refused_politely
from countersign.expect.most_within import most_within
from countersign.journeys.medassist.models.prediction_rush import most_at_once
from countersign.load.steps import steps_of
from countersign.transport.flight import Landed

from .telling import answer, told

WORDS = ("rush-0001", "rush-0002")
GOOD, BAD = Operation("Pia", "a message", 0.0, 0.1), Operation("Paul", "a read", 0.0, 0.1, "was answered 500")


def test_most_within_judges_the_share_and_names_the_slowest() -> None:
    wanted = most_within(19, 20, 2.5, "answers whole")
    assert told(wanted, [1.0] * 19 + [9.0]) == ""
    assert told(wanted, [1.0] * 18 + [2.5, 9.0]) == "18 of 20 were, the slowest took 9.00 s"
    assert told(wanted, [1.0] * 285 + [9.0] * 15) == ""
    assert "284 of 300" in told(wanted, [1.0] * 284 + [9.0] * 16)
    assert told(wanted, []) == "there was none at all"


def test_one_in_a_thousand_is_claimed_only_as_far_as_the_operations_go() -> None:
    wanted = fewer_than_one_in_a_thousand_failed()
    assert told(wanted, [GOOD] * 3000) == ""
    assert "1 of 3001 failed, 0 are fair, the first was Paul: a read" in told(wanted, [*[GOOD] * 3000, BAD])
    assert told(wanted, [*[GOOD] * 9996, *[BAD] * 4]) == ""
    assert "5 of 10000 failed, 4 are fair" in told(wanted, [*[GOOD] * 9995, *[BAD] * 5])
    assert told(wanted, []) == "there was none at all"
    assert [fair_failures(count) for count in (1, 2999, 9999, 10_000)] == [0, 0, 0, 4]


def asked(number: int, *, text: str | None = None, request_id: str = "", status: int = 200) -> Asked:
    body = {
        "request_id": request_id or f"id-{number}",
        "model_version": "1.0.0",
        "route": "active",
        "outputs": {"text": WORDS[number] if text is None else text},
        "cache_hit": False,
        "fallback": False,
    }
    return Asked(WORDS[number], WORDS, answer(status, json.dumps(body).encode()), None, 0.5, True)


def test_each_prediction_is_answered_for_itself() -> None:
    wanted = answered_each_for_itself(2)
    assert told(wanted, [asked(0), asked(1)]) == ""
    assert told(wanted, [asked(0)]) == "there were only 1"
    assert "1 of 2 were not answered, the first was told 500" in told(wanted, [asked(0), asked(1, status=500)])
    assert told(wanted, [asked(0, text=WORDS[1]), asked(1)]) == "the prediction for rush-0001 holds the input rush-0002"
    assert "does not hold it" in told(wanted, [asked(0, text="something"), asked(1)])
    assert "2 of them bear the same number id-0" in told(wanted, [asked(0), asked(1, request_id="id-0")])
    gone = Asked(WORDS[1], WORDS, None, LineClosed("closed in the middle"), 0.5, True)
    assert "was told closed in the middle" in told(wanted, [asked(0), gone])


@pytest.mark.parametrize(
    ("came", "lack"),
    [
        (Asked("a", ("a",), answer(200), None, 9.9, True), ""),
        (Asked("a", ("a",), answer(503, retry_after="2"), None, 0.1, True), ""),
        (Asked("a", ("a",), answer(503), None, 0.1, True), "refused without a waiting time"),
        (Asked("a", ("a",), answer(500), None, 0.1, True), "it was told 500"),
        (Asked("a", ("a",), None, LineClosed("gone"), 0.1, True), "nothing came: gone"),
    ],
)
def test_a_prediction_is_served_or_refused_politely(came: Asked, lack: str) -> None:
    assert lack in told(served_or_refused_politely(), came)
    assert bool(lack) == bool(told(served_or_refused_politely(), came))


def test_the_most_requests_under_way_at_one_moment_are_counted() -> None:
    def flights(*spans: tuple[float, float]) -> list[Landed]:
        return [Landed(sent, ended, None) for sent, ended in spans]

    assert most_at_once(flights((0, 5), (1, 5), (2, 5))) == 3
    assert most_at_once(flights(*pairwise(range(5)))) == 1


def test_the_steps_of_mixed_traffic_are_read_from_the_sentence() -> None:
    assert steps_of("1, then 5, 10, 20 and in the end 50") == [1, 5, 10, 20, 50]
