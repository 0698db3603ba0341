"""Texts that must hold nothing of something."""

from hamcrest import assert_that, is_not
from hamcrest.core.string_description import StringDescription

from countersign.expect.traces import Place, Trace, free_of

CARD = Trace.of("the card number of row 'x'", "4000 1234 5678 9010")


def test_a_clean_place_fits() -> None:
    assert_that([Place("the log", "nothing here, not even 4000 1234")], free_of([CARD], "numbers"))


def test_a_find_is_named_with_its_place_and_never_quoted() -> None:
    places = [Place("the log", "clean"), Place("call 2", "paid by 4000\n1234 5678 9010")]
    matcher, said = free_of([CARD], "numbers"), StringDescription()
    assert not matcher.matches(places)
    matcher.describe_mismatch(places, said)
    assert str(said) == "call 2 holds the card number of row 'x'"


def test_text_is_found_in_any_letter_case_and_as_json_writes_it() -> None:
    line = Trace.of("the line", 'I only see "invalid"')
    assert_that([Place("a frame", r'{"a": "i ONLY see\n\"invalid\""}')], is_not(free_of([line], "lines")))


def test_nothing_searched_or_nothing_to_look_for_proves_nothing() -> None:
    said = StringDescription()
    assert not free_of([CARD], "numbers").matches([])
    assert not free_of([], "numbers").matches([Place("the log", "x")])
    free_of([CARD], "numbers").describe_mismatch([], said)
    assert "no place to search" in str(said)
