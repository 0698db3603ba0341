"""The five other ways of writing, each as the contract words it (section 6.1)."""

import pytest

from countersign.errors import SuiteError
from countersign.journeys.medassist.assessment.rewriting import rewritten


@pytest.mark.parametrize(
    ("way", "result"),
    [
        ("", "I can't sleep at all."),
        ("all capitals", "I CAN'T SLEEP AT ALL."),
        ("curly apostrophes", "I can\u2019t sleep at all."),
        ("doubled and non-breaking blanks", "I  can't\u00a0sleep  at\u00a0all."),
        ("a polite greeting in front", "Hello, I need some help. I can't sleep at all."),
        ("another complaint behind", "I can't sleep at all. I also have a runny nose."),
    ],
)
def test_a_message_is_written_in_another_way(way: str, result: str) -> None:
    assert rewritten("I can't sleep at all.", way) == result


def test_an_unknown_way_is_named() -> None:
    with pytest.raises(SuiteError, match="'verse' is no known way of writing"):
        rewritten("I can't sleep", "verse")
