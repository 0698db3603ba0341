"""What patients and nurses are told while the database is down, or does not answer."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.medassist.turned_away import ChatRefusal, TurnedAway
from countersign.faults.control import DependencyControl
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.load.together import together
from countersign.systems.medassist.chat import ChatLine
from countersign.transport import Deadline

ASKED_WITHIN = 9.0
"""Longer than the limit, so that a late refusal itself can be measured."""
ALL_WITHIN = 60.0
NO_REPORT = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class Kept:
    """The messages of both patients as they were read."""

    ids: Sequence[str]


@dataclass(frozen=True)
class WithoutDatabase:
    """What came of everything that was asked while the database was stopped, and then while it hung.

    `ready` and `live` are the codes of those routes; `kept` are the messages before and after.
    """

    wishes: Sequence[TurnedAway]
    chats: Sequence[ChatRefusal]
    ready: Sequence[int]
    live: Sequence[int]
    kept: tuple[Sequence[str], Sequence[str]]


def database_down_and_hanging(complaining: Patient, alarmed: Patient, nurse: Nurse) -> WithoutDatabase:
    """Stop the database and ask for everything, give it back, and do so again with a database that hangs."""
    stage = complaining.stage
    control = stage.system().control
    for patient in (complaining, alarmed):
        _ = patient.line
    _ = nurse.api
    before = _kept(complaining, alarmed)
    ready = partial(nurse.api.ask, "GET", "/api/health/ready", token="")
    seen: list[_Look] = []
    ways: list[tuple[str, Callable[[DependencyControl], None]]] = [
        ("stopped", lambda database: database.stop()),
        ("hanging", lambda database: database.pause()),
    ]
    for state, hurts in ways:
        with rolled_back(control, lambda: ready().must_be(200), within=30):
            hurts(control.dependency("database"))
            seen.append(_look(state, complaining, alarmed, nurse))
    return WithoutDatabase(
        [wish for look in seen for wish in look.wishes],
        [chat for look in seen for chat in look.chats],
        [look.ready for look in seen],
        [look.live for look in seen],
        (before, _kept(complaining, alarmed)),
    )


@dataclass(frozen=True)
class _Look:
    wishes: Sequence[TurnedAway]
    chats: Sequence[ChatRefusal]
    ready: int
    live: int


def _look(state: str, complaining: Patient, alarmed: Patient, nurse: Nurse) -> _Look:
    words = personas.material("medassist")["complaints"]
    session, newcomer = f"/api/sessions/{complaining.session.id}", complaining.stranger()
    account = complaining.account
    wishes: list[list[tuple[str, Callable[[], Any]]]] = [
        [
            ("reading a session", lambda: complaining.api.ask("GET", session, within=ASKED_WITHIN)),
            ("reading messages", lambda: complaining.api.ask("GET", f"{session}/messages", within=ASKED_WITHIN)),
            ("opening a session", lambda: complaining.api.sessions.try_open({"metadata": {}}, within=ASKED_WITHIN)),
        ],
        [
            ("reading the queue", lambda: nurse.api.ask("GET", "/api/pars/queue", within=ASKED_WITHIN)),
            ("deciding a report", lambda: nurse.api.reports.try_review(NO_REPORT, {"approved": True})),
        ],
        [("signing in", lambda: newcomer.try_sign_in(account.email, account.password))],
    ]
    jobs: list[Callable[[], Any]] = [partial(_asks, state, own) for own in wishes]
    jobs += [
        partial(_says, state, "a complaint", complaining.line, words["a routine complaint"], emergency=False),
        partial(_says, state, "an emergency", alarmed.line, words["an emergency"], emergency=True),
    ]
    *asked, complaint, emergency = [outcome.get() for outcome in together(jobs, within=ALL_WITHIN)]
    told = [wish for own in asked for wish in own]
    looks = partial(nurse.api.ask, "GET", token="", within=ASKED_WITHIN)
    ready, live = looks("/api/health/ready").status, looks("/api/health/live").status
    return _Look(told, [complaint, emergency], ready, live)


def _asks(state: str, wishes: Sequence[tuple[str, Callable[[], Any]]]) -> list[TurnedAway]:
    return [TurnedAway(f"{what}, the database {state},", ask()) for what, ask in wishes]


def _says(state: str, what: str, line: ChatLine, text: str, *, emergency: bool) -> ChatRefusal:
    seen, sent = len(line.frames), line.say(text)
    deadline = Deadline(ASKED_WITHIN, f"medassist: a word on {what} without database")
    awaited = {"error", "red_flag_alert"} if emergency else {"error"}
    with suppress(DeadlineExceeded, LineClosed):
        while not awaited <= {frame.type for frame in line.frames[seen:]}:
            line.next_frame(deadline)
    frames = line.frames[seen:]
    error = next((frame for frame in frames if frame.type == "error"), None)
    alert = next((frame for frame in frames if frame.type == "red_flag_alert"), None)
    return ChatRefusal(
        f"{what}, the database {state},",
        emergency,
        acknowledged=any(frame.says("status", status="message_received") for frame in frames),
        code="" if error is None else str(error.payload.get("code")),
        refused_after=time.monotonic() - sent.at if error is None else error.arrived - sent.at,
        advised_after=None if alert is None else alert.arrived - sent.at,
    )


def _kept(*people: Patient) -> list[str]:
    return [message.id for each in people for message in each.api.sessions.whole_history(each.session.id)]


def measure_refusals(stage: Any, outage: WithoutDatabase, limit: float) -> None:
    """Journal how long wishes and messages waited for their refusal."""
    wishes = [wish.answer.seconds for wish in outage.wishes]
    chats = [chat.refused_after for chat in outage.chats]
    for name, seconds in (("wish to its refusal", wishes), ("message to its refusal", chats)):
        measure_longest(stage, f"{name} without database", seconds, below=limit, load="3 people, the database away")
