"""People try what is not theirs to do, and nurses read what is; with a diary of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.diary import Diary
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Pile
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.person import Person
from countersign.journeys.medassist.trouble.restarting import starts_anew
from countersign.systems.medassist.audit import AuditEntry
from countersign.transport.answer import Answer

TRAIL = "/api/audit/logs"
WRITING = ("POST", "PUT", "PATCH", "DELETE")


def reach_for(patient: Patient, other: Patient, nurse: Nurse, pile: Pile) -> Diary:
    """Fail at signing in, reach for another patient's records and for what roles forbid, and read as a nurse.

    Everybody's account and sign-in is made before the diary begins.
    """
    filed = pile.filed[0]
    for person in (patient, other, nurse):
        person.api.me()
    diary = Diary()
    _fails_to_sign_in(diary, patient)
    sessions, reports = other.api.sessions, other.api.reports
    for ask, record in (
        (lambda: sessions.try_read(filed.session_id), filed.session_id),
        (lambda: sessions.try_history(filed.session_id), filed.session_id),
        (lambda: reports.try_read(filed.report_id), filed.report_id),
    ):
        diary.does(lambda each=ask: each().must_be(403))  # type: ignore[misc]
        diary.did("access_denied", other, record, outcome="blocked")
    diary.does(lambda: patient.api.reports.try_queue().must_be(403))
    diary.did("access_denied", patient, outcome="blocked")
    diary.does(lambda: nurse.api.sessions.try_open({}).must_be(403))
    diary.did("access_denied", nurse, outcome="blocked")
    _reads(diary, nurse, pile)
    return diary


def _fails_to_sign_in(diary: Diary, patient: Patient) -> None:
    stranger = patient.stranger()
    diary.does(lambda: stranger.try_sign_in(patient.account.email, "Wrong-1-password").must_be(401))
    diary.did("user_login", patient, outcome="failure", or_system=True)


def _reads(diary: Diary, nurse: Nurse, pile: Pile) -> None:
    filed = pile.filed[0]
    diary.does(lambda: nurse.api.reports.read(filed.report_id))
    diary.did("par_viewed", nurse, filed.report_id)
    diary.does(lambda: nurse.api.reports.of_session(filed.session_id))
    diary.did("par_viewed", nurse, filed.report_id)
    diary.does(lambda: nurse.api.sessions.history(filed.session_id))
    diary.did("messages_viewed", nurse, filed.session_id)


@dataclass(frozen=True)
class Tampering:
    """Tries to change the trail, and the entries about one report and its decider before and after them."""

    tries: Sequence[Answer]
    before: Sequence[AuditEntry]
    after: Sequence[AuditEntry]


def tamper(admin: Administrator, others: Sequence[Person], pile: Pile) -> Tampering:
    """Let everybody use every writing method on the trail and on one of its entries."""
    before = entries_about(admin, pile)
    tries = [
        person.api.ask(method, path, json={})
        for person in (*others, admin)
        for path in (TRAIL, f"{TRAIL}/{before[0].id}" if before else TRAIL)
        for method in WRITING
    ]
    return Tampering(tries, before, entries_about(admin, pile))


def entries_about(reader: Administrator, pile: Pile) -> list[AuditEntry]:
    """Read the entries about the first report of a pile and about its session, as somebody who may read all."""
    filed = pile.filed[0]
    return [
        entry
        for record in (filed.report_id, filed.session_id)
        for entry in reader.api.audit.all_entries(resource_id=record)
    ]


def starts_under_the_eyes_of(admin: Administrator, pile: Pile) -> Tampering:
    """Read the trail, start the system anew, and read it again. Raises CapabilityMissing."""
    before = entries_about(admin, pile)
    starts_anew(admin.stage)
    return Tampering((), before, entries_about(admin, pile))
