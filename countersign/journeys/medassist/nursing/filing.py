"""Reports of chosen kinds come into being: one session each, from one patient or from several."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.expect.medassist.nurse_queue import URGENCIES
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.scripted_ai import mark

REPORT_WITHIN = 5.0


@dataclass(frozen=True)
class Filed:
    """A report, as its kind promises it. `line` is the patient's chat of that session, closed unless it was kept."""

    patient: Patient
    kind: str
    complaint: str
    urgency: str
    flagged: bool
    session_id: str
    report_id: str
    line: ChatLine


@dataclass(frozen=True)
class Pile:
    """Reports in the order they came into being."""

    filed: tuple[Filed, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports."""
        return tuple(each.report_id for each in self.filed)

    @property
    def by_danger(self) -> tuple[str, ...]:
        """The ids in the order in which nurses have to see them: red flags, urgency, oldest first."""
        order = sorted(self.filed, key=lambda each: (not each.flagged, URGENCIES.index(each.urgency)))
        return tuple(each.report_id for each in order)


def files(patient: Patient, kind: str, words: str = "", *, stays: bool = False) -> Filed:
    """Open a session, say what brings a report of this kind (`words` behind it), and ask for it where need be.

    Another kind stands in where the system does not offer what this one needs; `stays` keeps the chat open.
    """
    name, about = _offered(patient.system.capabilities, kind)
    session, line = patient.opens_session(), patient.joins()
    said = " ".join(part for part in (about["says"], words) if part)
    scripted = "scripted-ai" in _needs(about)
    turn = patient.says(mark("report", said, urgency=about["urgency"], when="report") if scripted else said)
    if turn.refusal is not None:
        raise ContractBroken(f"medassist: the message {said[:60]!r} was refused ({turn.error_code})")
    report_id = _asked_for(patient, session.id) if about.get("on_request") else _told(line)
    if not stays:
        line.close()
    return Filed(patient, name, said, about["urgency"], about["flagged"], session.id, report_id, line)


def files_mixed(patient: Patient, count: int) -> Pile:
    """File so many reports of all kinds in the mixed order of the material."""
    kinds = islice(cycle(personas.material("medassist_nurse")["mixed_order"]), count)
    return Pile(tuple(files(patient, kind) for kind in kinds))


def files_several(patient: Patient, kind: str, count: int, *, stay: bool = False) -> Pile:
    """File so many reports of one kind; `stay` keeps their chats open."""
    return Pile(tuple(files(patient, kind, stays=stay) for _ in range(count)))


def _offered(capabilities: frozenset[str], kind: str) -> tuple[str, Any]:
    kinds = personas.material("medassist_nurse")["kinds"]
    about = kinds[kind]
    return (kind, about) if capabilities.issuperset(_needs(about)) else _offered(capabilities, about["instead"])


def _needs(about: Any) -> Sequence[str]:
    needs: Sequence[str] = about.get("needs", ())
    return needs


def _asked_for(patient: Patient, session_id: str) -> str:
    return str(patient.api.sessions.try_report(session_id).must_be(201).json()["id"])


def _told(line: ChatLine) -> str:
    ready = line.came_or_comes("par_ready", REPORT_WITHIN)
    if ready is None:
        raise ContractBroken(f"medassist: no report came of an urgent message within {REPORT_WITHIN:g} s")
    return str(ready.payload["par_id"])
