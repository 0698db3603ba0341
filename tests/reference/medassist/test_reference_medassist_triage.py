"""The rules of triage: the worked table whole, its rewritings, and what lies around it."""

import time

import pytest
from triage_table import rows

from reference.medassist.triage.judge import Judge, Judgement

ROWS = rows()
REWRITINGS = {
    "capitals": str.upper,
    "curly apostrophes": lambda text: text.replace("'", "\u2019"),
    "doubled blanks": lambda text: text.replace(" ", "  "),
    "non-breaking blanks": lambda text: text.replace(" ", "\u00a0"),
    "polite words in front": lambda text: f"Hello, I need some help. {text}",
    "a runny nose behind": lambda text: text.rstrip(".!?") + ". I also have a runny nose.",
}


def judged(text: str) -> Judgement:
    return Judge().judge(text)


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 84
    assert {row.urgency for row in ROWS} == {"immediate", "urgent", "routine"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text)
def test_every_row_gives_its_urgency_and_categories(row) -> None:  # type: ignore[no-untyped-def]
    judgement = judged(row.text)
    assert judgement.urgency == row.urgency
    assert set(row.categories) <= set(judgement.red_flags)
    assert not set(row.without) & set(judgement.red_flags)
    if not row.categories:
        assert judgement.red_flags == ()


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=str)
def test_no_rewriting_changes_a_result(rewriting: str) -> None:
    changed = {
        row.text: (judged(row.text), judged(REWRITINGS[rewriting](row.text)))
        for row in ROWS
        if judged(row.text) != judged(REWRITINGS[rewriting](row.text))
    }
    assert changed == {}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I have not slept because of pain in my chest", "chest_pain"),
        ("I can't sleep, there is a heavy weight on my chest", "chest_pain"),
        ("There is no doubt that this is chest pain", "chest_pain"),
        ("I do not know whether it is a stroke", "neurological"),
        ("Zero\u200b-width: chest\u200b pain", "chest_pain"),
        ("No cough, my chest hurts or burns", "chest_pain"),
        ("I dont want to live anymore", "psychiatric"),
        ("Fever of 39,5 C, stiff neck", "infection"),
        ("My newborn has a fever", "paediatric"),
        ("No appetite.\nChest pain", "chest_pain"),
    ],
)
def test_in_doubt_it_is_an_emergency(text: str, category: str) -> None:
    assert category in judged(text).red_flags


@pytest.mark.parametrize(
    "text",
    [
        "I have no chest pain, shortness of breath, or dizziness",
        "My chest does not hurt",
        "I had a flu shot last week",
        "My 2-month-old has a temperature of 37.2 C",
        "My mother has a family history of stroke",
        "Negative for chest pain",
        "I was told to have a blood test after coughing",
        "My appointment is on 8/10/2026",
        "I am not pregnant and have a light bleeding gum",
    ],
)
def test_what_is_denied_past_or_meant_otherwise_is_routine(text: str) -> None:
    assert judged(text) == Judgement("routine")


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("pain 6.9/10", "routine"),
        ("pain 7 / 10", "urgent"),
        ("seven out of ten", "urgent"),
        ("no high fever", "routine"),
        ("fever 39\u00b0C", "urgent"),
        ("temperature 102.2", "urgent"),
        ("temperature 102.1", "routine"),
        ("I am dehydrated", "urgent"),
    ],
)
def test_limits_of_urgency(text: str, urgency: str) -> None:
    assert judged(text).urgency == urgency


def test_flags_stand_in_the_order_of_their_appearance() -> None:
    assert judged("I can't breathe and my chest hurts").red_flags == ("breathing", "chest_pain")


def test_long_messages_are_judged_quickly() -> None:
    began = time.perf_counter()
    judged("chest pain not no never or nor cannot breathe baby fever " * 90)
    assert time.perf_counter() - began < 0.25
