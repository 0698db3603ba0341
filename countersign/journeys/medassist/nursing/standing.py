"""Reports that stand differently: some wait, some are held or escalated, some are decided; and which that are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Filed, Pile

HELD = 2


@dataclass(frozen=True)
class Standing:
    """How a report stands. `session_status` is that of its session; `assigned_nurse` is "me" for the nurse who asks."""

    filed: Filed
    status: str
    assigned_nurse: str | None
    session_status: str

    def matches(self, wanted: Mapping[str, Any]) -> bool:
        """Say whether the report belongs to what is asked for (without a status: what waits for a decision)."""
        if "status" not in wanted and self.status == "reviewed":
            return False
        own = {
            "urgency": self.filed.urgency,
            "has_red_flags": self.filed.flagged,
            "status": self.status,
            "assigned_nurse": self.assigned_nurse,
        }
        return wanted.items() <= own.items()


@dataclass(frozen=True)
class Desk:
    """The reports of a scenario, each with how it stands, and a session that was given up without a report."""

    nurse: Nurse
    standings: tuple[Standing, ...]
    given_up: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all reports."""
        return tuple(each.filed.report_id for each in self.standings)

    def due(self, wanted: Mapping[str, Any]) -> tuple[str, ...]:
        """Give the ids of the reports that match."""
        return tuple(each.filed.report_id for each in self.standings if each.matches(wanted))


def works_on(nurse: Nurse, pile: Pile) -> Desk:
    """Approve the first report of a pile and give up a session; where there is a nurse desk, take two reports and
    escalate a third."""
    words = personas.material("medassist_nurse"), personas.material("medassist")
    first, rest = pile.filed[0], list(pile.filed[1:])
    nurse.api.reports.approve(first.report_id, words[1]["approval_note"])
    standings = [Standing(first, "reviewed", None, "completed")]
    if "nurse-desk" in nurse.system.capabilities:
        for filed in rest[:HELD]:
            nurse.api.reports.assign(filed.report_id)
            standings.append(Standing(filed, "in_review", "me", _session_of(filed)))
        nurse.api.reports.act(rest[HELD].report_id, "escalate", words[0]["escalation_note"])
        standings.append(Standing(rest[HELD], "escalated", None, "escalated"))
        rest = rest[HELD + 1 :]
    standings += [Standing(filed, "pending", None, _session_of(filed)) for filed in rest]
    given_up = first.patient.opens_session().id
    nurse.api.sessions.move(given_up, "cancelled")
    return Desk(nurse, tuple(standings), given_up)


def _session_of(filed: Filed) -> str:
    return "escalated" if filed.flagged else "active"
