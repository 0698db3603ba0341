"""Feedback: whole, fair, and of one mind with the score."""

import pytest
from hamcrest import assert_that

from countersign.expect.chattrain.feedback import (
    QUALITIES,
    LabelledAnswer,
    advised,
    different_comments,
    fairly_counted,
    holding_keyword,
    not_holding_keyword,
    not_praised,
    not_told_to_improve,
    recognised_rightly,
    scored_and_commented,
)
from countersign.systems.chattrain.model import Exchange
from expect.frames import rated, said_of

PRAISE = ("excellent", "great", "good job")
IMPROVING = ("areas to improve", "use the words")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (rated(score=130), "'hello' earned 130 points"),
        (rated(comment="  "), "the comment on 'hello' is empty"),
        (rated(matched=[], missed=[]), "no keyword is named for 'hello', neither found nor missed"),
        (rated(quality=1.5), "'hello' has no rating from 0 to 1 for politeness, empathy, clarity, solution"),
        (rated(quality={name: 1.0 for name in QUALITIES[1:]}), "'hello' has no rating from 0 to 1 for politeness"),
    ],
)
def test_what_is_missing_from_a_feedback_is_said(broken: Exchange, said: str) -> None:
    assert_that(rated(), scored_and_commented())
    assert said_of(scored_and_commented(), broken) == said


def test_the_percentage_has_to_fit_the_keywords() -> None:
    assert_that(rated(matched=["help"], missed=["sorry", "reset"], percentage=33.33), fairly_counted())
    assert said_of(fairly_counted(), rated(percentage=80)) == (
        "'hello': 1 keywords found and 1 missed make 50.00 percent, told are 80"
    )
    assert (
        said_of(fairly_counted(), rated(matched=["help"], missed=["help"])) == "'hello': help is both found and missed"
    )


@pytest.mark.parametrize(
    ("suggestions", "said"),
    [
        ([], "'hello' brought 0 suggestions"),
        (["a", "b", "c", "d"], "'hello' brought 4 suggestions"),
        (["a", " "], "'hello' brought an empty suggestion"),
        (["a", "a "], "'hello' brought the same suggestion twice"),
    ],
)
def test_suggestions_are_few_different_and_not_empty(suggestions: list[str], said: str) -> None:
    assert_that(rated(suggestions=["a", "b", "c"]), advised(1, 3))
    assert said_of(advised(1, 3), rated(suggestions=suggestions)) == said


def test_a_high_score_comes_without_wishes() -> None:
    assert_that(rated(score=95, comment="Excellent answer."), not_told_to_improve(IMPROVING))
    broken = rated(score=95, comment="Excellent.", suggestions=["Use the words reset and help."])
    assert said_of(not_told_to_improve(IMPROVING), broken) == (
        "at 95 points the trainee is told: 'Use the words reset and help.'"
    )


def test_a_low_score_comes_without_praise_and_greatly_is_not_great() -> None:
    assert_that(rated(score=10, comment="This greatly needs improvement."), not_praised(PRAISE))
    assert said_of(not_praised(PRAISE), rated(score=10, comment="Good job!")) == (
        "at 10 points the comment praises: 'Good job!'"
    )


def test_comments_are_counted_once_each() -> None:
    assert_that([rated(comment="a"), rated(comment="b"), rated(comment="a")], different_comments(2))
    assert said_of(different_comments(2), [rated(comment="a")] * 3) == (
        "3 answers brought 1 different comments, for example 'a'"
    )


def test_keywords_are_recognised_as_a_person_does_in_enough_answers() -> None:
    right = LabelledAnswer("HELP", frozenset({"help"}), frozenset({"help"}))
    wrong = LabelledAnswer("helpful", frozenset(), frozenset({"help"}))
    assert_that([right, right, right, right, wrong], recognised_rightly(80))
    assert said_of(recognised_rightly(80), [right, wrong]) == (
        "they were right for 1 of 2 answers; in 'helpful' a person finds none, the system found help"
    )
    assert not recognised_rightly(80).matches([])
    assert_that(right, holding_keyword("help"))
    assert "the system found help" in said_of(not_holding_keyword("help"), wrong)
    assert not holding_keyword("sorry").matches(right)
