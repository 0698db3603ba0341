"""Scores and the bands they belong to."""

import pytest
from hamcrest import assert_that

from countersign.errors import SuiteError
from countersign.expect.chattrain.scores import (
    JudgedAnswer,
    Ladder,
    averaging,
    in_band,
    in_its_band,
    never_falling,
    one_score,
)
from expect.frames import said_of


@pytest.mark.parametrize(
    ("band", "inside", "outside"),
    [
        ("at most 30", (0, 30), (31,)),
        ("below 50", (49,), (50, 100)),
        ("at least 90", (90, 100), (89,)),
        ("40 to 70", (40, 70), (39, 71)),
    ],
)
def test_a_band_holds_its_ends_as_its_words_say(band: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    assert all(in_band(score, band) for score in inside)
    assert not any(in_band(score, band) for score in outside)


def test_other_words_are_no_band() -> None:
    with pytest.raises(SuiteError, match="'about 40' is no band"):
        in_band(40, "about 40")


def test_an_answer_outside_its_band_is_named_with_what_it_earned() -> None:
    assert_that(JudgedAnswer("nonsense", "asdf", "at most 30", 0), in_its_band())
    broken = JudgedAnswer("nonsense", "asdf", "at most 30", 60)
    assert said_of(in_its_band(), broken) == "nonsense ('asdf') earned 60 points, allowed is at most 30"


def test_a_keyword_that_lowers_the_score_is_named() -> None:
    assert_that(Ladder("claims", ("sorry", "help"), (0, 12, 12)), never_falling())
    fallen = Ladder("claims", ("sorry", "help"), (0, 12, 9))
    assert said_of(never_falling(), fallen) == "claims: adding 'help' lowered the score from 12 to 9"


def test_one_score_is_one_score_as_often_as_said() -> None:
    assert_that((47, 47, 47), one_score(3))
    assert said_of(one_score(3), (47, 40, 47)) == (
        "given 3 times it got 2 different scores: 40 (1 times), 47 (2 times)"
    )
    assert not one_score(3).matches((47, 47))
    assert not one_score(3).matches(())


def test_an_average_is_told_with_its_number_of_scores() -> None:
    assert_that([93, 89], averaging("at least 80", "Emma's answers"))
    assert said_of(averaging("at least 80", "Emma's answers"), [93, 47]) == "the average is 70.0 over 2 scores"
    assert said_of(averaging("below 50", "careless answers"), []) == "careless answers brought no score at all"
