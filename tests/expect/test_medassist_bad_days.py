"""Matchers for the medical assistant's bad days: a good example of each, and every way to lack it."""

from dataclasses import replace
from typing import Any

import pytest

from countersign.expect.counted_exactly import Count, counted_exactly
from countersign.expect.medassist.fallback import answered_by_the_ai, honest_fallback
from countersign.expect.medassist.health_picture import alive, all_well, degraded_but_ready, unusable
from countersign.expect.medassist.restored import Inventory, Restored, wholly_restored
from countersign.expect.medassist.turned_away import ChatRefusal, TurnedAway, asked_back_later, refused_and_not_promised
from countersign.systems.medassist.chat import Sent, Turn
from countersign.systems.medassist.health import Picture
from countersign.systems.medassist.socket import Frame

from .telling import answer, told

WORDS = "A nurse will read your message."


def frame(kind: str, arrived: float, **payload: Any) -> Frame:
    return Frame(kind, payload, "2026-11-20T10:00:00Z", arrived, None, {})


def turn(content: str = WORDS, *, fallback: bool = True, after: float = 1.0, pieces: str = "") -> Turn:
    return Turn(
        Sent("I cough", None, 0.0),
        acknowledgement=frame("status", 0.1, message_id="m"),
        pieces=(frame("streaming", 0.5, token=pieces),) if pieces else (),
        answer=frame("streaming_complete", after, content=content, fallback=fallback),
    )


@pytest.mark.parametrize(
    ("came", "lack"),
    [
        (turn(), ""),
        (turn(pieces=WORDS), ""),
        (turn(after=6.0), "it took 6.00 s"),
        (turn(fallback=False), "not marked as standing in"),
        (turn(pieces="How long have"), "half an answer of the AI was shown before: 'How long have'"),
        (turn("Please wait."), "says nothing of a nurse"),
        (replace(turn(), answer=None), "no answer came"),
        (replace(turn(pieces="How"), answer=None), "no answer came, only the pieces 'How'"),
        (Turn(Sent("I cough", None, 0.0)), "not even an acknowledgement"),
        (Turn(Sent("I cough", None, 0.0), refusal=frame("error", 0.1, code="RATE_LIMITED")), "RATE_LIMITED"),
    ],
)
def test_an_honest_answer_in_place_of_the_ai(came: Turn, lack: str) -> None:
    found = told(honest_fallback(6, "nurse"), came)
    assert lack in found
    assert bool(lack) == bool(found)


def test_an_answer_of_the_ai_itself() -> None:
    assert told(answered_by_the_ai(), turn(fallback=False)) == ""
    assert "stands in for the AI" in told(answered_by_the_ai(), turn())
    assert told(answered_by_the_ai(), replace(turn(), answer=None)) == "no answer came"


@pytest.mark.parametrize(
    ("came", "lack"),
    [
        (answer(503, retry_after="5"), ""),
        (answer(503), "turned away without a waiting time"),
        (answer(500), "reading was answered 500"),
        (answer(200), "reading was answered 200"),
        (replace(answer(503, retry_after="5"), seconds=5.0), "turned away after 5.00 s"),
    ],
)
def test_a_wish_is_turned_away_politely(came: Any, lack: str) -> None:
    found = told(asked_back_later(5), TurnedAway("reading", came))
    assert lack in found
    assert bool(lack) == bool(found)


REFUSED = ChatRefusal("an emergency", True, False, "STORAGE_UNAVAILABLE", 1.0, 0.2)


@pytest.mark.parametrize(
    ("came", "lack"),
    [
        (REFUSED, ""),
        (replace(REFUSED, emergency=False, advised_after=None), ""),
        (replace(REFUSED, acknowledged=True), "was acknowledged though nothing can be stored"),
        (replace(REFUSED, code=""), "brought no refusal"),
        (replace(REFUSED, code="VALIDATION_ERROR"), "brought VALIDATION_ERROR"),
        (replace(REFUSED, refused_after=5.0), "was refused after 5.00 s"),
        (replace(REFUSED, advised_after=None), "brought no advice"),
        (replace(REFUSED, advised_after=5.5), "brought its advice after 5.50 s"),
    ],
)
def test_nothing_is_promised_without_a_database(came: ChatRefusal, lack: str) -> None:
    found = told(refused_and_not_promised(5), came)
    assert lack in found
    assert bool(lack) == bool(found)


THINGS = {("report", "r"): "reviewed", ("decision", "1 of report r"): "approved", ("audit entry", "a"): "par_approved"}


def restored(after: dict[tuple[str, str], str], *lost: str, messages: int = 4) -> Restored:
    return Restored(Inventory(THINGS), Inventory(after), messages, lost)


def test_a_restore_brings_everything_back() -> None:
    assert told(wholly_restored(), restored({**THINGS, ("report", "later"): "pending"})) == ""
    without = {key: words for key, words in THINGS.items() if key[0] != "decision"}
    assert told(wholly_restored(), restored(without)) == "1 are missing: decision 1 of report r is gone"
    other = {**THINGS, ("report", "r"): "pending"}
    assert "report r is told as pending, it was reviewed" in told(wholly_restored(), restored(other))
    assert "message m of Pia is gone" in told(wholly_restored(), restored(THINGS, "message m of Pia is gone"))
    assert "and 2 more" in told(wholly_restored(), restored(THINGS, *[f"message {number}" for number in range(5)]))


def test_a_restore_of_nothing_proves_nothing() -> None:
    assert "no message was confirmed" in told(wholly_restored(), restored(THINGS, messages=0))
    empty = Restored(Inventory({}), Inventory({}), 4)
    assert "there was no report before the backup" in told(wholly_restored(), empty)


UP = {"database": "healthy", "model": "healthy", "websocket": "healthy", "queue": "healthy"}
WELL = Picture(200, "healthy", UP, 200, True, 200)
NO_AI = replace(WELL, status="degraded", checks={**UP, "model": "unhealthy"})
DOWN = Picture(503, "unhealthy", {**UP, "database": "unhealthy"}, 503, False, 200)


def test_what_the_health_tells() -> None:
    for fits, wanted in ((WELL, all_well()), (NO_AI, degraded_but_ready()), (DOWN, unusable()), (DOWN, alive())):
        assert told(wanted, fits) == ""
    assert "it said health 'degraded'" in told(all_well(), NO_AI)
    assert told(all_well(), replace(WELL, checks={}))
    assert told(all_well(), replace(WELL, ready=False))
    assert told(degraded_but_ready(), WELL)
    assert told(degraded_but_ready(), replace(NO_AI, ready=False, ready_code=503))
    assert told(degraded_but_ready(), replace(NO_AI, checks=UP))
    assert told(unusable(), WELL)
    assert told(unusable(), replace(DOWN, ready=True))
    assert told(unusable(), replace(DOWN, health_code=200))
    assert told(alive(), replace(DOWN, live_code=0))


def test_a_figure_counts_exactly() -> None:
    assert told(counted_exactly(), Count("messages", 4, 4)) == ""
    assert told(counted_exactly(), Count("messages", 4, 8)) == "4 messages were counted as 8"
    assert told(counted_exactly(), Count("messages", 4, 3)) == "4 messages were counted as 3"
