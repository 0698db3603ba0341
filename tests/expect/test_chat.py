"""Matchers for the chat: greeting, order, what is refused, whom nobody lets in, what the AI was asked."""

import pytest

from countersign.expect.chattrain.aftermath import Aftermath, followed_by_a_rated_line, refused_once
from countersign.expect.chattrain.asked import AiSettings, Asked, asked_under_its_settings, asked_with_the_conversation
from countersign.expect.chattrain.greeting import Joined, greeted_within, told_that_it_is
from countersign.expect.chattrain.sequence import a_receipt_a_reply_and_a_feedback_each, in_the_order_of_sending
from countersign.expect.texts import as_typed
from countersign.systems.chattrain.model import Frame
from countersign.systems.scripted_ai import AiCall

from .frames import frame, rated
from .telling import told

REFUSAL = frame("error", content="This was not understood.", code="INVALID_REQUEST")


def test_a_greeting_is_the_first_word_in_time_and_of_the_right_session() -> None:
    greeting = frame("session_start", session_id=7)
    assert told(greeted_within(1), Joined(7, greeting, 0.2, "active")) == ""
    assert "although nobody had said a word" in told(greeted_within(1), Joined(7, None, 2.0))
    assert "first word was error" in told(greeted_within(1), Joined(7, REFUSAL, 0.2))
    assert "named session 7" in told(greeted_within(1), Joined(8, greeting, 0.2))
    assert "took 1.20 s" in told(greeted_within(1), Joined(7, greeting, 1.2))
    assert told(told_that_it_is("active"), Joined(7, greeting, 0.2, "active")) == ""
    assert "completed" in told(told_that_it_is("active"), Joined(7, greeting, 0.2, "completed"))


def conversation(*kinds: str) -> list[Frame]:
    """Make frames of these kinds (r, a, f: receipt, reply, feedback), numbered in their order."""
    names = {"r": "message_received", "a": "assistant_message", "f": "evaluation_feedback"}
    return [frame(names[kind], message_id=number) for number, kind in enumerate(kinds, 1)]


@pytest.mark.parametrize("kinds", ["rafraf", "rrafaf", "rraaff"])
def test_each_line_has_its_three_messages_in_order(kinds: str) -> None:
    assert told(a_receipt_a_reply_and_a_feedback_each(2), conversation(*kinds)) == ""


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ("rafrfa", "the feedback of line 2 came before its reply"),
        ("arfraf", "the reply of line 1 came before its receipt"),
        ("rafra", "there were 1 feedback(s)"),
        ("rafrrafaf", "there were 3 receipt(s) and 3 reply(s) and 3 feedback(s)"),
    ],
)
def test_what_is_missing_or_out_of_order_is_named(kinds: str, reason: str) -> None:
    assert reason in told(a_receipt_a_reply_and_a_feedback_each(2), conversation(*kinds))


def test_a_doubled_receipt_and_falling_numbers_are_named() -> None:
    doubled = [*conversation("r"), *conversation("r", "a", "f")]
    assert "the receipt of line 1 bore the number 1, which came 2 times" in told(
        a_receipt_a_reply_and_a_feedback_each(1), doubled
    )
    falling = [*conversation("r", "a", "f"), *(frame(kind, message_id=0) for kind in ["message_received"])]
    falling += [frame("assistant_message", message_id=9), frame("evaluation_feedback")]
    assert "receipts do not rise: [1, 0]" in told(a_receipt_a_reply_and_a_feedback_each(2), falling)


def test_answers_belong_to_their_lines() -> None:
    assert told(in_the_order_of_sending("replies"), [("one", "one"), ("two", "two")]) == ""
    assert "line 2 got 'one'" in told(in_the_order_of_sending("replies"), [("one", "one"), ("two", "one")])
    assert "none" in told(in_the_order_of_sending("replies"), [])


def test_an_unusable_message_brings_one_error_and_nothing_else() -> None:
    assert told(refused_once(3), Aftermath("a list", (REFUSAL,), 0.1)) == ""
    assert told(refused_once(3), Aftermath("5 MB", (), 0.1, closed=1009, may_close=True)) == ""
    assert "closed with 1009" in told(refused_once(3), Aftermath("a list", (), 0.1, closed=1009))
    assert "closed with 1006" in told(refused_once(3), Aftermath("5 MB", (), 0.1, closed=1006, may_close=True))
    assert "was accepted" in told(refused_once(3), Aftermath("blank", (frame("message_received"),), 0.1))
    assert "brought error, error" in told(refused_once(3), Aftermath("a list", (REFUSAL, REFUSAL), 0.1))
    assert "brought nothing" in told(refused_once(3), Aftermath("a list", (), 5.0))
    assert "without a word" in told(refused_once(3), Aftermath("a list", (frame("error"),), 0.1))
    assert "after 3.50 s" in told(refused_once(3), Aftermath("a list", (REFUSAL,), 3.5))


def test_the_conversation_goes_on() -> None:
    assert told(followed_by_a_rated_line(), Aftermath("a list", (REFUSAL,), 0.1, next_line=rated())) == ""
    assert "no further line" in told(followed_by_a_rated_line(), Aftermath("a list", (), 5.0))


SETTINGS = AiSettings("Claims", "gpt", 0.7, 200)
EARLIER = (("user", "Hello"), ("assistant", "I had an accident."))


def asked(*said: tuple[str, str], system: str = "Scenario: Claims", temperature: float = 0.7) -> Asked:
    """Make the question for the line "When?" after one exchange, holding these messages."""
    messages = ({"role": "system", "content": system}, *({"role": role, "content": text} for role, text in said))
    return Asked(2, "When?", EARLIER, (AiCall(1, "gpt", temperature, 200, messages, "customer"),), SETTINGS)


def test_the_ai_is_asked_with_everything_said_before() -> None:
    newest = ("user", "When?")
    matcher = asked_with_the_conversation(10)
    assert told(matcher, asked(*EARLIER, newest)) == ""
    assert told(asked_with_the_conversation(1), asked(EARLIER[1], newest)) == ""
    assert "does not name the scenario" in told(matcher, asked(*EARLIER, newest, system="Be kind."))
    assert "0 earlier messages, 2 were said" in told(matcher, asked(newest))
    assert "as earlier message 1" in told(matcher, asked(*reversed(EARLIER), newest))
    assert "does not end with it" in told(matcher, asked(*EARLIER))
    assert "holds it 2 times" in told(matcher, asked(*EARLIER, newest, system="Scenario: Claims. When?"))
    assert "asked 0 times" in told(matcher, Asked(2, "When?", EARLIER, (), SETTINGS))


def test_the_ai_is_asked_under_the_settings_of_the_scenario() -> None:
    assert told(asked_under_its_settings(), asked(("user", "When?"))) == ""
    assert "('gpt', 0.2, 200)" in told(asked_under_its_settings(), asked(("user", "When?"), temperature=0.2))
    assert "was not asked" in told(asked_under_its_settings(), Asked(2, "When?", EARLIER, (), SETTINGS))


def test_texts_arrive_character_for_character() -> None:
    assert told(as_typed("the customer heard"), ("é 😀", "é 😀")) == ""
    assert "from character 3 on" in told(as_typed("the customer heard"), ("é 😀", "é ?"))
    assert "from character 2 on" in told(as_typed("the customer heard"), ("ab", "a"))
