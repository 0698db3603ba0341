"""Thin steps: what a step may not hold, what it may, then the steps of this suite."""

import pytest

from . import rules_steps as rules
from .finding import assert_none, whats
from .repository import modules

GOOD = '''
from behave import when


@when("{persona} answers the customer politely")
def answer_politely(context, persona):
    """Say it."""
    context.stage.actor(persona).answers(POLITE_ANSWER)
'''


def step(body: str) -> str:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return f'from behave import when\n\n\n@when("Ben answers")\ndef answer(context):\n{lines}\n'


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(f"a{number} = {number}" for number in range(7)),
        "call(\n" + "    1,\n" * 10 + ")",
        '"""Only a docstring."""',
    ],
)
def test_a_step_that_is_no_single_call_is_found(body: str) -> None:
    assert len(list(rules.thin_steps("steps/chat.py", step(body)))) == 1


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("if context.x:\n    go()", "an if"),
        ("go(1 if context.x else 2)", "an if"),
        ("for line in context.table:\n    go(line)", "a loop"),
        ("while go():\n    go()", "a loop"),
        ("try:\n    go()\nfinally:\n    stop()", "a try"),
        ("with go():\n    stop()", "a with"),
        ("go()\nreturn", "a return"),
        ("go([row for row in context.table if row.ok])", "a comprehension with a condition"),
        ("time.sleep(1)", "a sleep"),
        ("go(open('x'))", "an open file"),
        ("match context.x:\n    case 1:\n        go()", "a match"),
    ],
)
def test_what_belongs_in_a_journey_is_found(body: str, name: str) -> None:
    assert f"answer holds {name}" in whats(rules.no_branches("steps/chat.py", step(body)))


def test_a_helper_is_no_hiding_place() -> None:
    helper = "def lines(table):\n    for row in table:\n        go(row)\n    return table\n"
    assert whats(rules.no_branches("steps/chat.py", helper)) == ["lines holds a loop"]


@pytest.mark.parametrize("text", ["import httpx", "from pathlib import Path", "import time", "import json"])
def test_a_step_module_that_talks_is_found(text: str) -> None:
    assert len(list(rules.no_talking("steps/chat.py", text))) == 1


def test_the_same_sentence_twice_is_found() -> None:
    twice = [("steps/chat.py", GOOD), ("steps/again.py", GOOD)]
    assert len(list(rules.one_sentence_once(twice))) == 1
    assert list(rules.one_sentence_once(twice[:1])) == []
    renamed = GOOD.replace("{persona}", "{who}")
    assert len(list(rules.one_sentence_once([("steps/chat.py", GOOD), ("steps/again.py", renamed)]))) == 1


def test_a_thin_step_is_left_alone() -> None:
    for rule in (rules.thin_steps, rules.no_branches, rules.no_talking):
        assert list(rule("steps/chat.py", GOOD)) == []
    listing = step("lines = [row['line'] for row in context.table]\ncontext.stage.actor('Ben').sends(lines)")
    assert list(rules.no_branches("steps/chat.py", listing)) == []


def test_the_steps_are_thin() -> None:
    files = list(modules(below="steps"))
    assert files, "steps/ holds no step"
    findings = [*rules.one_sentence_once(files)]
    for path, text in files:
        for rule in (rules.thin_steps, rules.no_branches, rules.no_talking):
            findings += rule(path, text)
    assert_none(findings)
