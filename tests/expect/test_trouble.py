"""What a line brings when something is wrong: notices, true scores, honest refusals, and nothing internal."""

from dataclasses import dataclass
from datetime import UTC, datetime

from hamcrest import assert_that

from countersign.expect.chattrain import trouble
from countersign.expect.chattrain.undisturbed import undisturbed
from countersign.expect.plain_words import internal_words
from countersign.systems.chattrain.model import Exchange
from countersign.transport.answer import Answer
from expect.frames import exchange, frame, rated, said_of

PROVIDER = "Rate limit reached for gpt-4o-mini in organization org-4f2 (request with key sk-live-1)"


@dataclass(frozen=True)
class Failure:
    way: str
    calls: int
    most_calls: int


@dataclass(frozen=True)
class Work:
    calls: int
    trouble: str = ""


def notice(
    content: str = "The customer cannot answer right now.", arrived: float = 1.0, error: bool = True
) -> Exchange:
    reply = frame("assistant_message", arrived, content=content, metadata={"error": error} if error else {})
    return exchange(frame("message_received"), reply)


def answer(
    status: int, text: str = '{"detail": "Please come again."}', seconds: float = 0.1, wait: str = "1"
) -> Answer:
    headers = {"retry-after": wait} if wait else {}
    return Answer(status, headers, text.encode(), seconds, datetime.now(UTC))


def test_a_notice_is_marked_in_time_and_polite() -> None:
    matcher = trouble.polite_notice(3)
    assert_that(notice(), matcher)
    assert said_of(matcher, notice(arrived=3.0)) == "for 'hello' it took 3.00 s"
    assert "not marked as standing in" in said_of(matcher, notice(error=False))
    assert "holds 'Rate limit'" in said_of(matcher, notice(PROVIDER))
    assert said_of(matcher, exchange(frame("message_received"))) == (
        "for 'hello' no notice came; what came: message_received"
    )


def test_a_true_score_comes_with_a_comment_in_plain_words() -> None:
    matcher = trouble.truly_rated(43)
    assert_that(rated(score=43), matcher)
    assert said_of(matcher, rated(score=0)) == "for 'hello' the score is 0"
    assert "the comment 'Rate limit reached" in said_of(matcher, rated(score=43, comment=PROVIDER))
    assert "was not rated" in said_of(matcher, notice())


def test_the_ai_is_asked_but_not_too_often() -> None:
    matcher = trouble.not_asked_too_often()
    assert_that(Failure("is overloaded", 2, 2), matcher)
    assert said_of(matcher, Failure("refuses the key", 2, 1)) == (
        "when it refuses the key it was asked 2 times for one line, allowed is once"
    )
    assert "asked 0 times" in said_of(matcher, Failure("is overloaded", 0, 2))


def test_an_honest_refusal_is_one_error_and_no_receipt() -> None:
    matcher = trouble.refused_honestly(3, "SERVICE_UNAVAILABLE")
    error = frame("error", content="This cannot be kept now.", code="SERVICE_UNAVAILABLE")
    assert_that(exchange(error), matcher)
    assert said_of(matcher, exchange(frame("message_received"))) == (
        "for 'hello' it was confirmed (what came: message_received)"
    )
    assert said_of(matcher, exchange()) == "for 'hello' no error came; what came: nothing"
    assert "more than the error came: error, error" in said_of(matcher, exchange(error, error))
    late = frame("error", 3.2, content="Sorry.", code="SERVICE_UNAVAILABLE")
    assert "took 3.20 s" in said_of(matcher, exchange(late))
    other = frame("security_error", content="Sorry.", error_code="VALIDATION_ERROR")
    assert "the error was VALIDATION_ERROR" in said_of(matcher, exchange(other))
    leaking = frame("error", content="sqlite3.OperationalError", code="SERVICE_UNAVAILABLE")
    assert "the error says 'sqlite3.OperationalError'" in said_of(matcher, exchange(leaking))


def test_a_wish_is_turned_away_for_now() -> None:
    matcher = trouble.asked_to_come_again(3)
    assert_that(answer(503), matcher)
    assert "the answer was 200" in said_of(matcher, answer(200))
    assert said_of(matcher, answer(503, seconds=3.5)) == "it took 3.50 s"
    assert said_of(matcher, answer(503, wait="")) == "it does not say when to come again"
    assert "holds 'database is locked'" in said_of(matcher, answer(503, "database is locked"))


def test_a_wrong_request_is_refused_as_the_callers_mistake() -> None:
    matcher = trouble.refused_as_wrong()
    assert_that(answer(422), matcher)
    assert "it was answered 500" in said_of(matcher, answer(500))
    assert "it was answered 422" in said_of(matcher, answer(422, "Traceback (most recent call last)"))


def test_work_goes_on_undisturbed() -> None:
    assert_that(Work(3), undisturbed())
    assert said_of(undisturbed(), Work(2, "answered 500")) == "after 2 good calls: answered 500"
    assert said_of(undisturbed(), Work(0)) == "after 0 good calls: nothing was asked at all"


def test_internal_words_are_told_from_plain_ones() -> None:
    assert internal_words("The customer cannot answer right now. Your message is kept and rated.") == []
    assert internal_words("You used none of the words; please select one from the list.") == []
    assert internal_words("NoneType or None") == ["None"]
    assert internal_words("SELECT id FROM sessions") == ["SELECT id FROM"]
    assert internal_words("Please wait 500 ms") == ["500"]
    for text in (PROVIDER, "KeyError: 'x'", 'File "app.py"', "could not open /app/config", "OpenAI timed out"):
        assert internal_words(text), text
