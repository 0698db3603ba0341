"""How soon a message is acknowledged and a nurse is told of an emergency, also while other traffic waits."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed, NotEnoughSamples
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import report, vouched
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.load.many_patients import FullHouse, Talker
from countersign.journeys.medassist.load.steady_traffic import Traffic, steady_traffic
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.person import Person
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.lanes import shared_out
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace
from countersign.systems.scripted_ai import mark
from countersign.transport import Deadline

AI_SECONDS = 1
"""What a scripted AI takes for an answer (criterion MA-PERF-04)."""
PINGS_A_SECOND = 50
EMERGENCY_EVERY = 0.16
HANDLING_EVERY = 0.033
"""Seconds between two requests of one who works at the reports: so few that no limit on a person is met."""
TOLD_WITHIN = 15.0
ALL_WITHIN = 60.0


@dataclass(frozen=True)
class Alarms:
    """One operation for each emergency, from its sending to the nurse's alarm.

    `others` counts the other notices the nurse received while the second half came.
    """

    alarms: Sequence[Operation]
    others: int
    injector: InjectorHealth
    load: str


def _slowly(stage: Any, text: str) -> str:
    return mark("echo", text, after=AI_SECONDS) if "scripted-ai" in stage.system().capabilities else text


def messages_without_waiting(house: FullHouse, each: int, every: float) -> Traffic:
    """Let everybody say so many things, one each `every` seconds, whether or not the one before is answered."""
    stage = house.talkers[0].person.stage
    lines = [(talker.person.name, talker.person.line) for talker in house.talkers]
    complaint = personas.material("medassist_load")["complaints"]["routine"]
    texts = [_slowly(stage, f"{complaint} ({number})") for number in range(each * len(lines))]
    return steady_traffic(lines, pings_a_second=PINGS_A_SECOND, seconds=each * every, texts=texts)


def emergencies(house: FullHouse, nurse: Nurse, others: Sequence[Person]) -> Alarms:
    """Let everybody report an emergency, one after the other, the second half while others work at reports.

    Those who work take and release the reports of the first half all the time (in the name of the first of them), which
    the nurse is told as well.
    """
    talkers, stage = house.talkers, nurse.stage
    half = len(talkers) // 2
    _ = nurse.line
    with watching_the_injector() as injector:
        first = _report(talkers[:half])
        reports = [nurse.finds_report_of(talker.person.session.id).id for talker in talkers[:half]]
        for other in others:
            _ = other.api
        shares = [reports[number :: len(others)] for number in range(len(others))]
        work = [partial(_works_at, other, share, others[0].id) for other, share in zip(others, shares, strict=True)]
        began = time.monotonic()
        second, worked = meanwhile(partial(_report, talkers[half:]), work, within=ALL_WITHIN)
        ended = time.monotonic()
    for outcome in worked:
        outcome.get()
    sent = {**first, **second}
    told = _told(nurse, set(sent))
    others_told = [frame for frame in nurse.line.notices if frame.type != "red_flag_alert"]
    count = sum(began <= frame.arrived <= ended for frame in others_told)
    alarms = [
        attempt(name, "an emergency", partial(_seconds, told.get(session), at)) for session, (name, at) in sent.items()
    ]
    shared_out(talkers, lambda talker: talker.person.line.close(), lanes=4, within=ALL_WITHIN)
    load = f"{len(talkers)} emergencies, {count} other notices during the second half"
    report(stage, "other notices to the nurse", count, "", samples=count, load=load, statistic="count")
    return Alarms(alarms, count, injector.health, load)


def _report(talkers: Sequence[Talker]) -> dict[str, tuple[str, float]]:
    emergency = personas.material("medassist")["complaints"]["an emergency"]
    pace, sent = Pace(EMERGENCY_EVERY), dict[str, tuple[str, float]]()
    for talker in talkers:
        pace.wait()
        said = talker.person.line.say(_slowly(talker.person.stage, emergency), talker.word)
        sent[talker.person.session.id] = (talker.person.name, said.at)
    return sent


def _works_at(person: Person, reports: Sequence[str], holder: str, going_on: GoingOn) -> None:
    pace = Pace(HANDLING_EVERY)
    for report_id in _round_and_round(reports, going_on):
        pace.wait()
        person.api.reports.assign(report_id, holder)
        pace.wait()
        person.api.reports.try_release(report_id).must_be(200)


def _round_and_round(reports: Sequence[str], going_on: GoingOn) -> Iterator[str]:
    while going_on():
        for report_id in reports:
            if not going_on():
                return
            yield report_id


def _told(nurse: Nurse, sessions: set[str]) -> dict[str, float]:
    """Give when the nurse was first told of the emergency in each session."""
    deadline, told = Deadline(TOLD_WITHIN, "the alarms"), dict[str, float]()

    def book() -> None:
        for frame in nurse.line.notices:
            if frame.type == "red_flag_alert":
                told.setdefault(str(frame.payload.get("session_id")), frame.arrived)

    book()
    try:
        while not sessions <= set(told):
            nurse.line.next_frame(deadline)
            book()
    except (DeadlineExceeded, LineClosed) as fault:
        nurse.stage.recorder.say(f"{len(sessions - set(told))} of {len(sessions)} alarms did not come: {fault}")
    return told


def _seconds(arrived: float | None, sent: float) -> float:
    return TOLD_WITHIN if arrived is None else arrived - sent


def alarms_vouched(stage: Any, alarms: Alarms, least: int) -> Alarms:
    """Give the alarms if there were enough other notices and the injector can vouch for them. Raises NotVerified."""
    vouched(stage, alarms.injector, alarms.load)
    if alarms.others < least:
        raise NotEnoughSamples(f"only {alarms.others} other notices came beside the emergencies, {least} are asked for")
    return alarms


def reliefs(stage: Any) -> list[Person]:
    """Give those who work at reports beside a nurse: a second nurse and an administrator."""
    relief: Nurse = stage.actor("Nils")
    admin: Administrator = stage.actor("Ada")
    return [relief, admin]
