"""How messages are judged, and what emergencies set off: each matcher with a good and a broken example."""

from dataclasses import replace

from hamcrest import assert_that

from countersign.expect.medassist.alarms import (
    Alarm,
    advice_kept_behind_the_message,
    advised_before_any_answer,
    answered_all_the_same,
    escalated_to_the_nurses,
)
from countersign.expect.medassist.rewritten import TwoSpellings, emergencies_and_harmless, taken_as_in_plain_words
from countersign.expect.medassist.triage import (
    Judged,
    categories,
    left_in_peace,
    so_many_messages,
    taken_as_an_emergency,
    taken_without_red_flags,
    without_red_flag,
)
from countersign.systems.medassist.report_model import Waiting
from expect.medassist_frames import frame, message, session, turn
from expect.telling import told

FLAGGED = frame("red_flag_alert", 0.2, red_flags=["chest_pain"], message="Call 911 now.")
EMERGENCY = Judged(turn("My chest", "immediate", ["chest_pain"], alert=FLAGGED), session("escalated"), ("chest_pain",))
HARMLESS = Judged(turn("My bill"), session())


def test_red_flags_are_named_in_words() -> None:
    assert categories("chest pain and breathing") == ("chest_pain", "breathing")
    assert categories("no red flag") == ()


def test_an_emergency_has_its_red_flags_and_advice() -> None:
    assert_that(EMERGENCY, taken_as_an_emergency())
    missed = replace(EMERGENCY, turn=turn("My chest"))
    assert told(taken_as_an_emergency(), missed) == (
        "'My chest' was taken as routine without a red flag, it is immediate with chest pain"
    )
    assert "was taken as immediate with bleeding" in told(
        taken_as_an_emergency(), replace(EMERGENCY, turn=turn("My chest", "immediate", ["bleeding"]))
    )
    silent = replace(EMERGENCY, turn=replace(EMERGENCY.turn, alert=None))
    assert told(taken_as_an_emergency(), silent) == "no advice was shown for 'My chest'"
    assert told(taken_as_an_emergency(), replace(EMERGENCY, named=())), "a row without red flags proves nothing"


def test_what_is_harmless_sets_nothing_off() -> None:
    assert_that(HARMLESS, taken_without_red_flags("routine"))
    assert_that(HARMLESS, left_in_peace())
    assert "immediate with chest pain" in told(taken_without_red_flags("routine"), EMERGENCY)
    assert told(left_in_peace(), EMERGENCY) == "emergency advice was shown for 'My chest'"
    assert told(left_in_peace(), replace(HARMLESS, session=session("escalated"))).endswith("is escalated")
    assert told(left_in_peace(), replace(HARMLESS, session=session(has_par=True))).startswith("a report was made")
    assert_that(HARMLESS, without_red_flag("chest pain"))
    assert told(without_red_flag("chest pain"), EMERGENCY)


def test_every_message_has_a_session_of_its_own() -> None:
    other = replace(HARMLESS, session=session(id="s2"))
    assert_that([HARMLESS, other], so_many_messages(2))
    assert told(so_many_messages(2), [HARMLESS, HARMLESS]) == "there were 2 in 1 sessions"


def test_another_spelling_is_judged_alike() -> None:
    plain, same = turn("I can't", "immediate", ["breathing"]), turn("I CAN'T", "immediate", ["breathing"])
    alike = TwoSpellings("emergency", "all capitals", plain, same)
    assert_that(alike, taken_as_in_plain_words())
    assert told(taken_as_in_plain_words(), replace(alike, rewritten=turn("I CAN'T"))) == (
        '"I CAN\'T" (all capitals) was taken as routine without a red flag, '
        "in plain words it is immediate with breathing"
    )
    harmless = TwoSpellings("harmless", "all capitals", turn("bill"), turn("BILL"))
    assert_that([alike, harmless], emergencies_and_harmless(1, 1))
    assert told(emergencies_and_harmless(2, 1), [alike, harmless]) == "there were 1 and 1"
    assert "was taken as routine" in told(emergencies_and_harmless(1, 0), [replace(alike, plain=turn("I can't"))])


def test_an_emergency_is_told_kept_and_queued() -> None:
    answered = {"answer": frame("streaming_complete", 0.5, content="A nurse reads it.", fallback=True)}
    said = replace(EMERGENCY.turn, **answered)
    waiting = Waiting("r", "s1", "p", "P", "c", "immediate", ("chest_pain",), True, "pending", None, 0.0, "now")
    history = (message("user", "My chest", 1), message("system", "Call 911 now.", 2))
    alarm = Alarm(
        said, self_harm=False, without_ai=True, session=session("escalated"), history=history, waiting=waiting
    )
    advised = advised_before_any_answer("911", "988")
    for matcher in (
        advised,
        advice_kept_behind_the_message(),
        answered_all_the_same(),
        escalated_to_the_nurses(),
    ):
        assert_that(alarm, matcher)
    assert told(advised, replace(alarm, self_harm=True)).endswith("does not name 988: 'Call 911 now.'")
    assert "began before the advice" in told(
        advised, replace(alarm, turn=replace(said, pieces=(frame("streaming", 0.1, token="A"),)))
    )
    assert "no advice was shown" in told(advised, replace(alarm, turn=replace(said, alert=None)))
    assert told(advice_kept_behind_the_message(), replace(alarm, history=history[:1])).startswith("nothing is stored")
    assert told(
        answered_all_the_same(), replace(alarm, turn=replace(said, answer=frame("x", content="A", fallback=False)))
    )
    assert told(escalated_to_the_nurses(), replace(alarm, waiting=None)).startswith("no report")
    assert told(escalated_to_the_nurses(), replace(alarm, session=session())).endswith("is active")
    lower = replace(waiting, urgency="urgent")
    assert "waits as urgent" in told(escalated_to_the_nurses(), replace(alarm, waiting=lower))
