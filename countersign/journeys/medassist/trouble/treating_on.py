"""The clinic goes on while something is wrong: emergencies, the queue, decisions and sign-ins, one after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import personas
from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.medassist.crowd import Regular
from countersign.journeys.medassist.nurse import Nurse
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.report_model import Report

ROUND_EVERY = 0.2
WORD_WITHIN = 5.0
FAILED_SECONDS = 60.0


@dataclass
class Treated:
    """Everything that was done meanwhile, and the reports that came of the emergencies as a nurse read them."""

    operations: list[Operation] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @property
    def times(self) -> list[float]:
        """Seconds of what was done; what failed counts as a wait of a minute."""
        return [FAILED_SECONDS if operation.failed else operation.seconds for operation in self.operations]


def treats_on(people: Sequence[Regular], nurse: Nurse, going_on: GoingOn) -> Treated:
    """Go through rounds as long as it goes on: an emergency, a look at the queue, a decision, a sign-in.

    The people take turns, so that no limit on one of them is met.
    """
    treated, pace = Treated(), Pace(ROUND_EVERY)
    for number in count():
        if not going_on():
            break
        pace.wait()
        patient = people[number % len(people)]
        reports: list[str] = []
        steps: list[tuple[str, str, Callable[[], float]]] = [
            (patient.name, "advice in an emergency", partial(_emergency, patient, reports)),
            (nurse.name, "reading the queue", partial(_queue, nurse)),
            (nurse.name, "deciding a report", partial(_decides, nurse, reports, treated)),
            (patient.name, "signing in", partial(_signs_in, patient)),
        ]
        treated.operations += [attempt(who, what, act) for who, what, act in steps]
    return treated


def _emergency(patient: Regular, reports: list[str]) -> float:
    patient.opens_session()
    line = patient.joins()
    try:
        sent = line.say(personas.material("medassist")["complaints"]["an emergency"])
        alert = line.wait_for("red_flag_alert", WORD_WITHIN)
        ready = next((frame for frame in line.frames if frame.type == "par_ready"), None)
        ready = ready or line.wait_for("par_ready", WORD_WITHIN)
        reports.append(str(ready.payload.get("par_id")))
    finally:
        line.cut()
    return alert.arrived - sent.at


def _queue(nurse: Nurse) -> float:
    return float(nurse.api.ask("GET", "/api/pars/queue").must_be(200).seconds)


def _decides(nurse: Nurse, reports: Sequence[str], treated: Treated) -> float:
    if not reports:
        raise ContractBroken("medassist: no report came of the emergency, so there is nothing to decide")
    treated.reports.append(nurse.api.reports.read(reports[0]))
    return float(nurse.api.reports.try_review(reports[0], {"approved": True}).must_be(200).seconds)


def _signs_in(patient: Regular) -> float:
    api = MedAssistApi(patient.system, patient.name, patient.recorder)
    try:
        return float(api.try_sign_in(patient.account.email, patient.account.password).must_be(200).seconds)
    finally:
        api.close()
