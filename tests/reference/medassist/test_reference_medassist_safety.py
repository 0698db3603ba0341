"""The safety filter: the table of the contract (section 6.4), and what lies around it."""

import pytest

from reference.medassist.chat.safety import REPLACEMENT, SafetyFilter

UNSAFE = (
    "You have pneumonia.",
    "This is a heart attack.",
    "It sounds like you are suffering from migraine.",
    "You should start amoxicillin today.",
    "Take 400 mg of ibuprofen every six hours.",
    "There is nothing to worry about, you do not need a doctor.",
    "Thank you. YOU HAVE diabetes. When did it start?",
    "You probably have the flu.",
    "Your symptoms point to an infection.",
    "Please stop your antibiotics now.",
    "Don\u2019t worry, you are fine.",
    "You have scarlatina.",
    "I suggest some painkillers.",
    "There is no need to call 911.",
)
SAFE = (
    "When did the pain start?",
    "You have told me about your cough. How long have you had it?",
    "Do you already take any medicine, for example 75 mg aspirin?",
    "Please call 911 now.",
    "A nurse will review what you wrote.",
    "Take your time and tell me more.",
    "I cannot give a diagnosis, but I can collect your symptoms.",
    "You have a cough and a fever. Is there anything else?",
    "I see. Could you tell me what happens next?",
    "Good to know. How long will it take?",
    "Fine with me. What would you suggest?",
    "Let me think about that for a moment. Is there another way?",
)


@pytest.mark.parametrize("text", UNSAFE)
def test_an_answer_with_an_unsafe_sentence_is_replaced(text: str) -> None:
    assert SafetyFilter().reply(text) == (REPLACEMENT, True)
    assert SafetyFilter().reply(text.upper()) == (REPLACEMENT, True)


@pytest.mark.parametrize("text", (*SAFE, REPLACEMENT))
def test_questions_calls_for_help_and_plain_words_pass(text: str) -> None:
    assert SafetyFilter().reply(text) == (text, False)
    assert SafetyFilter().reply(text.upper()) == (text.upper(), False)
