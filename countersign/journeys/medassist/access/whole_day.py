"""Everything that is offered to patients, nurses and administrators, done once, with a diary of it."""

import secrets
from dataclasses import dataclass

import personas
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.diary import Diary
from countersign.journeys.medassist.models.model_day import manages_a_model
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Filed, files
from countersign.journeys.medassist.patient import Patient
from countersign.systems.scripted_ai import mark

UNSAFE = "You have pneumonia."


@dataclass(frozen=True)
class Files:
    """What the patient's part of the day brought; `given_up` is a session without a report."""

    emergency: Filed
    asked_for: Filed
    urgent: Filed
    given_up: str


def everybody_does_everything(patient: Patient, nurse: Nurse, admin: Administrator) -> Diary:
    """Let the three do everything the system offers them; give the diary."""
    diary = Diary()
    _administrator(diary, admin)
    told = _patient(diary, patient)
    _nurse(diary, nurse, told)
    diary.does(lambda: patient.api.reports.try_of_session(told.emergency.session_id).must_be(200))
    diary.did("par_viewed", patient, told.emergency.report_id)
    if "account-admin" in patient.system.capabilities:
        diary.does(lambda: patient.api.accounts.sign_out().must_be(204))
        diary.did("user_logout", patient, patient.id)
    if "model-ops" in admin.system.capabilities:
        manages_a_model(diary, admin)
    return diary


def _administrator(diary: Diary, admin: Administrator) -> None:
    diary.does(lambda: admin.api)
    diary.did("user_login", admin, admin.id)
    if "account-admin" not in admin.system.capabilities:
        return
    email, password = f"spare.{admin.stage.tag}{secrets.token_hex(2)}@example.org", new_password(admin.stage)
    spare = diary.does(lambda: admin.api.accounts.register(email, password, "Spare Nurse", "nurse"))
    diary.did("user_registered", admin, spare.id)
    diary.does(lambda: admin.api.accounts.set_active(spare.id, False))
    diary.did("user_updated", admin, spare.id)


def _patient(diary: Diary, patient: Patient) -> Files:
    diary.does(lambda: patient.api)
    diary.did("user_registered", patient, patient.id, or_system=True)
    diary.did("user_login", patient, patient.id)
    if "consent" in patient.system.capabilities:
        diary.did("consent_signed", patient)
    told = Files(
        _files(diary, patient, "emergency"),
        _files(diary, patient, "routine"),
        _files(diary, patient, "urgent"),
        _is_answered(diary, patient),
    )
    diary.does(lambda: patient.api.reports.try_read(told.emergency.report_id).must_be(403))
    diary.did("access_denied", patient, told.emergency.report_id, outcome="blocked")
    diary.does(lambda: patient.api.sessions.history(told.urgent.session_id))
    diary.did("messages_viewed", patient, told.urgent.session_id)
    return told


def _files(diary: Diary, patient: Patient, kind: str) -> Filed:
    filed = diary.does(lambda: files(patient, kind))
    message = patient.turn.message_id
    diary.did("session_created", patient, filed.session_id)
    diary.did("message_received", patient, message, filed.session_id)
    diary.did("par_generated", patient, filed.report_id, or_system=True)
    if filed.flagged:
        diary.did("red_flag_detected", patient, message, filed.session_id, or_system=True)
        diary.did("session_escalated", patient, filed.session_id, or_system=True)
    return filed


def _is_answered(diary: Diary, patient: Patient) -> str:
    """Say something harmless in a session of its own; the AI's answer is unsafe where it can be scripted."""
    session = diary.does(patient.opens_session)
    diary.did("session_created", patient, session.id)
    scripted = "scripted-ai" in patient.system.capabilities
    said = personas.material("medassist_nurse")["kinds"]["routine"]["says"]
    line = patient.joins()
    turn = diary.does(lambda: patient.says(mark("say", said, text=UNSAFE, when="chat") if scripted else said))
    line.close()
    diary.did("message_received", patient, turn.message_id, session.id)
    if scripted:
        answer = str(turn.answer.payload.get("message_id")) if turn.answer else ""
        diary.did("safety_filter_triggered", None, turn.message_id, answer, session.id)
    return session.id


def _nurse(diary: Diary, nurse: Nurse, told: Files) -> None:
    api = diary.does(lambda: nurse.api)
    diary.did("user_login", nurse, nurse.id)
    diary.does(lambda: api.reports.read(told.emergency.report_id))
    diary.did("par_viewed", nurse, told.emergency.report_id)
    diary.does(lambda: api.sessions.history(told.emergency.session_id))
    diary.did("messages_viewed", nurse, told.emergency.session_id)
    if "nurse-desk" in nurse.system.capabilities:
        _at_the_desk(diary, nurse, told)
    words = personas.material("medassist")
    wrong = words["override"]
    diary.does(lambda: api.reports.approve(told.emergency.report_id, words["approval_note"]))
    diary.did("par_approved", nurse, told.emergency.report_id)
    diary.did("session_completed", nurse, told.emergency.session_id, or_system=True)
    diary.does(lambda: api.reports.override(told.asked_for.report_id, wrong["reason"], wrong["assessment"]))
    diary.did("par_overridden", nurse, told.asked_for.report_id)
    diary.did("session_completed", nurse, told.asked_for.session_id, or_system=True)
    diary.does(lambda: api.sessions.move(told.given_up, "cancelled"))
    diary.did("session_cancelled", nurse, told.given_up)


def _at_the_desk(diary: Diary, nurse: Nurse, told: Files) -> None:
    words, reports = personas.material("medassist_nurse"), nurse.api.reports
    diary.does(lambda: reports.assign(told.emergency.report_id))
    diary.did("par_assigned", nurse, told.emergency.report_id)
    diary.does(lambda: reports.try_release(told.emergency.report_id).must_be(200))
    diary.did("par_released", nurse, told.emergency.report_id)
    diary.does(lambda: reports.act(told.urgent.report_id, "request_more_info", words["question"]))
    diary.did("par_info_requested", nurse, told.urgent.report_id)
    diary.does(lambda: reports.act(told.urgent.report_id, "escalate", words["escalation_note"]))
    diary.did("par_escalated", nurse, told.urgent.report_id)
    diary.did("session_escalated", nurse, told.urgent.session_id, or_system=True)
