"""The matcher for texts with a personal word."""

import pytest
from hamcrest import assert_that

from countersign.expect.marked import MarkedText, only_its_owner


def text_of_ben(text: str) -> MarkedText:
    return MarkedText("Ben", "a reply", "heron-1", {"Emma": "otter-1"}, text)


def test_only_its_owner() -> None:
    assert_that(text_of_ben("My own word is heron-1."), only_its_owner())
    with pytest.raises(AssertionError, match=r"a reply of Ben holds the word of Emma: 'heron-1 and otter-1'"):
        assert_that(text_of_ben("heron-1 and otter-1"), only_its_owner())
    with pytest.raises(AssertionError, match="does not hold the own word 'heron-1'"):
        assert_that(text_of_ben("Nothing of the kind."), only_its_owner())
