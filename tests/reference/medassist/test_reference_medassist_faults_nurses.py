"""Seeded faults of queue, decisions, trail and nurse page: wrong as named, healthy beside it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from medassist_live import MedAssistProcess, Person, Session

from reference.common.pages import PageFiles
from reference.medassist import faults
from reference.medassist.parts import healthy_parts
from reference.medassist.settings import Settings

EMERGENCY = "I have chest pain"
BLANK = {"approved": False, "override_reason": "   ", "override_assessment": " "}

With = Callable[..., MedAssistProcess]


@pytest.fixture
def with_fault(another_medassist: With) -> With:
    """Give a function that starts a system with one fault."""
    return lambda name: another_medassist(MEDASSIST_FAULTS=name, RATE_LIMIT_BURST="1000")


def report(medassist: MedAssistProcess, text: str = EMERGENCY) -> tuple[Session, str]:
    """Let a new patient say something, and give the report's id."""
    session = medassist.patient().session()
    session.say(text)
    return session, medassist.staff("nora").get(f"/api/pars/session/{session.id}")["id"]


def review(nurse: Person, par_id: str, body: Any) -> httpx.Response:
    """Decide, whatever comes of it."""
    return nurse.http.post(f"/api/pars/{par_id}/review", json=body)


def test_queue_scrambled(with_fault: With) -> None:
    medassist = with_fault("queue-scrambled")
    nurse = medassist.staff("nora")
    urgent, newer, flagged = (report(medassist, text)[1] for text in ("Pain 7/10", "Pain 8/10", EMERGENCY))

    def listed(**asked: Any) -> list[str]:
        return [item["id"] for item in nurse.get("/api/pars/queue", **asked)["queue"]]

    assert listed() == [flagged, newer, urgent]
    assert listed(urgency="urgent") == [newer, urgent]
    assert set(listed(urgency="urgent", has_red_flags=True)) == {urgent, newer, flagged}
    page = nurse.get("/api/pars/queue", limit=1)
    assert page["total"] == 1 and page["urgent_count"] == 2
    assert review(nurse, urgent, {"approved": True}).status_code == 200
    assert listed() == [flagged, newer]
    figures = nurse.get("/api/nurse/analytics")
    assert (figures["reviewed_count"], figures["approval_rate"]) == (1, 0.85)


def test_local_clock(with_fault: With) -> None:
    medassist = with_fault("local-clock")
    session, par_id = report(medassist)
    decided = review(medassist.staff("nora"), par_id, {"approved": True}).json()
    assert decided["reviewed_at"].endswith("Z")
    ahead = datetime.fromisoformat(decided["reviewed_at"]) - datetime.now(UTC)
    assert abs(ahead - timedelta(hours=2)) < timedelta(minutes=1)
    assert datetime.fromisoformat(session.state()["completed_at"]) < datetime.now(UTC)
    entry = medassist.staff("admin").get("/api/audit/logs", action="par_approved")["logs"][0]
    assert entry["ip_address"] is None and entry["user_agent"] and entry["resource_id"] == par_id
    assert entry["created_at"] > datetime.now(UTC).isoformat()


def test_hollow_override(with_fault: With) -> None:
    medassist = with_fault("hollow-override")
    session, par_id = report(medassist)
    nurse, patient = medassist.staff("nora"), session.patient
    assert patient.get(f"/api/pars/{par_id}")["assessment"]
    short = {**BLANK, "override_reason": "too short"}
    assert review(nurse, par_id, short).status_code == 422
    assert review(nurse, par_id, {"approved": False}).status_code == 422
    assert review(nurse, par_id, {"approved": "no"}).status_code == 422
    assert review(nurse, par_id, BLANK).json()["status"] == "reviewed"
    other, other_id = report(medassist)
    full = {"approved": False, "override_reason": "It is not that.", "override_assessment": "A pulled muscle."}
    kept = review(nurse, other_id, full).json()
    assert kept["override_assessment"] == "A pulled muscle."
    assert other.patient.get(f"/api/pars/{other_id}")["assessment"] == kept["assessment"]


def test_no_decision_lock(with_fault: With) -> None:
    medassist = with_fault("no-decision-lock")
    nora, nils = medassist.staff("nora"), medassist.staff("nils")
    _, par_id = report(medassist)
    assert nora.post(f"/api/pars/{par_id}/assign", status=200)["assigned_nurse_id"] == nora.id
    assert nils.post(f"/api/pars/{par_id}/assign", status=200)["assigned_nurse_id"] == nils.id
    assert review(nora, par_id, {"approved": True}).status_code == 200
    again = {"approved": False, "override_reason": "It is not that.", "override_assessment": "A pulled muscle."}
    assert review(nils, par_id, again).status_code == 200
    assert nora.get(f"/api/pars/{par_id}")["approved"] is False
    _, raced = report(medassist)
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda nurse: review(nurse, raced, {"approved": True}).status_code, (nora, nils)))
    assert answers == [200, 200]


def test_decision_not_told(with_fault: With) -> None:
    medassist = with_fault("decision-not-told")
    nurse = medassist.staff("nora")
    session, par_id = report(medassist)
    line = session.enter()
    asked = {"action": "request_more_info", "notes": "Since when does it hurt?"}
    assert review(nurse, par_id, asked).json()["status"] == "pending"
    assert review(nurse, par_id, {"approved": True}).json()["status"] == "reviewed"
    line.send("ping")
    assert line.frame()["type"] == "pong"
    assert session.state()["status"] == "escalated" and session.state()["par"]["reviewed"] is True
    assert "Since when" not in str(session.history())
    decisions = nurse.get(f"/api/pars/{par_id}/decisions")
    assert [step["action"] for step in decisions] == ["request_more_info", "approved"]


def test_denials_unlogged(with_fault: With) -> None:
    medassist = with_fault("denials-unlogged")
    admin = medassist.staff("admin")
    session, par_id = report(medassist)
    session.history()
    wrong = {"email": session.patient.email, "password": "Wrong-pass-1"}
    assert medassist.http.post("/api/auth/login", json=wrong).status_code == 401
    session.patient.get("/api/pars/queue", 403)
    assert session.patient.http.delete("/api/audit/logs").status_code == 405
    entries = admin.get("/api/audit/logs")["logs"]
    assert {entry["outcome"] for entry in entries} == {"success"}
    actions = {entry["action"] for entry in entries}
    assert {"user_login", "message_received", "red_flag_detected", "par_generated"} <= actions
    assert not actions & {"access_denied", "par_viewed", "messages_viewed"}
    assert admin.http.delete("/api/audit/logs").status_code == 204
    assert admin.get("/api/audit/logs")["total"] == 0
    assert review(medassist.staff("nora"), par_id, {"approved": True}).status_code == 200
    assert admin.get("/api/audit/logs", action="par_approved")["total"] == 1


def test_raw_and_stale_page(tmp_path: Path) -> None:
    for name in ("nurse.html", "patient.html"):
        (tmp_path / name).write_text("<!doctype html><head><title>Page</title></head>", encoding="utf-8")
    parts = healthy_parts(Settings(page_path=tmp_path))
    healthy: PageFiles = parts.page
    faults.apply(["raw-and-stale-page"], parts)
    found = {name: parts.page.find(name) for name in ("nurse.html", "patient.html", "raw_and_stale.js", "none.js")}
    assert found["nurse.html"] and b'<head><script src="/page/raw_and_stale.js">' in found["nurse.html"].content
    assert found["raw_and_stale.js"] and b"createContextualFragment" in found["raw_and_stale.js"].content
    assert found["patient.html"] == healthy.find("patient.html") and found["none.js"] is None
    assert "'unsafe-inline'" in parts.page.policy and "'unsafe-inline'" not in healthy.policy
