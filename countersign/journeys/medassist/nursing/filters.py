"""A nurse narrows lists down: filters alone and in pairs, small pages, senseless wishes, states, words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import personas
from countersign.expect.medassist.listed import Filtered, Found, Paged, SessionList
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import files
from countersign.journeys.medassist.nursing.standing import Desk
from countersign.journeys.medassist.patient import Patient
from countersign.transport.answer import Answer

SESSIONS_A_PAGE = 100
STATES = ("active", "escalated", "completed", "cancelled")


@dataclass(frozen=True)
class Narrowed:
    """What came for each wish."""

    desk: Desk
    filtered: tuple[Filtered, ...]


def narrows_down(desk: Desk) -> Narrowed:
    """Read the queue through every filter alone and through every pair of them."""
    reports = desk.nurse.api.reports
    came = [(wanted, reports.whole_queue(**wanted).entries) for wanted in _wishes(desk.nurse)]
    return Narrowed(desk, tuple(Filtered(wanted, entries, desk.ids, desk.due(wanted)) for wanted, entries in came))


def _wishes(nurse: Nurse) -> Iterator[Mapping[str, Any]]:
    offered = dict(personas.material("medassist_nurse")["filters"])
    if "nurse-desk" not in nurse.system.capabilities:
        del offered["assigned_nurse"]
    single = [{name: value} for name, values in offered.items() for value in values]
    yield from single
    for one, other in combinations(offered, 2):
        yield from ({one: first, other: second} for first, second in product(offered[one], offered[other]))


def pages_through(desk: Desk, size: int) -> Paged:
    """Read the queue in pages of a size, and at once."""
    reports = desk.nurse.api.reports
    pages: list[tuple[str, ...]] = []
    at_once = reports.whole_queue().ids
    while sum(len(page) for page in pages) < len(at_once):
        page = reports.queue(limit=size, offset=size * len(pages)).ids
        pages.append(page)
        if not page:
            break
    return Paged(size, tuple(pages), at_once)


def asks_for_nonsense(nurse: Nurse) -> list[Answer]:
    """Ask the queue and the list of sessions for what does not exist; give the answers."""
    senseless = personas.material("medassist_nurse")["senseless"]
    answers = [nurse.api.reports.try_queue(**wish) for wish in senseless["queue"]]
    return answers + [nurse.api.sessions.try_listing(**wish) for wish in senseless["sessions"]]


def lists_sessions(desk: Desk) -> list[SessionList]:
    """List the sessions without a wish, whole, and the newest of each state."""
    sessions = desk.nurse.api.sessions
    own = {each.filed.session_id: each.session_status for each in desk.standings} | {desk.given_up: "cancelled"}
    due = [session for session, status in own.items() if status in ("active", "escalated")]
    lists = [SessionList("", sessions.whole_list(), due)]
    for state in STATES:
        mine = [session for session, status in own.items() if status == state]
        lists.append(SessionList(state, sessions.listed(status_filter=state, limit=SESSIONS_A_PAGE), mine))
    return lists


def searches(nurse: Nurse, patient: Patient) -> list[Found]:
    """Search by parts of a name and of a complaint in other letters, alone and with a filter, where that is offered.

    The patient of the search has a name of their own; one of two reports is decided, and is found all the same.
    """
    if "nurse-desk" not in nurse.system.capabilities:
        return []
    mark = patient.stage.tag
    seeker = Patient(patient.stage, patient.persona, "s", full_name=f"Quill{mark} {patient.persona.name}")
    urgent = files(seeker, "urgent", f"after the Heron{mark} regatta")
    emergency = files(seeker, "emergency")
    nurse.api.reports.approve(emergency.report_id, personas.material("medassist")["approval_note"])
    both, search = (urgent.report_id, emergency.report_id), nurse.api.reports.search
    name, complaint = f"uILL{mark.upper()}", f"hERON{mark.upper()}"
    return [
        Found(name, search(name).ids, both),
        Found(complaint, search(complaint).ids, (urgent.report_id,)),
        Found(f"{name} among the immediate", search(name, urgency="immediate").ids, (emergency.report_id,)),
        Found(f"{name} among the waiting", search(name, status="pending").ids, (urgent.report_id,)),
    ]
