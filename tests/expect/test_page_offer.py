"""The first view of the pilot page: what is offered, what is made up, and errors of the browser."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.page_offer import FirstView, offering_the_real_trainings, without_errors
from countersign.systems.chattrain.model import Scenario
from countersign.systems.chattrain.page_model import ScenarioCard

from .telling import told

REAL = Scenario(1, "claims_v1", "Claims", "A customer had\nan accident.", 30, "beginner", (), 5, {})
CARD = ScenarioCard("Claims", "Claims\nA customer had an accident.\n30 minutes\nBeginner")
VIEW = FirstView(1.0, (CARD,), (REAL,))


def test_the_trainings_of_the_system_with_description_and_duration_fit() -> None:
    assert_that(VIEW, offering_the_real_trainings())
    assert_that([], without_errors())


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (
            replace(VIEW, cards=()),
            "0 are on the page, the system offers 1; missing: 'Claims'; not the system's: nothing",
        ),
        (
            replace(VIEW, cards=(CARD, ScenarioCard("Cooking", ""))),
            "2 are on the page, the system offers 1; missing: nothing; not the system's: 'Cooking'",
        ),
        (
            replace(VIEW, cards=(ScenarioCard("Claims", "Claims\n30 minutes"),)),
            "'Claims' stands there without its description 'A customer had\\nan accident.'",
        ),
        (
            replace(VIEW, offered=(replace(REAL, duration_minutes=45),)),
            "'Claims' is said to take 30 minutes, the system says 45",
        ),
    ],
)
def test_what_is_missing_made_up_or_wrong_is_said(view: FirstView, said: str) -> None:
    assert told(offering_the_real_trainings(), view) == said


def test_the_first_of_several_errors_is_told() -> None:
    assert told(without_errors(), ["x is not defined", "again"]) == "the browser reports 2, the first: x is not defined"
