"""Markup on the pilot page: shown as text, and never alive."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.page_markup import Liveliness, MarkupTalk, nothing_came_alive, shown_word_by_word

from .telling import told

TALK = MarkupTalk(("<b>hi</b>",), ("<i>ho</i>",), ("<b>hi</b>",), ("Hello?", "<i>ho</i>"), 1)
QUIET = Liveliness((), {"img": 0, "b": 1}, {"img": 0, "b": 1})


def test_markup_that_stays_text_fits() -> None:
    assert_that(TALK, shown_word_by_word())
    assert_that(QUIET, nothing_came_alive())


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (replace(TALK, shown_lines=("hi",)), "the trainee wrote '<b>hi</b>', the page shows 'hi'"),
        (replace(TALK, shown_replies=("Hello?", "ho")), "the customer wrote '<i>ho</i>', the page shows 'ho'"),
        (MarkupTalk((), (), (), ()), "no line was written"),
        (
            replace(TALK, replies=("ho",), asked=1),
            "the AI was asked 1 times for markup, 0 such answers came to the page",
        ),
    ],
)
def test_markup_that_is_not_shown_is_told(talk: MarkupTalk, said: str) -> None:
    assert told(shown_word_by_word(), talk) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (replace(QUIET, dialogs=("alert: run",)), "a window popped up: alert: run"),
        (replace(QUIET, after={"img": 2, "b": 1}), "new elements became part of the page: 2 of the kind 'img'"),
        (replace(QUIET, errors=("x is null",)), "a script of the page failed on it: x is null"),
    ],
)
def test_what_came_alive_is_told(item: Liveliness, said: str) -> None:
    assert told(nothing_came_alive(), item) == said
