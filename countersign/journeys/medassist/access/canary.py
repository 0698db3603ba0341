"""The canary: a patient whose name, address, telephone, words and passwords stand nowhere else in the world."""

import secrets
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.errors import CapabilityMissing, DeadlineExceeded, HandshakeRefused, LineClosed, NotVerified
from countersign.expect.traces import Place, Trace
from countersign.faults.control import Logs
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.medassist.clinic import Account
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ANSWER_WITHIN, ChatLine
from countersign.systems.medassist.socket import MedAssistLine, socket_address
from countersign.systems.scripted_ai import ScriptedAiRecord
from countersign.transport import eventually
from countersign.transport.answer import Answer

LOG_LINES = 100_000
LOGGED_WITHIN = 5.0
MOST_ENTRIES = 500
TOO_LONG = 5001
WELL_AGAIN_WITHIN = 30.0
FIRST_REFUSAL = 400
OWN_WORDS = ("complaint", "telephone")
OTHER_WORDS = ("complaint of another talk",)


class MarkedPatient(Patient):
    """A patient who consists of marks, and has not agreed to the consent text yet."""

    def __init__(self, stage: Any, persona: Any, marks: Mapping[str, str]) -> None:
        super().__init__(stage, persona, agrees=False)
        self.marks = marks

    def enrolled(self) -> Account:
        """Register with the marks as name, address and password."""
        email, full_name = f"{self.marks['e-mail address']}@example.org", self.marks["given name"]
        full_name += f" {self.marks['family name']}"
        user = self.stranger().accounts.register(email, self.marks["password"], full_name)
        self.clinic.registered(user)
        return Account(email, self.marks["password"], full_name, user)


@dataclass
class Canary:
    """Every mark by its name, and what was met on the way: refusals and the numbers of requests."""

    stage: Any
    marks: dict[str, str]
    patient: MarkedPatient
    nurse: Nurse
    refusals: list[Place] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    ai_place: int = 0

    @property
    def everything(self) -> list[Trace]:
        """All marks, and the tokens of the two people."""
        tokens = {
            f"{kind} token of {person.name}": token
            for person in (self.patient, self.nurse)
            for kind, token in (("access", person.api.tokens.access), ("refresh", person.api.tokens.refresh))
        }
        return self.traces(*self.marks) + [Trace.of(f"the {name}", token) for name, token in tokens.items()]

    def traces(self, *names: str) -> list[Trace]:
        """Give some of the marks to look for."""
        return [Trace.of(f"the {name} of the canary", self.marks[name]) for name in names]

    def says(self, template: str) -> str:
        """Put the marks into a text of the material."""
        text = template
        for name, mark in self.marks.items():
            text = text.replace(f"{{{name}}}", mark)
        return text

    def measure(self, stage: Any) -> None:
        """Journal how many refusals are searched."""
        count = len(self.refusals)
        stage.measure("refusals searched", count, "refusals", samples=count, statistic="count")

    def met(self, answer: Answer, what: str) -> Answer:
        """Remember an answer: its number, and its body if it is a refusal."""
        self.requests.append(answer.request_id)
        if answer.status >= FIRST_REFUSAL:
            text = answer.body.decode("utf-8", "replace")
            self.refusals.append(Place(f"the refusal of {what} ({answer.status})", text))
        return answer


def hatches(patient: Patient, nurse: Nurse) -> Canary:
    """Make the marks, hide them from all that is recorded, and give somebody like the patient who consists of them."""
    material, letters = personas.material("medassist_canary"), secrets.token_hex(3)
    marks = {name: f"{word}{letters}" for name, word in material["words"].items()}
    marks["telephone"] = f"{material['telephone']}{secrets.randbelow(9000) + 1000}"
    for name, mark in marks.items():
        patient.stage.recorder.redactor.register(mark, f"{name} of the canary")
    canary = Canary(patient.stage, marks, MarkedPatient(patient.stage, patient.persona, marks), nurse)
    canary.met(patient.stranger().ask("GET", "/api/health"), "health")
    return canary


def goes_the_whole_way(canary: Canary) -> None:
    """Go from the sign-in to the nurse's decision, stumbling wherever one can."""
    patient, material = canary.patient, personas.material("medassist_canary")
    canary.ai_place = _place_in_the_record(canary)
    if "nurse-live" in patient.system.capabilities:
        canary.nurse.comes_on_duty()
    _stumbles_at_the_door(canary)
    session = patient.opens_session(said=canary.marks["complaint"], call=canary.marks["telephone"])
    line = patient.joins()
    if "consent" in patient.system.capabilities:
        line.exchange(canary.says(material["said"][0]))
        patient.api.consent.give()
    for text in material["said"]:
        line.exchange(canary.says(text))
    _stumbles_in_the_chat(canary, line)
    if "scripted-ai" in patient.system.capabilities:
        line.exchange(canary.says(material["failing_ai"]), 2 * ANSWER_WITHIN)
    _loses_the_database(canary, line)
    _is_decided(canary, session.id)
    patient.opens_session()
    patient.joins().exchange(canary.says(material["said_elsewhere"]))
    canary.refusals += [
        Place(f"the refusal of a message ({frame.payload.get('code')})", str(dict(frame.data)))
        for each in patient.lines
        for frame in each.frames
        if frame.type == "error"
    ]
    canary.met(patient.api.ask("GET", "/api/auth/me"), "the own account")


def _stumbles_at_the_door(canary: Canary) -> None:
    patient, marks = canary.patient, canary.marks
    stranger, account = patient.stranger(), patient.account
    wrong = marks["wrong password"]
    canary.met(stranger.try_sign_in(account.email, wrong), "a wrong password")
    canary.met(stranger.try_sign_in(f"{marks['family name']}@example.org", wrong), "an unknown address")
    body = {"email": account.email, "password": marks["password"], "full_name": account.full_name}
    canary.met(stranger.accounts.try_register(body), "an address that is registered")
    canary.met(stranger.accounts.try_register({**body, "email": marks["given name"]}), "a malformed address")
    canary.met(stranger.accounts.try_register({**body, "password": marks["given name"]}), "a weak password")
    broken = f'{{"email": "{account.email}", "password": "{wrong}'
    canary.met(
        stranger.ask("POST", "/api/auth/login", content=broken, headers={"Content-Type": "application/json"}),
        "a body that is broken off",
    )
    for path in (f"/api/sessions/{marks['complaint']}", f"/api/{marks['given name']}", f"/{marks['family name']}"):
        canary.met(patient.api.ask("GET", path), "an address nobody answers at")
    canary.met(patient.api.sessions.try_open({"metadata": [marks["complaint"]]}), "metadata that is none")
    canary.met(patient.api.ask("GET", "/api/sessions", params={"limit": marks["given name"]}), "a senseless page")
    false = socket_address(patient.system, marks["given name"], marks["wrong password"])
    with suppress(HandshakeRefused, LineClosed):
        MedAssistLine.dial(patient.system, false, actor=patient.name, recorder=canary.stage.recorder).close()


def _stumbles_in_the_chat(canary: Canary, line: ChatLine) -> None:
    mark = canary.marks["complaint"]
    line.line.send_text(f'{{"type": "chat", "payload": {{"content": "{mark}')
    line.tell(mark, {"content": mark})
    line.say([mark])
    line.say(f"{mark} {'and on ' * TOO_LONG}"[:TOO_LONG])
    line.say(f"{mark}\0")
    # A ping is the marker: what was refused was refused before it is answered.
    line.ping()
    session_id = canary.patient.session.id
    if "chat-http" in canary.patient.system.capabilities:
        for content in ([mark], f"{mark}\0", f"{mark} {'x' * TOO_LONG}"):
            canary.met(canary.patient.api.sessions.try_saying(session_id, {"content": content}), "a message")


def _loses_the_database(canary: Canary, line: ChatLine) -> None:
    """Write, sign in and decide while the database is away, where the suite can take it away."""
    patient = canary.patient
    if "dependency-control" not in patient.system.capabilities:
        canary.stage.recorder.say("not done: nothing was said while the database is away, which nobody can stop here")
        return
    looker, control = patient.stranger(), patient.system.control
    assert control is not None
    with rolled_back(control, lambda: looker.ask("GET", "/api/health/ready").must_be(200), within=WELL_AGAIN_WITHIN):
        control.dependency("database").stop()
        text = canary.says(personas.material("medassist_canary")["while_the_database_is_away"])
        line.collect_what_comes([line.say(text)], ANSWER_WITHIN)
        account = patient.account
        canary.met(looker.try_sign_in(account.email, account.password), "a sign-in without a database")
        canary.met(patient.api.sessions.try_open({"metadata": {"said": text}}), "a session without a database")


def _is_decided(canary: Canary, session_id: str) -> None:
    nurse, marks = canary.nurse, canary.marks
    words = {
        name: canary.says(text) for name, text in personas.material("medassist_canary")["words_of_the_nurse"].items()
    }
    report = nurse.finds_report_of(session_id)
    reports = nurse.api.reports
    canary.met(reports.try_queue(urgency=marks["family name"]), "a senseless filter")
    canary.met(reports.try_read(marks["family name"]), "a malformed id")
    if "nurse-desk" in nurse.system.capabilities:
        reports.search(marks["family name"])
    body = {"approved": False, "override_reason": words["reason"], "notes": words["note"]}
    canary.met(reports.try_review(report.id, body), "a decision that lacks something")
    whole = {**body, "override_assessment": words["assessment"]}
    canary.met(reports.try_review(report.id, whole), "a decision").must_be(200)
    canary.met(reports.try_review(report.id, whole), "a second decision")
    canary.met(canary.patient.api.reports.try_review(report.id, whole), "a decision of a patient")


def _place_in_the_record(canary: Canary) -> int:
    if canary.patient.system.scripted_ai is None:
        return 0
    with closing(ScriptedAiRecord(canary.patient.system, canary.stage.recorder)) as record:
        return record.here()


def told_to_the_ai(canary: Canary) -> list[Place]:
    """Give what the AI was told meanwhile, without the words of the talk that a call was made for.

    Raises NotVerified if the record holds no call for one of the two talks: then nothing would be shown.
    """
    canary.stage.need("scripted-ai")
    with closing(ScriptedAiRecord(canary.patient.system, canary.stage.recorder)) as record:
        calls = record.since(canary.ai_place)
    talks = {"the first talk": OWN_WORDS, "the other talk": OTHER_WORDS}
    places, seen = [], set()
    for number, call in enumerate(calls, 1):
        text = call.everything
        talk = next((name for name, words in talks.items() if canary.marks[words[0]] in text), "")
        seen.add(talk)
        for word in talks.get(talk, ()):
            text = text.replace(canary.marks[word], "")
        places.append(Place(f"call {number} to the AI ({talk or 'for somebody else'})", text))
    if not set(talks) <= seen:
        raise NotVerified(f"medassist: the AI was told nothing of {' and '.join(sorted(set(talks) - seen))}")
    return places


def ids_of(canary: Canary) -> list[Trace]:
    """Give the ids by which the system knows the patient, the talks and the nurse: the AI needs none of them."""
    ids = {"id of the patient": canary.patient.id, "id of the nurse": canary.nurse.id}
    ids |= {f"id of talk {number}": session.id for number, session in enumerate(canary.patient.sessions, 1)}
    return [Trace.of(f"the {name}", identity) for name, identity in ids.items()]


def logged(canary: Canary) -> list[Place]:
    """Give all that was logged from the first to the last request of the journey.

    Raises CapabilityMissing where the suite cannot read the log, NotVerified where the log does not reach so far.
    """
    canary.stage.need("log-read")
    control = canary.patient.system.control
    if control is None:
        raise CapabilityMissing("medassist: the target names no command that shows the log")
    ends = {"first": canary.requests[0], "last": canary.requests[-1]}

    def whole() -> Logs:
        logs: Logs = control.logs(LOG_LINES, redacted=False)
        text = "\n".join(logs.log)
        absent = [name for name, number in ends.items() if not number or number not in text]
        assert not absent, f"medassist: the {' and the '.join(absent)} request of the journey is not in the log"
        return logs

    try:
        # A line may be written a moment after the answer that it tells of.
        logs = eventually(whole, LOGGED_WITHIN, every=0.1, what="the log of the journey")
    except DeadlineExceeded as late:
        raise NotVerified(str(late)) from late
    return [Place("the log", "\n".join(logs.log)), Place("what the process printed", "\n".join(logs.console))]


def kept_beside(canary: Canary) -> list[Place]:
    """Give what else the system keeps or shows of the journey: figures, notices to nurses, details of the trail."""
    patient, nurse, offered = canary.patient, canary.nurse, canary.patient.system.capabilities
    places = []
    if "metrics" in offered:
        places.append(Place("the figures of operation", patient.stranger().ask("GET", "/metrics").must_be(200).text))
    if "nurse-live" in offered:
        places += [Place(f"the notice {frame.type}", str(dict(frame.data))) for frame in nurse.line.up_to_now()]
    if "audit-read" in offered:
        entries = patient.clinic.admin.audit.entries(limit=MOST_ENTRIES)
        places += [Place(f"the details of {entry.action}", str(entry.raw.get("details"))) for entry in entries]
    for capability in sorted({"metrics", "nurse-live", "audit-read"} - offered):
        canary.stage.recorder.say(f"not searched: {capability}, which the target does not have")
    return places
