"""What the matchers of the two pages take, and what they say of what they do not take."""

from types import SimpleNamespace
from typing import Any

import pytest
from hamcrest import assert_that

from countersign.expect.medassist.page_queue import (
    Narrowed,
    ShownAsTyped,
    holding_the_texts,
    leaving_what_matches,
    refusing_without_texts,
    showing_as_typed,
    staying_in_view,
    telling,
)
from countersign.expect.page_access import PartsSeen, without_barriers
from countersign.expect.page_announcing import (
    Change,
    DialogFocus,
    announcing,
    in_and_out,
    saying_the_urgency,
)
from countersign.systems.pages.model import LiveRegion

NAME, COMPLAINT = "Pia <b>Bold</b>", "Toothache <script>x</script>"
TYPED = ShownAsTyped(NAME, COMPLAINT, NAME, COMPLAINT, f"Report {NAME}\n{COMPLAINT}")
QUIET, NEWS = LiveRegion("status", "polite", ""), LiveRegion("status", "polite", "New report: Pia, urgent.")
CONNECTED = LiveRegion("status", "polite", "Connected")
DECIDED: dict[str, Any] = {"reviewed": True, "approved": False, "override_reason": "why", "override_assessment": "what"}


def told(after: LiveRegion, words: str = "", before: LiveRegion = QUIET) -> list[Change]:
    return [Change("the new report", words, (before,), (after,))]


def test_what_is_right_matches() -> None:
    assert_that(Narrowed("urgency Routine", "Paul", wanted=False, shown=False), leaving_what_matches())
    assert_that(TYPED, showing_as_typed())
    assert_that(SimpleNamespace(still_waiting=True, dialog_stayed=True), refusing_without_texts())
    assert_that(SimpleNamespace(**DECIDED), holding_the_texts("why", "what"))
    assert_that(("Call 911", "Call 911 now"), staying_in_view("911"))
    assert_that("A nurse decided.\n See a  dentist today.", telling("See a dentist today.", "the assessment"))
    assert_that(told(NEWS, "Pia"), announcing())
    assert_that(DialogFocus(True, True, True, True), in_and_out())
    assert_that(["Immediate", "Report\nUrgent"], saying_the_urgency())
    assert_that(PartsSeen({"the queue": ()}), without_barriers(["the queue"], "barrier"))


@pytest.mark.parametrize(
    ("matcher", "item", "words"),
    [
        (leaving_what_matches(), Narrowed("red_flags True", "Paul", True, False), "the report of Paul is missing"),
        (leaving_what_matches(), Narrowed("words Pia", "Paul", False, True), "the report of Paul is still shown"),
        (showing_as_typed(), ShownAsTyped(NAME, COMPLAINT, "Pia Bold", COMPLAINT, ""), "the name in the queue"),
        (showing_as_typed(), ShownAsTyped(NAME, COMPLAINT, NAME, COMPLAINT, NAME), "the complaint in the report"),
        (refusing_without_texts(), SimpleNamespace(still_waiting=False, dialog_stayed=True), "was decided"),
        (refusing_without_texts(), SimpleNamespace(still_waiting=True, dialog_stayed=False), "was closed"),
        (holding_the_texts("why", "what"), SimpleNamespace(**{**DECIDED, "override_reason": None}), "its reason"),
        (holding_the_texts("why", "what"), SimpleNamespace(**{**DECIDED, "approved": True}), "approved True"),
        (staying_in_view("911"), ("Call 911", ""), "gone in the end"),
        (staying_in_view("911"), ("Call us", "Call 911"), "the alert says"),
        (telling("See a dentist", "the assessment"), "Please wait", "it says"),
        (telling("", "the assessment"), "anything", "it says"),
        (announcing(), [], "nothing changed"),
        (announcing(), told(LiveRegion("status", "off", NEWS.text)), "the new report stayed silent"),
        (announcing(), told(NEWS, before=NEWS), "the new report stayed silent"),
        (announcing(), told(NEWS, "Paul"), "the new report stayed silent"),
        (announcing(), told(CONNECTED), "the new report stayed silent"),
        (in_and_out(), DialogFocus(went_in=False), "stayed outside"),
        (in_and_out(), DialogFocus(True, False), "left the dialog"),
        (in_and_out(), DialogFocus(True, True, False), "did not come back"),
        (in_and_out(), DialogFocus(True, True, True, False), "was lost"),
        (saying_the_urgency(), ["Immediate", "!!"], "no word in '!!'"),
        (saying_the_urgency(), [], "no urgency was shown"),
        (without_barriers(["the queue"], "barrier"), PartsSeen({"the queue": ("label",)}), "the queue: label"),
    ],
)
def test_what_is_wrong_is_told(matcher: Any, item: Any, words: str) -> None:
    with pytest.raises(AssertionError) as told_of:
        assert_that(item, matcher)
    assert words in str(told_of.value)
