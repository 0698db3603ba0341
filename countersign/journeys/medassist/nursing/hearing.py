"""Patients hear of decisions: in the open chat, or on return."""

import time
from dataclasses import dataclass
from typing import Any

import personas
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Filed, Pile
from countersign.systems.medassist.model import Session

HEARD_WITHIN = 2.0
EVERY_OVERRIDE = 3
"""Every third decision is an override, the others are approvals."""


@dataclass(frozen=True)
class Heard:
    """What became of one decision: seconds until the patient was told (None: not told), whether it was told truly."""

    seconds: float | None
    told_as: Any
    approved: bool
    session: Session


@dataclass(frozen=True)
class Hearings:
    """The decisions of a scenario, one after the other."""

    all: tuple[Heard, ...]

    @property
    def seconds(self) -> list[float]:
        """The seconds until each decision was told, of those that were."""
        return [heard.seconds for heard in self.all if heard.seconds is not None]


def decides_each(nurse: Nurse, pile: Pile) -> Hearings:
    """Decide each report of a pile while its patient waits in the chat."""
    nurse.api.me()
    return Hearings(
        tuple(_decides(nurse, filed, number % EVERY_OVERRIDE != 0) for number, filed in enumerate(pile.filed, 1))
    )


def _decides(nurse: Nurse, filed: Filed, approved: bool) -> Heard:
    words = personas.material("medassist")
    began = time.monotonic()
    if approved:
        nurse.api.reports.approve(filed.report_id, words["approval_note"])
    else:
        nurse.api.reports.override(filed.report_id, words["override"]["reason"], words["override"]["assessment"])
    frame = filed.line.came_or_comes("par_update", HEARD_WITHIN)
    session = filed.patient.api.sessions.read(filed.session_id)
    if frame is None:
        return Heard(None, None, approved, session)
    return Heard(frame.arrived - began, frame.payload, approved, session)
