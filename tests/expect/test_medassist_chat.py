"""What patients type, what they get back, and what is kept: each matcher with a good and a broken example."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hamcrest import assert_that

from countersign.expect.inputs import Entered, EnteredByOneWay, clearly_refused, kept_exactly, taken
from countersign.expect.medassist.answers import (
    Answered,
    acknowledged_once,
    acknowledged_while_an_answer_ran,
    answered_once_in_order,
    whole_in_pieces,
)
from countersign.expect.medassist.kept_talk import Line, ReadAgain, reads_as_said, same_in_pages_of, timed_as_said
from countersign.expect.medassist.told_to_ai import ToldToTheAi, told_everything_said, told_nothing_of_others
from countersign.systems.medassist.chat import Sent
from countersign.systems.medassist.sessions import History
from countersign.systems.medassist.socket import Frame
from countersign.systems.scripted_ai import AiCall
from expect.medassist_frames import acknowledged, frame, message
from expect.telling import told

LETTER = Entered("a letter", "in the chat", "x", taken=True)
NOTHING = Entered("nothing", "in the chat", "", taken=False, refusal="VALIDATION_ERROR", reason="Too short.")


def test_inputs_are_taken_or_clearly_refused() -> None:
    assert_that(LETTER, taken())
    assert told(taken(), NOTHING) == "nothing (in the chat) was refused: VALIDATION_ERROR Too short."
    assert_that(NOTHING, clearly_refused())
    assert told(clearly_refused(), LETTER) == "a letter (in the chat) was taken"
    assert "answered with 500" in told(clearly_refused(), replace(NOTHING, refusal="500"))
    assert told(clearly_refused(), replace(NOTHING, reason=" ")).endswith("without a word")


def test_exactly_what_was_taken_is_kept() -> None:
    both = EnteredByOneWay("in the chat", (LETTER, NOTHING), ("x",))
    assert_that(both, kept_exactly(["a letter"]))
    assert told(kept_exactly(["a letter"]), replace(both, kept=("X",))).startswith("a letter (in the chat) is not kept")
    assert told(kept_exactly(["a letter"]), replace(both, kept=("x", ""))).startswith("2 messages are kept")
    assert told(kept_exactly(["emoji"]), replace(both, kept=())) == "nothing of the kind was typed"


def answer(number: int, content: str, at: float) -> list[Frame]:
    """Make the two pieces and the whole of an answer."""
    whole = {"message_id": f"r{number}", "in_reply_to": f"m{number}", "content": content, "fallback": False}
    return [
        frame("streaming", at, token=content[:2], sequence=0),
        frame("streaming", at, token=content[2:], sequence=1),
        frame("streaming_complete", at, **whole),
    ]


SENT = (Sent("one", "c1", 0.0), Sent("two", "c2", 0.0))
FRAMES = (acknowledged(number=1), acknowledged(number=2), *answer(1, "one!", 1.0), *answer(2, "two!", 2.0))
TALK = Answered(SENT, FRAMES, ("one", "two"), (True,), running=0, meanwhile=(1,))


def test_every_message_is_acknowledged_once_when_it_is_stored() -> None:
    assert_that(TALK, acknowledged_once(2))
    assert told(acknowledged_once(2), replace(TALK, frames=(FRAMES[0], *FRAMES))).startswith(
        "message 1 was acknowledged 2"
    )
    assert "could not be read" in told(acknowledged_once(2), replace(TALK, stored=(False,)))
    same = replace(FRAMES[1], payload={**FRAMES[1].payload, "sequence": 1})
    assert "do not rise: [1, 1]" in told(acknowledged_once(2), replace(TALK, frames=(FRAMES[0], same, *FRAMES[2:])))


def test_every_message_gets_one_answer_of_its_own_in_order() -> None:
    assert_that(TALK, answered_once_in_order())
    doubled = replace(TALK, frames=(*FRAMES, FRAMES[-1]))
    assert told(answered_once_in_order(), doubled).startswith("message 2 got 2 answers")
    turned = replace(TALK, frames=(*FRAMES[:2], *answer(2, "two!", 1.0), *answer(1, "one!", 2.0)))
    assert told(answered_once_in_order(), turned) == "answer 1 in the order of coming is that of message 2"
    swapped = replace(TALK, frames=(*FRAMES[:2], *answer(1, "two!", 1.0), *answer(2, "one!", 2.0)))
    assert told(answered_once_in_order(), swapped) == "the answer to message 1 is that of message 2"
    stray = replace(TALK, frames=(*FRAMES, *answer(9, "nine", 3.0)))
    assert told(answered_once_in_order(), stray) == "3 answers came for 2 messages"
    early = replace(TALK, frames=(*FRAMES[:2], *answer(1, "one!", 0.05), *FRAMES[5:]))
    assert told(answered_once_in_order(), early) == "message 1 was answered before it was acknowledged"


def test_pieces_are_the_whole() -> None:
    assert_that(TALK, whole_in_pieces())
    other = frame("streaming", 1.0, token="xx", sequence=0)
    assert "was said as 'xxe!'" in told(whole_in_pieces(), replace(TALK, frames=(*FRAMES[:2], other, *FRAMES[3:])))
    assert told(whole_in_pieces(), replace(TALK, frames=(*FRAMES, other))) == "1 pieces came after the last answer"
    assert told(whole_in_pieces(), replace(TALK, frames=())) == "no answer came"


def test_messages_are_acknowledged_while_an_answer_runs() -> None:
    assert_that(TALK, acknowledged_while_an_answer_ran(1))
    late = replace(FRAMES[1], arrived=1.5)
    waited = replace(TALK, frames=(FRAMES[0], *FRAMES[2:5], late, *FRAMES[5:]))
    assert told(acknowledged_while_an_answer_ran(1), waited) == "message 2 was acknowledged after the running answer"


def call(*texts: tuple[str, str]) -> AiCall:
    """Make a call of the AI."""
    messages = ({"role": "system", "content": "Ask."}, *({"role": role, "content": text} for role, text in texts))
    return AiCall(1, "m:1.0.0", 0.0, 0, messages, "echo")


def test_the_ai_is_told_this_session_and_no_other() -> None:
    said = (("user", "a1"), ("assistant", "b1"), ("user", "a2"))
    good = ToldToTheAi("Pia", said, ("z1",), (call(*said),))
    assert_that(good, told_everything_said(2))
    assert_that(good, told_nothing_of_others())
    assert "was not told 2 of 3 texts, the first is 'a1'" in told(
        told_everything_said(2), replace(good, calls=(call(said[2]),))
    )
    assert "in another order" in told(told_everything_said(2), replace(good, calls=(call(*reversed(said)),)))
    assert told(told_everything_said(2), replace(good, calls=())).startswith("the AI was not asked")
    strange = replace(good, calls=(call(("user", "z1"), *said),))
    assert told(told_nothing_of_others(), strange) == "for Pia the AI was told 'z1' of another session"
    assert told(told_nothing_of_others(), replace(good, strange=()))


NOW = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)
LINES = (Line("user", "hello", NOW), Line("assistant", "hi", NOW))
STORED = (message("user", "hello", 1), message("assistant", "hi", 2))
WHOLE = History(STORED, 2, "s1")
AGAIN = ReadAgain(LINES, WHOLE, (History(STORED[:1], 2, "s1"), History(STORED[1:], 2, "s1"), History((), 2, "s1")))


def test_a_conversation_reads_back_as_it_was_said() -> None:
    assert_that(AGAIN, reads_as_said(1))
    one = (STORED[0], replace(STORED[1], sequence=1))
    assert told(reads_as_said(1), replace(AGAIN, whole=replace(WHOLE, messages=one))).endswith("are numbered 1, 1")
    other = (STORED[0], replace(STORED[1], content="ho"))
    assert "text 2 reads 'ho' (assistant), said was 'hi'" in told(
        reads_as_said(1), replace(AGAIN, whole=replace(WHOLE, messages=other))
    )
    assert told(reads_as_said(1), replace(AGAIN, whole=replace(WHOLE, messages=STORED[:1]))) == (
        "1 of 2 texts are read back"
    )


def test_times_are_true_and_pages_make_up_the_whole() -> None:
    assert_that(AGAIN, timed_as_said(5))
    assert_that(AGAIN, same_in_pages_of(1))
    late = tuple(replace(line, seen_at=NOW + timedelta(hours=2)) for line in LINES)
    assert "7200 s off" in told(timed_as_said(5), replace(AGAIN, lines=late))
    zoned = (replace(STORED[0], created_at="2026-11-20T12:00:00+02:00"), STORED[1])
    assert "does not say that it is UTC" in told(timed_as_said(5), replace(AGAIN, whole=replace(WHOLE, messages=zoned)))
    assert told(same_in_pages_of(1), replace(AGAIN, pages=AGAIN.pages[:1])).startswith("the pages hold 1 texts")
    wrong = (replace(AGAIN.pages[0], total=1), *AGAIN.pages[1:])
    assert told(same_in_pages_of(1), replace(AGAIN, pages=wrong)) == "a page tells of 1 texts in all, there are 2"
