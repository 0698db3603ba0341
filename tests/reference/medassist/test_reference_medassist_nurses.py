"""Nurses: the queue and its order, assignment, decisions, and what patients see of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from medassist_live import MedAssistProcess, Person, Session

Another = Callable[..., MedAssistProcess]
EMERGENCY = "There is a pain in my chest"


@pytest.fixture
def nora(medassist: MedAssistProcess) -> Person:
    return medassist.staff("nora")


@pytest.fixture
def nils(medassist: MedAssistProcess) -> Person:
    return medassist.staff("nils")


def report(medassist: MedAssistProcess, text: str = EMERGENCY) -> tuple[Session, str]:
    """Let a new patient say something urgent, and give the report's id."""
    session = medassist.patient().session()
    session.say(text)
    par = medassist.staff("nora").get(f"/api/pars/session/{session.id}")
    return session, par["id"]


def test_the_queue_has_the_order_and_the_counts_of_the_worked_example(another_medassist: Another) -> None:
    medassist = another_medassist(RATE_LIMIT_BURST="1000")
    patient = medassist.patient()
    sessions = {}
    for name, text in {
        "A": "I have a mild cough [[script do=report urgency=routine when=report]]",
        "B": "My back pain is 7 out of 10",
        "C": "I fainted this morning",
        "D": "I have a mild cough [[script do=report urgency=immediate when=report]]",
        "E": "Toothache 8/10",
        "F": "I can't breathe",
    }.items():
        session = patient.session()
        session.say(text)
        if name in "AD":
            patient.post(f"{session.path}/assessment")
        sessions[session.id] = name
    nurse = medassist.staff("nora")
    queue = nurse.get("/api/pars/queue")
    assert [sessions[item["session_id"]] for item in queue["queue"]] == list("CFDBEA")
    counts = {"total": 6, "immediate_count": 3, "urgent_count": 2, "red_flag_count": 2}
    page = nurse.get("/api/pars/queue", limit=2)
    assert counts.items() <= queue.items() and counts.items() <= page.items()
    assert [sessions[item["session_id"]] for item in page["queue"]] == list("CF")
    both = nurse.get("/api/pars/queue", urgency="immediate", has_red_flags=False)
    assert [sessions[item["session_id"]] for item in both["queue"]] == ["D"] and both["total"] == 1
    assert nurse.get("/api/pars/queue", code=422, urgency="sometimes")["status_code"] == 422


def test_an_approval_closes_the_session_and_shows_the_report(medassist: MedAssistProcess, nora: Person) -> None:
    session, par_id = report(medassist)
    line = session.enter()
    patient = session.patient
    assert patient.get(f"/api/pars/{par_id}", 403)["code"] == "FORBIDDEN"
    assert session.state()["par"] is None
    decided = nora.post(f"/api/pars/{par_id}/review", {"approved": True, "notes": "seen"}, 200)
    assert decided["reviewed_by_id"] == nora.id and decided["status"] == "reviewed"
    update = line.until("par_update")[-1]
    assert update["payload"] == {"par_id": par_id, "status": "reviewed", "approved": True}
    state = session.state()
    assert state["status"] == "completed" and state["completed_at"] and state["par"]["reviewed"]
    seen = patient.get(f"/api/pars/{par_id}")
    assert set(seen) == {
        *("id", "session_id", "chief_complaint", "symptoms", "urgency", "red_flags", "has_red_flags"),
        *("reviewed", "reviewed_at", "approved", "assessment"),
    }
    assert nora.post(f"/api/pars/{par_id}/review", {"approved": True}, 409)["code"] == "ALREADY_REVIEWED"


def test_an_override_needs_its_texts_and_the_patient_reads_the_nurses(
    medassist: MedAssistProcess, nora: Person
) -> None:
    session, par_id = report(medassist)
    good = {"approved": False, "override_reason": "The rules were too careful", "override_assessment": "Please rest."}
    for wrong in (
        {"approved": False},
        {**good, "override_reason": " " * 20},
        {**good, "override_reason": "nine char"},
        {**good, "override_assessment": None},
        {**good, "override_assessment": "x" * 2001},
        {**good, "approved": "false"},
        {**good, "approved": 0},
        {},
    ):
        assert nora.post(f"/api/pars/{par_id}/review", wrong, 422)["error"] == "Validation error"
    assert nora.get(f"/api/pars/{par_id}")["status"] == "pending"
    nora.post(f"/api/pars/{par_id}/review", good, 200)
    seen = session.patient.get(f"/api/pars/{par_id}")
    assert seen["assessment"] == "Please rest." and "override_reason" not in seen
    kept = nora.get(f"/api/pars/{par_id}")
    assert kept["assessment"] != kept["override_assessment"] == "Please rest."


def test_two_decisions_at_once_give_one_winner(medassist: MedAssistProcess, nora: Person, nils: Person) -> None:
    for _ in range(5):
        _, par_id = report(medassist)
        override = {"approved": False, "override_reason": "reason enough", "override_assessment": "something else"}
        bodies = ((nora, {"approved": True}), (nils, override))
        with ThreadPoolExecutor(2) as together:
            waiting = [together.submit(who.http.post, f"/api/pars/{par_id}/review", json=body) for who, body in bodies]
        answers = [each.result() for each in waiting]
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        winner = next(answer.json() for answer in answers if answer.status_code == 200)
        assert nora.get(f"/api/pars/{par_id}")["approved"] == winner["approved"]
        assert len(nora.get(f"/api/pars/{par_id}/decisions")) == 1


def test_a_report_is_held_handed_over_and_released(medassist: MedAssistProcess, nora: Person, nils: Person) -> None:
    _, par_id = report(medassist)
    path = f"/api/pars/{par_id}/assign"
    assert nora.post(path, None, 200)["status"] == "in_review"
    assert nils.post(path, None, 409)["code"] == "ASSIGNED_TO_OTHER"
    assert nils.post(f"/api/pars/{par_id}/review", {"approved": True}, 409)["code"] == "ASSIGNED_TO_OTHER"
    assert nora.post(path, {"nurse_id": nils.id}, 200)["assigned_nurse_id"] == nils.id
    assert medassist.staff("admin").post(path, {"nurse_id": nora.id}, 200)["assigned_nurse_id"] == nora.id
    assert nora.get("/api/pars/queue", assigned_nurse="me")["total"] >= 1
    assert nora.http.delete(path).json()["status"] == "pending"
    history = nora.get(f"/api/pars/{par_id}/decisions")
    assert [(step["previous_status"], step["new_status"]) for step in history] == [
        ("pending", "in_review"),
        ("in_review", "in_review"),
        ("in_review", "in_review"),
        ("in_review", "pending"),
    ]


def test_a_question_reaches_the_patient_and_an_escalation_the_session(
    medassist: MedAssistProcess, nora: Person
) -> None:
    session, par_id = report(medassist, "My back pain is 7 out of 10")
    line = session.enter()
    path = f"/api/pars/{par_id}/review"
    assert nora.post(path, {"action": "escalate"}, 422)
    assert nora.post(path, {"action": "escalate", "notes": "a doctor must see this"}, 200)["status"] == "escalated"
    assert session.state()["status"] == "escalated"
    question = "Since when do you have the pain?"
    assert nora.post(path, {"action": "request_more_info", "notes": question}, 200)["status"] == "pending"
    assert line.until("message")[-1]["payload"]["content"] == question
    assert [message["content"] for message in session.history()].count(question) == 1
    actions = [step["action"] for step in nora.get(f"/api/pars/{par_id}/decisions")]
    assert actions == ["escalate", "request_more_info"]


def test_urgency_never_falls_and_the_ai_can_only_raise_it(medassist: MedAssistProcess, nora: Person) -> None:
    session, par_id = report(medassist)
    session.say("There is no pain now, I feel fine")
    session.say("Thanks [[script do=report urgency=routine when=report]]")
    renewed = session.patient.post(f"{session.path}/assessment", None, 200)
    assert renewed["id"] == par_id and renewed["assessment"] is None
    kept = nora.get(f"/api/pars/{par_id}")
    assert (kept["urgency"], kept["red_flags"], kept["degraded"]) == ("immediate", ["chest_pain"], False)
    harmless = medassist.patient().session()
    harmless.say("I have a mild cough [[script do=report urgency=urgent when=report]]")
    raised = nora.post(f"{harmless.path}/assessment", None, 201)
    assert (raised["urgency"], raised["has_red_flags"]) == ("urgent", False)
    unread = medassist.patient().session()
    unread.say("I have a mild cough [[script do=say text=nothing when=report]]")
    degraded = nora.post(f"{unread.path}/assessment", None, 201)
    assert (degraded["degraded"], degraded["confidence"], degraded["urgency"]) == (True, 0, "routine")
    assert degraded["symptoms"] == ["cough"]


def test_figures_are_counted(medassist: MedAssistProcess, nora: Person) -> None:
    before = nora.get("/api/nurse/analytics")
    ids = [report(medassist)[1] for _ in range(3)]
    nora.post(f"/api/pars/{ids[0]}/review", {"approved": True}, 200)
    body = {"approved": False, "override_reason": "reason enough", "override_assessment": "something else"}
    nora.post(f"/api/pars/{ids[1]}/review", body, 200)
    after = nora.get("/api/nurse/analytics")
    grown = {name: after[name] - before[name] for name in ("total_pars", "pending_count", "approved_count")}
    assert grown == {"total_pars": 3, "pending_count": 1, "approved_count": 1}
    assert after["overridden_count"] - before["overridden_count"] == 1
    assert after["approval_rate"] == pytest.approx(after["approved_count"] / after["reviewed_count"])


def test_notices_missed_are_replayed(medassist: MedAssistProcess, nora: Person) -> None:
    line = nora.dial("/ws/nurse")
    last = line.frame()["payload"]["last_event_id"]
    line.cut()
    report(medassist)
    back = nora.dial("/ws/nurse", last_event_id=last)
    now = back.frame()["payload"]["last_event_id"]
    assert [back.frame()["event_id"] for _ in range(now - last)] == list(range(last + 1, now + 1))


def test_search_by_name_and_words(medassist: MedAssistProcess, nora: Person) -> None:
    patient = medassist.patient(full_name="Zoe Quetzalcoatl")
    session = patient.session()
    session.say("I fainted this morning and hit the floor")
    for words in ("quetzal", "ZOE Q", "HIT THE FLOOR"):
        found = nora.get("/api/pars/search", q=words)["queue"]
        assert [item["session_id"] for item in found] == [session.id], words
    assert nora.get("/api/pars/search", q="%%")["total"] == 0
    nora.get("/api/pars/search", code=422, q="x")
