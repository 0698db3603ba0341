"""A page for everybody: barriers, focus, names, language, announcements, speakers."""

from typing import Any

import pytest
from hamcrest import assert_that

from countersign.expect import page_access
from countersign.expect.page_access import PartsSeen, Spoken, Stated
from countersign.systems.pages.model import Control, LiveRegion
from countersign.transport.browser import FocusStop

from .telling import told

FREE = PartsSeen({"choosing": (), "the chat": ()})
STATED = Stated("en-GB", ("ChatTrain: one", "ChatTrain: two"), ("the", "cat", "is", "red"), frozenset({"the", "is"}))
SPOKEN = [Spoken("Hi", "You", "You"), Spoken("Yes?", "Customer", "Customer")]
PARTS = page_access.without_barriers(["choosing", "the chat"])
FOCUS, NAMES = page_access.visible_focus(), page_access.all_named()
ENGLISH, TITLE = page_access.stating_its_language("en", 0.4), page_access.naming_itself("ChatTrain")
SAID, LABELS = page_access.announced(), page_access.truly_labelled(["You", "Customer"])
STATES = page_access.telling_connection("Connected", "Disconnected")


@pytest.mark.parametrize(
    ("matcher", "item"),
    [
        (PARTS, FREE),
        (FOCUS, [FocusStop("button", "Send", 2, True, ("outline",))]),
        (NAMES, [Control("button", "Send")]),
        (ENGLISH, STATED),
        (TITLE, STATED),
        (SAID, [LiveRegion("the log", "polite")]),
        (LABELS, SPOKEN),
        (STATES, ("Connected", "Disconnected")),
    ],
)
def test_a_page_for_everybody_fits(matcher: Any, item: Any) -> None:
    assert_that(item, matcher)


@pytest.mark.parametrize(
    ("matcher", "item", "said"),
    [
        (PARTS, PartsSeen({"choosing": ("critical: label",)}), "choosing: critical: label"),
        (PARTS, PartsSeen({"choosing": ()}, "no button"), "'the chat' was not reached: no button"),
        (
            page_access.without_barriers(["a"]),
            PartsSeen({"a": ("1", "2", "3", "4")}),
            "a: 1; a: 2; a: 3; and 1 more",
        ),
        (FOCUS, [], "the keyboard came to no stop"),
        (FOCUS, [FocusStop("button", "Send", 2, False, ())], "it does not show at the button 'Send'"),
        (NAMES, [Control("button", "Send"), Control("textbox", " ")], "1 of 2 have none: textbox"),
        (NAMES, [], "no control was seen"),
        (ENGLISH, Stated("de", (), (), frozenset()), "it states 'de'"),
        (
            ENGLISH,
            Stated("en", (), ("die", "the", "ist", "rot"), frozenset({"the"})),
            "only 25% of its words are frequent words of that language",
        ),
        (TITLE, Stated("en", ("ChatTrain", "Untitled"), (), frozenset()), "the title was 'Untitled'"),
        (TITLE, Stated("en", (), (), frozenset()), "no title was seen"),
        (SAID, [LiveRegion("the log", "off"), LiveRegion("it", "polite")], "changes of the log stay silent"),
        (SAID, [], "nothing was looked at"),
        (LABELS, [Spoken("Hi", "Customer", "System")], "'Hi' is labelled Customer, it was said by System"),
        (LABELS, SPOKEN[:1], "nothing of Customer was there"),
        (STATES, ("Connected", "Connected"), "it said Connected, then Connected"),
    ],
)
def test_what_shuts_people_out_is_told(matcher: Any, item: Any, said: str) -> None:
    assert told(matcher, item) == said
