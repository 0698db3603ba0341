"""A training on the pilot page: held with the system, shown as sent, summed up as sent."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.chattrain.page_training import (
    Contact,
    Summaries,
    Talk,
    completed_with,
    held_with_the_system,
    showing_what_was_sent,
    summed_up_as_sent,
)
from countersign.systems.chattrain.page_model import PageFeedback, PageSummary

from .telling import told

FRAME = {
    "content": "Good answer.",
    "score": 80,
    "suggestions": ["Name the next step."],
    "metadata": {
        "keyword_matches": {"matched": ["help"], "missed": [], "match_percentage": 100},
        "quality_scores": {"politeness": 0.5},
    },
}
SENT = Talk.sent(["I help."], ["Hello?", "Thanks."], [FRAME])
SHOWN = Talk.shown(
    ["I help."], ["Hello?", "Thanks."], [PageFeedback(80, "Good answer.", ("help",), ("Name the next step.",))]
)
SUMMARY = PageSummary("", {"Exchanges": "1", "Average score": "80"}, ("politeness",), ("Nothing to add: well done.",))
END = {
    "status": "completed",
    "summary": {
        "total_exchanges": 1,
        "average_score": 80.0,
        "completion_time_minutes": 1,
        "overall_feedback": "Good.",
        "strengths": ["politeness"],
        "improvements": [],
    },
}


def test_what_is_shown_as_it_was_sent_fits() -> None:
    assert_that(Contact(1, 1), held_with_the_system())
    assert_that(SHOWN, showing_what_was_sent(SENT, 1))
    assert_that(Summaries(SUMMARY, END), summed_up_as_sent())
    assert_that(SUMMARY, completed_with(1))


def test_a_page_that_never_asked_the_system_is_found() -> None:
    assert told(held_with_the_system(), Contact(1, 0, ("GET /api/scenarios",))) == (
        "the page opened no chat with the system; of the system it asked for GET /api/scenarios"
    )
    assert "started no session" in told(held_with_the_system(), Contact(0, 0))


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (replace(SHOWN, scores=(88,)), "score 1 is 88 on the page, the system sent 80"),
        (replace(SHOWN, replies=("Hello?", "Bye.")), "line of the customer 2 is 'Bye.' on the page"),
        (replace(SHOWN, keywords=((),)), "list of keywords 1 is () on the page, the system sent ('help',)"),
        (replace(SHOWN, suggestions=()), "the page shows 0 times a list of suggestions, the system sent 1"),
    ],
)
def test_the_first_thing_that_differs_is_told(shown: Talk, said: str) -> None:
    assert said in told(showing_what_was_sent(SENT, 1), shown)


def test_too_few_exchanges_prove_nothing() -> None:
    assert told(showing_what_was_sent(SENT, 2), SHOWN) == "the system sent 1 scores to the page"


def test_another_summary_is_told() -> None:
    other = replace(SUMMARY, figures={"Exchanges": "1", "Average score": "90"})
    assert told(summed_up_as_sent(), Summaries(other, END)) == "the average score is 90.0 on the page, 80.0 was sent"
    assert "the system sent no summary" in told(summed_up_as_sent(), Summaries(SUMMARY, None))
    assert told(completed_with(4), SUMMARY) == "it tells of 1"
