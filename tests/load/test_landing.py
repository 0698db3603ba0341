"""A request without a thread is told with its own times, whether an answer came or not."""

from datetime import UTC, datetime

import httpx

from countersign.errors import ContractBroken, DeadlineExceeded, PolitelyRefused
from countersign.load.landing import landing
from countersign.transport.answer import Answer
from countersign.transport.flight import Landed

ANSWER = Answer(200, httpx.Headers(), b"{}", 0.5, datetime(2026, 1, 1, tzinfo=UTC), "hub: GET /")


def test_a_good_answer_is_an_operation_with_the_times_of_the_request() -> None:
    told = landing("Pavel", "a look", Landed(10.0, 10.5, ANSWER), lambda answer: answer.must_be(200))
    assert (told.who, told.what, told.began, told.seconds, told.problem) == ("Pavel", "a look", 10.0, 0.5, "")


def test_what_is_wrong_with_an_answer_is_told() -> None:
    told = landing("Pavel", "a look", Landed(10.0, 10.5, ANSWER), lambda answer: answer.must_be(201))
    assert told.failed
    assert "expected 201" in told.problem
    assert told.seconds == 0.5


def test_a_late_request_keeps_the_time_it_took() -> None:
    told = landing("Pavel", "a look", Landed(10.0, 20.0, None, DeadlineExceeded("too late")), never)
    assert (told.problem, told.began, told.seconds, told.late) == ("too late", 10.0, 10.0, True)


def test_a_polite_refusal_stays_one() -> None:
    def refuses(_: Answer) -> None:
        raise PolitelyRefused("later")

    assert landing("Pavel", "a look", Landed(10.0, 10.5, ANSWER), refuses).refused


def never(_: Answer) -> None:
    raise ContractBroken("there was an answer")
