"""Connections: how they open and end, what they may count, what is said to broken frames, when the dead are noticed."""

from dataclasses import replace

import pytest

from countersign.expect.broken_frames import Broken, Told, TooLarge, ended_for_its_size, told_and_still_heard
from countersign.expect.medassist.alarm_windows import Alarm, alarmed_once
from countersign.expect.medassist.connections import (
    Counted,
    Visit,
    closed_cleanly,
    counted_rightly,
    greeted_by_its_session,
    kept_out,
)
from countersign.expect.medassist.heartbeat import Quiet, ended_as_dead, stays_open_for
from countersign.systems.medassist.knocking import Knock
from countersign.systems.medassist.socket import Frame
from expect.telling import told


def frame(kind: str, **payload: object) -> Frame:
    return Frame(kind, payload, "2026-11-20T10:00:00Z", 0.0, None, {})


GREETING = frame("status", status="connected", session_id="s1", last_sequence=0, heartbeat_interval=30)


@pytest.mark.parametrize(
    ("greeting", "wrong"),
    [
        (GREETING, ""),
        (frame("pong"), "it opened with pong"),
        (replace(GREETING, payload={**GREETING.payload, "session_id": "s2"}), "it opened with the session 's2'"),
        (
            replace(GREETING, payload={**GREETING.payload, "last_sequence": None}),
            "it opened with last_sequence None, expected a number",
        ),
        (
            replace(GREETING, payload={**GREETING.payload, "heartbeat_interval": 0}),
            "it announced no time between two signs of life",
        ),
    ],
)
def test_a_chat_opens_with_the_state_of_its_session(greeting: Frame, wrong: str) -> None:
    assert told(greeted_by_its_session(), Visit(greeting, "s1", (), 1000)) == wrong


def test_a_chat_is_closed_in_good_order() -> None:
    assert told(closed_cleanly(), Visit(GREETING, "s1", (), 1000)) == ""
    assert told(closed_cleanly(), Visit(GREETING, "s1", (), 1006)) == "it ended with 1006"


def test_a_stranger_is_kept_out() -> None:
    assert told(kept_out(), Knock("an unknown session", "the opening was answered with 403", True)) == ""
    assert told(kept_out(), Knock("an unknown session", "it was opened and greeted with status", False)) == (
        "at the door of an unknown session it was opened and greeted with status"
    )


def test_open_connections_are_counted_and_closed_ones_are_not() -> None:
    assert told(counted_rightly(), None) == ""
    assert told(counted_rightly(), Counted(50, 2, 52, 2)) == ""
    assert "52 after they were closed" in told(counted_rightly(), Counted(50, 2, 52, 52))
    assert "2 with 50 more open" in told(counted_rightly(), Counted(50, 2, 2, 2))


ERROR = Told("error", "INVALID_FORMAT", "Send one JSON object.")
BROKEN = Broken("a list", "INVALID_FORMAT", (ERROR,), 0.01)


@pytest.mark.parametrize(
    ("broken", "wrong"),
    [
        (BROKEN, ""),
        (replace(BROKEN, frames=()), "a list brought no word"),
        (replace(BROKEN, frames=(), ping=None), "a list brought no word and left a dead connection"),
        (replace(BROKEN, frames=(ERROR, ERROR)), "a list brought error, error"),
        (replace(BROKEN, wanted="", frames=(Told("error", "", "Send one object."),)), ""),
        (replace(BROKEN, wanted="UNSUPPORTED_TYPE"), "a list brought the error 'INVALID_FORMAT', expected UNSUPPORTED"),
        (replace(BROKEN, frames=(Told("error", "INVALID_FORMAT"),)), "a list brought an error without words"),
        (replace(BROKEN, ping=None), "a list left a dead connection"),
        (replace(BROKEN, ping=0.7), "after a list the next ping took 0.70 s"),
        (replace(BROKEN, closed=1011), "a list had the connection closed with 1011"),
    ],
)
def test_a_broken_frame_brings_one_error_and_the_connection_lives(broken: Broken, wrong: str) -> None:
    message = told(told_and_still_heard(0.5), broken)
    assert message.startswith(wrong) if wrong else message == ""


def test_a_frame_that_is_too_large_ends_its_connection_alone() -> None:
    assert told(ended_for_its_size(), TooLarge(True, 1009, True)) == ""
    assert "exactly the largest size" in told(ended_for_its_size(), TooLarge(False, 1009, True))
    assert told(ended_for_its_size(), TooLarge(True, 1006, True)) == "the connection ended with 1006"
    assert "had no answer" in told(ended_for_its_size(), TooLarge(True, 1009, False))


LIVING, DEAD = Quiet(1.0, 4.0, (1.0, 2.0, 3.0), None), Quiet(1.0, 2.1, (1.0,), 4408)


def test_a_quiet_living_connection_is_kept() -> None:
    assert told(stays_open_for(4), LIVING) == ""
    assert told(stays_open_for(4), replace(LIVING, pings=())).startswith("it was asked 0 times in 4 intervals")
    assert (
        told(stays_open_for(4), replace(LIVING, ended=4408, seconds=2.0))
        == "it was closed with 4408 after 2.0 intervals"
    )
    assert "announced were 1 s" in told(stays_open_for(4), replace(LIVING, pings=(0.1, 1.0, 2.0)))
    assert told(stays_open_for(4), replace(LIVING, seconds=1.0)) == "it was watched for 1.0 intervals only"


def test_a_dead_connection_is_ended_in_time() -> None:
    assert told(ended_as_dead(2, 3), DEAD) == ""
    assert told(ended_as_dead(2, 3), replace(DEAD, ended=None, seconds=4.0)) == (
        "it was still open after 4.0 intervals, asked 1 times"
    )
    assert told(ended_as_dead(2, 3), replace(DEAD, ended=1006)) == "it was closed with 1006 after 2.1 intervals"
    assert told(ended_as_dead(2, 3), replace(DEAD, seconds=3.4)) == "it was closed after 3.4 intervals"


def test_an_emergency_is_shown_once_in_every_window() -> None:
    assert told(alarmed_once(), Alarm("tab 1", ("red_flag_alert", "par_ready"))) == ""
    assert told(alarmed_once(), Alarm("tab 1", ("red_flag_alert", "red_flag_alert"))) == (
        "tab 1 showed 2 times the advice and 0 times the news of a report"
    )
