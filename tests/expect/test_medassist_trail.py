"""The audit trail, and what a patient may see."""

import json
from dataclasses import replace
from typing import Any

from countersign.expect.medassist.discretion import (
    FOR_PATIENTS,
    Sighting,
    patients_view,
    tells_nothing_for_nurses,
    withheld,
)
from countersign.expect.medassist.trail import (
    Deed,
    Traced,
    kept_unchanged,
    own_actions,
    recorded_once,
    telling_only_of,
    without_words_of,
)
from countersign.systems.medassist.audit import AuditEntry
from tests.expect.medassist_reports import AROUND_NOON, AT_NOON, AT_TWO, session
from tests.expect.telling import answer, told

APPROVAL = Deed("par_approved", "Nora", "nora", "nora@example.org", "nurse", frozenset({"r1"}), "success", AROUND_NOON)


def entry(**changed: Any) -> AuditEntry:
    parts: dict[str, Any] = {
        "id": "e1",
        "action": "par_approved",
        "user_id": "nora",
        "user_email": "Nora@example.org",
        "role": "nurse",
        "resource_type": "par",
        "resource_id": "r1",
        "ip_address": "127.0.0.1",
        "user_agent": "a program",
        "outcome": "success",
        "created_at": AT_NOON,
        "raw": {"details": {}},
    }
    return AuditEntry(**parts | changed)


def lack_of(*entries: AuditEntry, deed: Deed = APPROVAL, times: int = 1) -> str:
    return told(recorded_once(), Traced(deed, times, [each for each in entries if deed.is_told_by(each)]))


def test_a_deed_has_one_whole_entry() -> None:
    assert lack_of(entry()) == ""
    assert lack_of() == "par_approved (success) by Nora, done once, is there not at all"
    assert "is there 2 times" in lack_of(entry(), entry(id="e2"))
    assert lack_of(entry(), entry(id="e2"), times=2) == ""
    assert "not at all" in lack_of(entry(outcome="failure"))
    assert "not at all" in lack_of(entry(resource_id="r2"))
    assert "as admin" in lack_of(entry(role="admin"))
    assert "address it came from is None" in lack_of(entry(ip_address=None))
    assert "program" in lack_of(entry(user_agent=None))
    assert "it was done from" in lack_of(entry(created_at=AT_TWO))


def test_what_the_system_does_has_neither_address_nor_account() -> None:
    by_system = entry(user_id=None, user_email=None, role="system", ip_address=None, user_agent=None)
    assert "not at all" in lack_of(by_system)
    assert lack_of(by_system, deed=replace(APPROVAL, or_system=True)) == ""
    assert lack_of(by_system, deed=replace(APPROVAL, user_id=None, email=None, role=None)) == ""


def test_a_trail_tells_only_of_what_was_done() -> None:
    assert told(telling_only_of([APPROVAL]), [entry()]) == ""
    assert told(telling_only_of([APPROVAL]), [entry(), entry(action="par_viewed")]).startswith(
        "1 entries do: par_viewed"
    )
    assert told(telling_only_of([APPROVAL]), []) == "there is no entry at all"


def test_a_trail_holds_nobodys_words() -> None:
    assert told(without_words_of("Pia", ["my tooth hurts"]), [entry()]) == ""
    talkative = entry(raw={"details": {"content": "my tooth hurts"}})
    assert "an entry of par_approved holds" in told(without_words_of("Pia", ["my tooth hurts"]), [talkative])
    assert told(without_words_of("Pia", []), [entry()]) == "there was nothing to compare"


def test_a_trail_keeps_what_it_held() -> None:
    assert told(kept_unchanged([entry()]), [entry(), entry(id="e2")]) == ""
    assert told(kept_unchanged([entry()]), []) == "1 are gone and 0 changed"
    assert told(kept_unchanged([entry()]), [entry(raw={"details": {"code": "x"}})]) == "0 are gone and 1 changed"
    assert told(kept_unchanged([]), [entry()]) == "there was no entry before"


def test_a_nurse_sees_her_own_actions() -> None:
    assert told(own_actions("Nora", "nora"), [entry()]) == ""
    assert "1 of 2 are about others" in told(own_actions("Nora", "nora"), [entry(), entry(user_id="nils")])
    assert told(own_actions("Nora", "nora"), []) == "there are none at all"


def test_a_patient_reads_the_patients_view() -> None:
    view = dict.fromkeys(FOR_PATIENTS, "a text") | {"assessment": "Rest."}
    assert told(patients_view("Rest."), answer(200, json.dumps(view).encode())) == ""
    assert "the assessment reads" in told(patients_view("Run."), answer(200, json.dumps(view).encode()))
    assert told(patients_view("Rest."), answer(200, json.dumps(view | {"notes": "x"}).encode())) == "it shows notes too"
    assert "was answered 403" in told(patients_view("Rest."), answer(403))


def test_nothing_for_nurses_is_told() -> None:
    secret = {"the nurse's note": 'Called "twice"'}
    assert told(tells_nothing_for_nurses(), Sighting("the chat", [{"type": "status"}], secret)) == ""
    found = told(tells_nothing_for_nurses(), Sighting("the chat", [{"text": 'Called "twice" today'}], secret))
    assert found == "the chat tells the nurse's note"
    named = told(tells_nothing_for_nurses(), Sighting("the list", [{"par": {"confidence": 0.5}}], secret))
    assert named == "the list tells confidence"


def test_a_report_is_withheld() -> None:
    assert told(withheld(), answer(403)) == ""
    assert "was answered 200" in told(withheld(), answer(200))
    assert told(withheld(), session()) == ""
    assert "shows its report" in told(withheld(), session(par={"id": "r1"}))
