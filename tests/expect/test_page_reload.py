"""Loading the pilot page anew: the same session, the same conversation."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.chattrain.page_reload import LoadedAnew, PageLook, in_the_same_session, showing_the_same

from .telling import told

LOOK = PageLook(("one", "two"), ("hello", "yes", "no"), (80, 90))
ANEW = LoadedAnew(LOOK, LOOK, (7, 7), 1)


def test_a_page_that_comes_back_as_it_was_fits() -> None:
    assert_that(ANEW, in_the_same_session())
    assert_that(ANEW, showing_the_same(2))


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (replace(ANEW, sessions=(7, 8)), "it was in session 7 before and in session 8 afterwards"),
        (replace(ANEW, sessions=(7,)), "no chat greeted the page after it was loaded anew"),
        (replace(ANEW, started=2), "it started 2 sessions"),
    ],
)
def test_another_session_is_told(item: LoadedAnew, said: str) -> None:
    assert told(in_the_same_session(), item) == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (replace(ANEW, after=PageLook((), ("hello",), ())), "0 of 2 lines of the trainee are there afterwards"),
        (replace(ANEW, after=replace(LOOK, scores=(80, 91))), "the scores differ afterwards"),
        (replace(ANEW, before=PageLook((), (), ())), "there were 0 before"),
    ],
)
def test_a_conversation_that_is_not_the_same_is_told(item: LoadedAnew, said: str) -> None:
    assert told(showing_the_same(2), item) == said
