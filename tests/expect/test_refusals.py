"""Being told that something was too much."""

from datetime import UTC, datetime

import pytest
from hamcrest import assert_that
from hamcrest.core.string_description import StringDescription

from countersign.expect.chattrain.reply_time import replied_within
from countersign.expect.refusals import told_to_wait, told_too_fast
from countersign.systems.chattrain.model import Exchange
from countersign.transport.answer import Answer

from .frames import exchange, frame

TOO_FAST = frame("security_error", error_code="RATE_LIMIT_EXCEEDED", retry_after=3)


def said(matcher: object, item: object) -> str:
    description = StringDescription()
    assert not matcher.matches(item)  # type: ignore[attr-defined]
    matcher.describe_mismatch(item, description)  # type: ignore[attr-defined]
    return str(description)


def test_one_notice_with_the_time_to_wait_fits() -> None:
    assert_that(exchange(TOO_FAST), told_too_fast())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (exchange(), "it brought nothing"),
        (exchange(TOO_FAST, TOO_FAST), "it brought security_error, security_error"),
        (exchange(frame("message_received")), "it brought message_received"),
        (exchange(frame("security_error", error_code="VALIDATION_ERROR")), "for another reason (VALIDATION_ERROR)"),
        (exchange(frame("security_error", error_code="RATE_LIMIT_EXCEEDED")), "no time to wait was told"),
    ],
)
def test_any_other_notice_is_said(line: Exchange, expected: str) -> None:
    assert expected in said(told_too_fast(), line)


def answer(status: int, **headers: str) -> Answer:
    return Answer(status, headers, b"", 0.1, datetime.now(UTC))


def test_an_answer_must_refuse_and_name_the_time() -> None:
    assert_that(answer(429, **{"retry-after": "3"}), told_to_wait())
    assert_that(answer(429, **{"retry-after": "Fri, 20 Nov 2026 21:00:00 GMT"}), told_to_wait())
    assert "no time to wait" in said(told_to_wait(), answer(429, **{"retry-after": "soon"}))
    assert "answered 500" in said(told_to_wait(), answer(500))
    assert "no time to wait" in said(told_to_wait(), answer(429))
    assert "no time to wait" in said(told_to_wait(), answer(429, **{"retry-after": "0"}))


def test_a_reply_in_time_fits_and_a_refused_a_late_and_a_missing_one_are_told_apart() -> None:
    assert_that(exchange(frame("assistant_message", arrived=2.9)), replied_within(3))
    assert said(replied_within(3), exchange(frame("assistant_message", arrived=3.2))) == "the reply took 3.20 s"
    assert said(replied_within(3), exchange(TOO_FAST)) == "the line was refused (RATE_LIMIT_EXCEEDED)"
    assert "no reply came" in said(replied_within(3), exchange(frame("message_received")))
