"""States of a session, words of the AI, reports and consent: each matcher with a good and a broken example."""

from dataclasses import replace

from hamcrest import assert_that

from countersign.expect.medassist.agreeing import (
    Agreed,
    HalfAgreed,
    Unagreed,
    advised_all_the_same,
    chats_at_last,
    not_taken_as_consent,
    refused_for_lack_of_consent,
)
from countersign.expect.medassist.assessment import (
    Assessed,
    complete_report,
    in_the_patients_words,
    made_once,
    made_without_the_ai,
    names_the_symptoms,
)
from countersign.expect.medassist.moves import Knocked, Move, its_end_told_once, made_as_allowed, refused_as_closed
from countersign.expect.medassist.safe_words import Worded, arrives_unchanged, replaced_as_a_whole, seen_nowhere
from countersign.expect.medassist.suggested import Suggested, settled_as, with_the_suggestion_read
from countersign.systems.medassist.report_model import Report
from expect.medassist_frames import frame, message, session, turn
from expect.telling import told

ENDED = session("completed", completed_at="2026-11-20T10:05:00Z")
CLOSING = Move("completed", True, session(), 200, ENDED)


def test_moves_are_made_or_refused_as_the_table_says() -> None:
    assert_that(CLOSING, made_as_allowed())
    assert "was answered 409" in told(made_as_allowed(), replace(CLOSING, status=409, after=session()))
    forbidden = Move("active", False, ENDED, 409, ENDED)
    assert_that(forbidden, made_as_allowed())
    assert told(made_as_allowed(), replace(forbidden, status=200)) == (
        "the forbidden move from completed to active was answered 200"
    )
    assert told(made_as_allowed(), replace(forbidden, after=session())).endswith("left the session active")


def test_an_end_is_told_once() -> None:
    assert_that(CLOSING, its_end_told_once())
    assert "ends at None" in told(its_end_told_once(), replace(CLOSING, after=replace(ENDED, completed_at=None)))
    moved = Move("cancelled", False, ENDED, 409, replace(ENDED, completed_at="2026-11-20T11:00:00Z"))
    assert told(its_end_told_once(), moved).startswith("the try from completed to cancelled changed the end")


def test_a_closed_session_refuses_messages() -> None:
    knocked = Knocked("a new line", "completed", refused=True, outcome="refused", kept=False)
    assert_that(knocked, refused_as_closed())
    assert told(refused_as_closed(), replace(knocked, refused=False, outcome="the message was taken")) == (
        "a new line of a completed session: the message was taken"
    )
    assert told(refused_as_closed(), replace(knocked, kept=True)).endswith("refused, but kept")


WORDS = "You have pneumonia."


def said(content: str, *tokens: str) -> Worded:
    """Make unsafe words of the AI that were answered with `content`, said in these pieces."""
    pieces = tuple(frame("streaming", 0.2, token=token, sequence=number) for number, token in enumerate(tokens))
    shown = turn("Toothache", pieces=pieces, answer=frame("streaming_complete", 0.3, content=content, fallback=False))
    stored = message("assistant", content, 2, filtered=True)
    return Worded(WORDS, "you have pneumonia", shown, (content,), stored, "{}", "withheld")


def test_unsafe_words_are_replaced_and_seen_nowhere() -> None:
    good = said("A nurse will review it.", "A nurse ", "will review it.")
    assert_that(good, replaced_as_a_whole())
    assert_that(good, seen_nowhere())
    assert told(replaced_as_a_whole(), said(WORDS)).endswith("was shown to the patient")
    streamed = said("A nurse will review it.", "You ha", "ve pneumonia.")
    assert "said in pieces was 'You have pneumonia.'" in told(replaced_as_a_whole(), streamed)
    assert told(seen_nowhere(), streamed) == "'you have pneumonia' stands in the pieces of the answer"
    assert told(seen_nowhere(), replace(good, report=WORDS)).endswith("stands in the report")
    assert "names no nurse" in told(replaced_as_a_whole(), said("Sorry."))
    unmarked = replace(good, stored=message("assistant", "A nurse will review it.", 2))
    assert told(replaced_as_a_whole(), unmarked).endswith("is not marked as filtered")
    assert told(seen_nowhere(), replace(good, unsafe=""))


def test_safe_words_arrive_unchanged() -> None:
    text = "When did it start?"
    safe = replace(said(text, text), words=text, unsafe="", stored=message("assistant", text, 2), assessment=text)
    assert_that(safe, arrives_unchanged())
    assert "arrived as" in told(arrives_unchanged(), replace(said("Sorry."), words=text))
    assert told(arrives_unchanged(), replace(safe, assessment="withheld")).startswith("the assessment")
    assert told(arrives_unchanged(), replace(safe, stored=message("assistant", text, 2, filtered=True)))


def report(**changed: object) -> Report:
    """Make a report."""
    whole = Report(
        "r1", "s1", "I cough", ("cough", "sore throat"), "Seen.", "routine", (), 0.6, False, "pending", None, False,
        None, None, None, None, None, None, "1.0.0", "2026-11-20T10:00:00Z", {},
    )  # fmt: skip
    return replace(whole, **changed)


def test_a_report_is_complete_in_own_words_and_made_once() -> None:
    good = Assessed(("I cough", "and my throat hurts"), ("cough", "throat"), report(), report(), (201, 200), 1)
    for matcher in (complete_report(), in_the_patients_words(), names_the_symptoms(2), made_once()):
        assert_that(good, matcher)
    assert told(complete_report(), replace(good, report=report(assessment=" "))) == "it has no assessment"
    assert "confidence is 1.5" in told(complete_report(), replace(good, report=report(confidence=1.5)))
    assert "has not said" in told(in_the_patients_words(), replace(good, report=report(chief_complaint="flu")))
    assert told(names_the_symptoms(2), replace(good, report=report(symptoms=("cough",)))) == (
        "throat is missing in 'cough'"
    )
    assert "another report" in told(made_once(), replace(good, again=report(id="r2")))
    assert told(made_once(), replace(good, waiting=2)) == "2 reports of the session are in the queue"
    assert told(made_without_the_ai(), good) == "it is not marked"
    assert_that(replace(good, report=report(degraded=True, confidence=0.0)), made_without_the_ai())


def test_the_ai_raises_but_never_lowers() -> None:
    settled = Suggested("an emergency", "routine", 0.6, report(urgency="immediate", red_flags=("chest_pain",)))
    assert_that(settled, settled_as("immediate", ["chest_pain"]))
    assert_that(settled, with_the_suggestion_read())
    assert told(settled_as("immediate", ["chest_pain"]), replace(settled, report=report())) == (
        "the report on an emergency, for which the AI suggested routine, is routine without a red flag"
    )
    assert told(with_the_suggestion_read(), replace(settled, confidence=0.1))
    assert told(with_the_suggestion_read(), replace(settled, report=report(degraded=True)))


def test_without_consent_nothing_is_taken_but_advice_is_shown() -> None:
    refused = Unagreed("in the chat", "My chest", True, False, "CONSENT_REQUIRED", "Call 911", False)
    assert_that(refused, refused_for_lack_of_consent())
    assert_that(refused, advised_all_the_same("911"))
    assert "was taken without consent" in told(refused_for_lack_of_consent(), replace(refused, taken=True))
    assert "was kept without consent" in told(refused_for_lack_of_consent(), replace(refused, kept=True))
    assert told(advised_all_the_same("911"), replace(refused, advice="")).startswith("no advice was shown")
    assert told(advised_all_the_same("911"), replace(refused, emergency=False)).startswith("advice was shown")


def test_only_full_consent_opens_the_chat() -> None:
    half = HalfAgreed("ai_use", "left out", 422, still_refused=True)
    assert_that(half, not_taken_as_consent())
    assert told(not_taken_as_consent(), replace(half, status=201)).endswith("left out was answered 201")
    assert told(not_taken_as_consent(), replace(half, still_refused=False)).endswith("opened the chat")
    answered = turn("hello", answer=frame("streaming_complete", 0.3, content="Yes?", fallback=False))
    assert_that(Agreed({"first": answered, "again": answered}), chats_at_last())
    refused = turn("hello", refusal=frame("error", code="CONSENT_REQUIRED"))
    assert told(chats_at_last(), Agreed({"first": answered, "again": refused})) == (
        "again the message was refused: CONSENT_REQUIRED"
    )
