"""Nurses on duty and away: what they are told of reports and decisions, and when."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.delivery_record import Conversation, Kept, Seen, View
from countersign.expect.medassist.notices import DECIDED, Announced
from countersign.expect.medassist.replay import Return
from countersign.expect.traces import Place, Trace
from countersign.faults.network import Proxy
from countersign.journeys.medassist.chat.windows import all_at_once
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.trouble.upheaval import upheaval
from countersign.systems.medassist.notices import NurseLine
from countersign.systems.medassist.socket import Frame, socket_base
from countersign.transport.deadline import Deadline

TOLD_WITHIN = 10.0
STUFFED_WITH = 2000
"""Pings of the nurse who never reads: their answers pile up before the system has anything to tell."""


@dataclass(frozen=True)
class Emergency:
    """An emergency that a patient told, and the report that came of it."""

    patient: Patient
    words: str
    report_id: str


@dataclass(frozen=True)
class OnDuty:
    """Nurses who read everything, and the one who never reads."""

    nurses: Sequence[Nurse]
    network: Proxy


@dataclass(frozen=True)
class Shift:
    """What everybody on duty was told of what happened, for the history checker and the other matchers."""

    conversation: Conversation
    announced: Sequence[Announced]
    places: Sequence[Place]
    traces: Sequence[Trace]
    returned: Return | None = None


def come_on_duty(nurses: Sequence[Nurse], deaf: Nurse) -> OnDuty:
    """Let nurses open their lines, and one more whose side of the network takes nothing from then on."""
    system = deaf.system
    network = Proxy.before(socket_base(system), recorder=deaf.stage.recorder, system=system.name)
    deaf.stage.at_end(network.close, "taking the stuck network away")
    line = deaf.comes_on_duty(via=(network.host, network.port))
    network.stop_reading("down")
    with suppress(LineClosed, DeadlineExceeded):  # a system may end a connection that takes nothing at any time
        for _ in range(STUFFED_WITH):
            line.line.send_text('{"type": "ping"}')
    for nurse in nurses:
        nurse.comes_on_duty()
    return OnDuty(nurses, network)


def emergencies(stage: Any, persona: str, count: int) -> list[Emergency]:
    """Let patients with rare names tell so many emergencies, each in a session of its own, all patients at once."""
    names = personas.material("medassist_sockets")["nobodys_names"]
    card = personas.load(persona, seed=stage.options.seed)
    patients = [
        Patient(stage, card, f".{stage.made['accounts']}.{number}", full_name=name)
        for number, name in enumerate(names[: max(1, count // 10)])
    ]
    share = count // len(patients)
    told = all_at_once([partial(_tells, patient, share) for patient in patients])
    return [emergency for each in told for emergency in each]


def _tells(patient: Patient, count: int) -> list[Emergency]:
    found = []
    for _ in range(count):
        session = patient.opens_session()
        words = f"{personas.material('medassist_sockets')['emergency']}, note {session.id[:8]}"
        line = patient.joins()
        line.say(words)
        ready = line.wait_for("par_ready", TOLD_WITHIN)
        line.close()
        found.append(Emergency(patient, words, str(ready.payload.get("par_id"))))
    return found


def decides(nurse: Nurse, told: Sequence[Emergency]) -> list[str]:
    """Approve the reports, one after the other; give their ids."""
    note = personas.material("medassist_sockets")["approval"]
    return [nurse.api.reports.approve(emergency.report_id, note).id for emergency in told]


def a_busy_shift(stage: Any, on_duty: OnDuty, persona: str, count: int) -> Shift:
    """Let half as many reports come into being and be decided, and see what every nurse was told."""
    told = emergencies(stage, persona, count // 2)
    decided = decides(on_duty.nurses[0], told)
    deadline = Deadline(TOLD_WITHIN, "medassist: the notices of a shift")
    for nurse in on_duty.nurses:
        nurse.line.gather(partial(_told_of_all, nurse.line, decided), deadline)
    views = {nurse.name: [nurse.line] for nurse in on_duty.nurses}
    ends = [_last_of(line.notices, decided) for lines in views.values() for line in lines]
    return _shift(views, told, decided, until=max(ends))


def _told_of_all(line: NurseLine, decided: Sequence[str]) -> bool:
    seen = {str(notice.payload.get("par_id")) for notice in line.notices if notice.says("par_update", status=DECIDED)}
    return seen.issuperset(decided)


def _last_of(notices: Sequence[Frame], decided: Sequence[str]) -> int:
    own = [
        int(notice.event_id or 0)
        for notice in notices
        if notice.says("par_update", status=DECIDED) and notice.payload.get("par_id") in decided
    ]
    return max(own, default=0)


def a_shift_away(stage: Any, nurse: Nurse, witness: Nurse, persona: str, count: int) -> Shift:
    """Cut a nurse off, let so many reports and decisions happen, half of them before a restart, and let her return.

    The restart happens where the suite may do it. One more report comes when she is back.
    """
    line = nurse.comes_on_duty()
    before = decides(witness, emergencies(stage, persona, 1))
    line.gather(partial(_told_of_all, line, before), TOLD_WITHIN)
    left_at = max((int(notice.event_id or 0) for notice in line.notices), default=0)
    line.cut()
    quarter = count // 4
    told = emergencies(stage, persona, quarter)
    decided = decides(witness, told)
    if "process-control" in stage.system("medassist").capabilities:
        with upheaval(stage) as control:
            control.restart()
    else:
        stage.recorder.say("the system was not restarted: its operator offers no control of its process")
    later = emergencies(stage, persona, quarter)
    decided += decides(witness, later)
    back = nurse.comes_on_duty(left_at)
    live = emergencies(stage, persona, 1)
    decided += decides(witness, live)
    back.gather(partial(_told_of_all, back, decided), TOLD_WITHIN)
    back.ping()
    shift = _shift({nurse.name: [back]}, [*told, *later, *live], decided, after=left_at)
    numbers = tuple(int(notice.event_id or 0) for notice in back.notices)
    last = int(back.greeting.payload.get("last_event_id", 0))
    return Shift(
        shift.conversation, shift.announced, shift.places, shift.traces, Return(nurse.name, left_at, last, numbers)
    )


def _shift(
    views: dict[str, list[NurseLine]],
    told: Sequence[Emergency],
    decided: Sequence[str],
    *,
    after: int | None = None,
    until: int | None = None,
) -> Shift:
    shown = {name: [notice for line in lines for notice in line.notices] for name, lines in views.items()}
    kept: dict[int, Kept] = {}
    for notice in (notice for notices in shown.values() for notice in notices):
        number = int(notice.event_id or 0)
        if until is None or number <= until:
            kept.setdefault(number, Kept(str(number), number, _words(notice)))
    seen_from = {
        name: int(lines[0].greeting.payload.get("last_event_id", 0)) if after is None else after
        for name, lines in views.items()
    }
    conversation = Conversation(
        "the notices",
        (),
        [kept[number] for number in sorted(kept)],
        [_view(name, notices, seen_from[name], until) for name, notices in shown.items()],
        first=min(seen_from.values()) + 1,
    )
    reports = [emergency.report_id for emergency in told]
    announced = [Announced(name, notices, reports, decided) for name, notices in shown.items()]
    places = [
        Place(f"notice {notice.event_id} ({notice.type}) to {name}", _words(notice))
        for name, notices in shown.items()
        for notice in notices
    ]
    return Shift(conversation, announced, places, _traces(told))


def _view(name: str, notices: Sequence[Frame], after: int, until: int | None) -> View:
    items = [Seen(str(notice.event_id), int(notice.event_id or 0), _words(notice)) for notice in notices]
    return View(name, tuple(item for item in items if until is None or item.number <= until), after, until)


def _words(notice: Frame) -> str:
    return json.dumps({"type": notice.type, **notice.payload}, sort_keys=True, ensure_ascii=False)


def _traces(told: Sequence[Emergency]) -> list[Trace]:
    patients = {emergency.patient.full_name: emergency.patient for emergency in told}
    traces = [Trace.of(f"the name {name}", part) for name in patients for part in name.split()]
    traces += [Trace.of("the address of a patient", patient.account.email) for patient in patients.values()]
    traces.append(Trace.of("the words of a complaint", personas.material("medassist_sockets")["emergency"]))
    traces.append(Trace.of("the note of a decision", personas.material("medassist_sockets")["approval"]))
    return traces


def double_of(nurse: Nurse) -> Nurse:
    """Give a colleague of a nurse with an account of their own."""
    return Nurse(nurse.stage, nurse.persona, ".double")
