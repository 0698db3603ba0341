"""The owner's words: what must be found, what must be left alone, then the features of this suite."""

import pytest

from . import rules_words as rules
from .finding import Finding, assert_none, whats
from .gherkin_reading import read
from .repository import texts


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Ben opens the URL of the training", "URL"),
        ("the answer has status code 404", "status code"),
        ("the answer is valid JSON", "JSON"),
        ("the answer carries a retry header", "header"),
        ("the score field is set", "field"),
        ("the list is verified", "verified"),
        ("Ben tests the chat", "tests"),
        ("Ben checks that it works", "checks"),
        ("the customer should reply", "should"),
        ("the customer shouldn't reply", "shouldn't"),
        ("Ben sends a POST to the list", "POST"),
        ("Ben is answered 404", "404"),
        ("Ben gets a 422 and is told why", "422"),
        ("no answer is a 5xx", "5xx"),
        ("I answer the customer", "I"),
        ("Ben reads my score", "my"),
        ("we see the list", "we"),
        ("Ben gets a session_start first", "session_start"),
        ("Ben gets RATE_LIMIT_EXCEEDED", "RATE_LIMIT_EXCEEDED"),
        ("the sessionId is new", "sessionId"),
        ("Ben calls reload()", "reload()"),
        ("Ben opens /api/health", "/api/"),
        ("Ben opens http://example.org", "http://"),
        ("Ben sends {} to the chat", "{"),
        ('Ben writes "session_start" into the chat', "session_start"),
        ("the customer's reply is null", "null"),
    ],
)
def test_words_of_the_wire_are_found(sentence: str, word: str) -> None:
    assert any(repr(word) in what for what in whats(rules.plain("f", 1, sentence))), whats(
        rules.plain("f", 1, sentence)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "the customer replies within 3 seconds",
        "95 of 100 answers arrive within 3 seconds",
        "at least 200 calls are made",
        "memory grows by less than 200 MB",
        "of 500 operations fewer than 5 percent fail",
        "a message of 2000 characters is accepted",
        "the latest score is shown, the greatest contest too",
        "Ben reads the documents beside the chat",
        'Ben writes "Please check your email, I verify it in the next field."',
        "Ben sends <number> lines at once",
        "the database is away for 10 seconds",
        "the customer's first-time question is answered",
        "the headerless page and the wheat fieldwork stay",
        "Ben sees a score of 91.8 on average",
        "each trainee and/or operator is told",
        "the postman posts a letter, Ben gets it and the operator puts it away",
    ],
)
def test_words_of_the_owner_are_left_alone(sentence: str) -> None:
    assert whats(rules.plain("f", 1, sentence)) == []


def test_titles_steps_backgrounds_and_text_blocks_are_read_but_tables_are_not() -> None:
    text = (
        "Feature: A\n  Background:\n    Given the URL is known\n  Scenario: Verify it\n    When a person writes\n"
        '      """\n      {"a": 1}\n      """\n    Then these are refused\n      | JSON |\n      | 404  |\n'
    )
    found = list(rules.owner_words(read("f", text).scenarios[0]))
    assert [finding.line for finding in found] == [4, 3, 5]


def test_the_features_speak_the_owners_language() -> None:
    findings: list[Finding] = []
    for path, text in texts(".feature", below="features"):
        feature = read(path, text)
        findings += rules.plain(path, feature.line, feature.title)
        for scenario in feature.scenarios:
            findings += rules.owner_words(scenario)
    assert_none(findings)
