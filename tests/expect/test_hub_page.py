"""A page of the hub for everybody: focus, looks, progress, what is heard, names."""

from dataclasses import replace
from typing import Any

import pytest
from hamcrest import assert_that

from countersign.expect.modelhub import page_focus, page_looks, page_progress
from countersign.expect.modelhub.page_focus import Landing, Operated, Tours
from countersign.expect.modelhub.page_looks import Look, Looks, StateSeen
from countersign.expect.modelhub.page_progress import (
    Complaint,
    EventsTold,
    PartTold,
    ProgressSeen,
    Told,
    ToldPercent,
)
from countersign.systems.pages.model import BarLook, Control, Labelled, Placed, Rested, Said, SeenText
from countersign.transport.browser import Tour, TourStop

from .telling import told

FIRST = TourStop(0, "button 'Pause'", 0, 20, True, True)
SECOND = TourStop(1, "button 'Cancel'", 0, 20, True, True)
THERE, BACK = Tour((FIRST, SECOND), ()), Tour((SECOND, FIRST), ())
TOURS = Tours(THERE, BACK)
USED = Operated((Control("button", "Pause t2v"), Control("option", "t2v")), ("Pause ti2v",), ("ti2v", "t2v"))
RESTED = Rested("Cancel t2v", 31.0, 60, (), 0)

USUAL = Look(
    "the usual look",
    (Placed("Pause t2v", ""),),
    (SeenText("Pause", 4.5, 16),),
    0,
    (StateSeen("t2v", "paused", "paused"),),
)
LARGE = replace(USUAL, way="large text", texts=(SeenText("Pause", 4.5, 32),))
LOOKS = Looks(USUAL, (LARGE,), ("large text",))

BAR = ProgressSeen(
    "t2v",
    (BarLook(2.0, 10, "10 %"), BarLook(4.0, 20, "20 %")),
    (ToldPercent(0.1, 0.2, 8), ToldPercent(2.0, 2.1, 12), ToldPercent(4.0, 4.1, 20)),
)
PAUSED = Told("a pause", "t2v", ("pause",), ("t2v is paused.",))
REFUSED = Complaint("a refusal", "It is blocked.", ("Unblock it.",), ("It is blocked. Unblock it.",))
SPOKEN = [Said(at, "status", "polite", f"t2v: {at} %") for at in (1.0, 6.0, 12.0)]
PART = PartTold("t2v", "paused", (Control("button", "Pause t2v"),), "t2v Status: paused")

ORDER, USE, LAND = page_focus.in_page_order(), page_focus.all_operated(1), page_focus.well_landed()
REST = page_focus.left_alone(30, 50)
LOST, WIDE, STRONG = page_looks.nothing_lost(), page_looks.no_sideways_scrolling(), page_looks.standing_out(4.5)
GROWN, STILL, WORDS = page_looks.text_grown(), page_looks.still("large text"), page_looks.states_in_words(["paused"])
CALLED = page_looks.called_as_seen()
TIME, EVENTS, WHY = page_progress.in_time(2, 2), page_progress.told_of(["a pause"]), page_progress.explained()
QUIET, NAMED = page_progress.not_chattering(["t2v"], 5, 3), page_progress.told_by_name(["button"])


def with_large(**changes: Any) -> Looks:
    """Give the looks with something else about the one with large text."""
    return replace(LOOKS, others=(replace(LARGE, **changes),))


@pytest.mark.parametrize(
    ("matcher", "item"),
    [
        (ORDER, TOURS),
        (page_focus.seen_at_every_stop(), TOURS),
        (USE, USED),
        (LAND, [Landing("Pause", ("Resume",), "Resume")]),
        (REST, RESTED),
        (LOST, LOOKS),
        (WIDE, LOOKS),
        (STRONG, LOOKS),
        (GROWN, LOOKS),
        (STILL, LOOKS),
        (WORDS, LOOKS),
        (CALLED, [Labelled("button", "Pause", "Pause t2v"), Labelled("button", "", "Close")]),
        (TIME, BAR),
        (EVENTS, EventsTold([PAUSED])),
        (WHY, [REFUSED]),
        (QUIET, SPOKEN),
        (NAMED, [PART]),
    ],
)
def test_what_is_right_matches(matcher: Any, item: Any) -> None:
    assert_that(item, matcher)


@pytest.mark.parametrize(
    ("matcher", "item", "words"),
    [
        (ORDER, Tours(Tour((), ()), BACK), "the keyboard came to no stop"),
        (ORDER, Tours(replace(THERE, missed=("action-pause",)), BACK), "it never comes to action-pause"),
        (ORDER, Tours(Tour((FIRST, replace(SECOND, after=False)), ()), BACK), "it goes up to button 'Cancel'"),
        (ORDER, Tours(Tour((replace(FIRST, top=30, bottom=50), SECOND), ()), BACK), "it goes up to button 'Cancel'"),
        (ORDER, Tours(THERE, THERE), "back it comes to button 'Cancel' instead of button 'Pause'"),
        (ORDER, Tours(THERE, Tour((SECOND,), ())), "back it comes to"),
        (
            page_focus.seen_at_every_stop(),
            Tours(Tour((replace(FIRST, visible=False),), ()), BACK),
            "it does not show at button 'Pause'",
        ),
        (USE, replace(USED, used=()), "there was nothing to be done with the button 'Pause t2v'"),
        (page_focus.all_operated(2), USED, "there were only 1"),
        (LAND, [Landing("Pause", ("Resume",), "")], "after 'Pause' it was on '' instead of 'Resume'"),
        (LAND, [], "nothing was used"),
        (REST, replace(RESTED, moves=("nothing",)), "it went from 'Cancel t2v' to nothing"),
        (REST, replace(RESTED, shuffles=2), "the rows changed their order 2 times"),
        (REST, replace(RESTED, seconds=12.0), "it was watched for 12.0 seconds only"),
        (REST, replace(RESTED, updates=3), "the page changed 3 times only"),
        (LOST, with_large(controls=()), "with large text 'Pause t2v' is lost"),
        (LOST, with_large(controls=(Placed("Pause t2v", "is covered"),)), "with large text 'Pause t2v' is covered"),
        (LOST, replace(LOOKS, others=()), "in one way only"),
        (WIDE, with_large(too_wide=40), "it is 40 pixels too wide with large text"),
        (STRONG, with_large(texts=(SeenText("Pause", 2.0, 32),)), "1 do less: 'Pause' by 2.00 with large text"),
        (STRONG, with_large(texts=()), "no text was seen"),
        (GROWN, with_large(texts=(SeenText("Pause", 4.5, 16),)), "'Pause' stays at 16 pixels"),
        (GROWN, with_large(texts=(SeenText("Other", 4.5, 32),)), "no text was seen both"),
        (GROWN, replace(LOOKS, enlarged=()), "nobody asked for larger text"),
        (STILL, with_large(moving=("width of fill",)), "there moves width of fill"),
        (page_looks.still("calm"), LOOKS, "nobody asked for it"),
        (WORDS, with_large(states=(StateSeen("t2v", "paused", "||"),)), "t2v is paused, and the page says '||'"),
        (page_looks.states_in_words(["queued"]), LOOKS, "nothing was queued"),
        (CALLED, [Labelled("button", "Pause", "Item t2v")], "the button 'Pause' is named 'Item t2v'"),
        (CALLED, [Labelled("button", "", "Close")], "no words were seen"),
        (TIME, replace(BAR, bar=(BarLook(4.5, 10, "10 %"),)), "1 of 1 looks were not: one showed 10 for t2v"),
        (TIME, replace(BAR, bar=(BarLook(1.9, 13, "13 %"),)), "one showed 13 for t2v"),
        (TIME, replace(BAR, bar=(BarLook(2.0, 10, "soon"),)), "is no figure in 'soon'"),
        (page_progress.in_time(2, 3), BAR, "it was seen with 2 values only"),
        (EVENTS, EventsTold([], "no button"), "a pause did not come about: no button"),
        (EVENTS, EventsTold([replace(PAUSED, heard=("it is paused",))]), "a pause of t2v was not; heard: it is paused"),
        (WHY, [replace(REFUSED, alerts=("No.",))], "it lacks 'It is blocked.'"),
        (WHY, [replace(REFUSED, alerts=("It is blocked.",))], "it does not say what to do next"),
        (WHY, [], "there was no error"),
        (
            QUIET,
            [SPOKEN[0], Said(3.0, "status", "polite", "t2v: 3 %"), SPOKEN[2]],
            "it was told again after 2 seconds",
        ),
        (QUIET, SPOKEN[:2], "progress was heard 2 times only"),
        (NAMED, [replace(PART, nodes=(Control("button", "Pause"),))], "a button of t2v is named 'Pause'"),
        (NAMED, [replace(PART, text="t2v")], "t2v is paused, and it is told as 't2v'"),
        (NAMED, [replace(PART, nodes=())], "no button was found for any model"),
        (NAMED, [], "no button was found for any model"),
    ],
)
def test_what_is_wrong_is_told(matcher: Any, item: Any, words: str) -> None:
    assert words in told(matcher, item)
