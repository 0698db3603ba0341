"""The end of a training and its summary."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hamcrest import assert_that

from countersign.errors import ContractBroken
from countersign.expect.chattrain import endings
from countersign.expect.chattrain.endings import End, Held, ReadBack, WholeTraining
from countersign.systems.chattrain.model import Summary
from expect.frames import exchange, frame, rated, said_of

BEGAN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SUMMARY = Summary("completed", 2, 70.0, 2.0, "Needs practice.", ("politeness",), ("clarity", "solution"))
QUALITY = {"politeness": 1.0, "empathy": 0.5, "clarity": 0.0, "solution": 0.25}
WHOLE = WholeTraining(
    (rated(score=93, quality=QUALITY), rated(score=47, quality=QUALITY)), SUMMARY, BEGAN, BEGAN + timedelta(seconds=121)
)


def summed_up(**details: Any) -> WholeTraining:
    return replace(WHOLE, summary=replace(SUMMARY, **details))


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (End("", 3.0), "no end was announced within 3 s"),
        (End("abandoned", 0.1), "it ended as abandoned"),
        (End("completed", 4.0), "it was announced after 4.00 s"),
    ],
)
def test_an_end_that_is_missing_wrong_or_late_is_said(end: End, said: str) -> None:
    assert_that(End("completed", 0.1), endings.completed_within(3))
    assert said_of(endings.completed_within(3), end) == said


def test_a_completed_session_has_the_moment_of_its_end() -> None:
    kept: Mapping[str, Any] = {"status": "completed", "completed_at": "2026-11-20T10:02:01Z"}
    assert_that(kept, endings.kept_as("completed"))
    assert_that({"status": "abandoned", "completed_at": None}, endings.kept_as("abandoned"))
    assert said_of(endings.kept_as("completed"), {"status": "active"}) == "it is kept as active"
    with pytest.raises(ContractBroken, match="the end of a completed session is None"):
        endings.kept_as("completed").matches({"status": "completed", "completed_at": None})


def test_a_conversation_that_ends_elsewhere_is_named() -> None:
    assert_that(Held("three answers", "stays active", "stays active"), endings.ended_as_stated())
    broken = Held("three answers", "stays active", "completed by answer 2")
    assert said_of(endings.ended_as_stated(), broken) == (
        "three answers: expected stays active, but completed by answer 2"
    )


def test_a_late_answer_is_refused_with_the_right_reason() -> None:
    assert_that(exchange(frame("error", code="SESSION_COMPLETED")), endings.refused_as_over())
    assert said_of(endings.refused_as_over(), exchange(frame("error", code="UNKNOWN_TYPE"))) == (
        "it was refused as UNKNOWN_TYPE"
    )
    assert said_of(endings.refused_as_over(), rated()) == (
        "the training went on; the answer brought a receipt, a reply, a score"
    )


def test_nothing_is_added_after_the_end() -> None:
    assert_that((8, 8), endings.nothing_added())
    assert said_of(endings.nothing_added(), (8, 9)) == "8 messages were kept before, 9 after"
    assert "no message is shown" in said_of(endings.nothing_added(), (0, 0))


def test_everything_said_is_read_again() -> None:
    said = ("hello", "hi")
    assert_that(ReadBack(said, said, said), endings.reading_all(1))
    assert "in the chat 0 are read" in said_of(endings.reading_all(1), ReadBack(said, (), said))
    assert "beside the chat 2 are read" in said_of(endings.reading_all(1), ReadBack(said, said, ("hi", "hello")))
    assert said_of(endings.reading_all(2), ReadBack(said, said, said)) == "2 lines were said"


def test_a_summary_tells_the_end_and_the_number_of_exchanges() -> None:
    assert_that(SUMMARY, endings.telling_the_end("completed"))
    assert said_of(endings.telling_the_end("abandoned"), SUMMARY) == "it ended as completed"
    assert_that(SUMMARY, endings.covering(2))
    assert said_of(endings.covering(4), SUMMARY) == "it counts 2"


def test_a_right_summary_fits_every_matcher() -> None:
    assert_that(WHOLE, endings.counting_accepted_answers())
    assert_that(WHOLE, endings.averaging_the_scores(0.1))
    assert_that(WHOLE, endings.taking_the_minutes(0.1))
    assert_that(WHOLE, endings.naming_strengths_and_weaknesses())


def test_a_wrong_summary_is_told_with_the_true_figure() -> None:
    assert said_of(endings.counting_accepted_answers(), summed_up(total_exchanges=3)) == (
        "it counts 3 exchanges, 2 answers were accepted"
    )
    assert said_of(endings.averaging_the_scores(0.1), summed_up(average_score=47.0)) == (
        "the scores 93, 47 make 70.00 on average, the summary says 47"
    )
    assert not endings.averaging_the_scores(0.1).matches(summed_up(average_score=70.04)), "more than one decimal"
    assert said_of(endings.taking_the_minutes(0.1), summed_up(completion_time_minutes=0.0)) == (
        "the training took 2.02 minutes, the summary says 0"
    )
    assert said_of(endings.naming_strengths_and_weaknesses(), summed_up(strengths=("empathy",))) == (
        "the answers make politeness the strengths, the summary says empathy"
    )
    assert said_of(endings.naming_strengths_and_weaknesses(), summed_up(improvements=())) == (
        "the answers make clarity, solution the improvements, the summary says none"
    )
