"""Nurses take reports, hand them over, release them, and try to take what another holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.expect.medassist.held import Rush, Step, TriedToTake
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.deciding import letters
from countersign.journeys.medassist.nursing.filing import Pile
from countersign.load.together import together
from countersign.systems.medassist.report_model import Decision, Report
from countersign.systems.moments import timed

TAKEN_WITHIN = 15.0
OPERATORS_NURSES = 2
"""How many accounts of nurses a target names at least, where the suite may not make its own."""


@dataclass(frozen=True)
class Tries:
    """Tries of somebody to lay hands on a report of another, and the report afterwards."""

    made: tuple[TriedToTake, ...]
    kept: Report


@dataclass(frozen=True)
class Steps:
    """What was done with a report, one step after the other, and the history that the system tells of it."""

    all: tuple[Step, ...]
    told: Sequence[Decision]


def takes(nurse: Nurse, pile: Pile) -> Report:
    """Take the first report of a pile."""
    return nurse.api.reports.assign(pile.ids[0])


def tries_to_take(nurse: Nurse, pile: Pile) -> Tries:
    """Try to take, approve and override a report that another nurse holds."""
    (report_id, *_), reports = pile.ids, nurse.api.reports
    override = {"approved": False, "override_reason": letters(20), "override_assessment": letters(20)}
    made = (
        TriedToTake("taking it", reports.try_assign(report_id)),
        TriedToTake("approving it", reports.try_review(report_id, {"approved": True})),
        TriedToTake("overriding it", reports.try_review(report_id, override)),
    )
    return Tries(made, reports.read(report_id))


def decides_own(nurse: Nurse, pile: Pile) -> Report:
    """Approve a report that the nurse holds."""
    return nurse.api.reports.approve(pile.ids[0], personas.material("medassist")["approval_note"])


def hand_over(first: Nurse, second: Nurse, admin: Administrator, pile: Pile) -> Steps:
    """Let one nurse take a report and hand it to another, an administrator give it back, and the first release it."""
    report_id = pile.ids[0]

    def assigned(by: Any, what: str, previous: str, to: Nurse) -> Step:
        return _step(what, by, (previous, "in_review"), lambda: by.api.reports.assign(report_id, to.id), holder=to.id)

    def released() -> Report:
        first.api.reports.try_release(report_id).must_be(200)
        return first.api.reports.read(report_id)

    steps = (
        assigned(first, "taking it", "pending", first),
        assigned(first, "handing it to a colleague", "in_review", second),
        assigned(admin, "giving it back", "in_review", first),
        _step("releasing it", first, ("in_review", "pending"), released),
    )
    return Steps(steps, first.api.reports.decisions(report_id))


def takes_part(first: Nurse, second: Nurse, pile: Pile) -> Steps:
    """Let one nurse take a report and ask the patient, another escalate it, and the first approve it."""
    (report_id, *_), words = pile.ids, personas.material("medassist_nurse")
    note = personas.material("medassist")["approval_note"]

    def acted(by: Nurse, action: str, states: tuple[str, str], notes: str) -> Step:
        return _step(
            action.replace("_", " "),
            by,
            states,
            lambda: by.api.reports.act(report_id, action, notes),
            action=action,
            notes=notes,
        )

    steps = (
        _step("taking it", first, ("pending", "in_review"), lambda: first.api.reports.assign(report_id)),
        acted(first, "request_more_info", ("in_review", "pending"), words["question"]),
        acted(second, "escalate", ("pending", "escalated"), words["escalation_note"]),
        acted(first, "approved", ("escalated", "reviewed"), note),
    )
    return Steps(steps, first.api.reports.decisions(report_id))


def _step(
    what: str, by: Any, states: tuple[str, str], act: Callable[[], Report], holder: str | None = None, **more: Any
) -> Step:
    left, span = timed(act)
    return Step(what, by.id, *states, span, left, holder=holder, **more)


def take_at_once(nurse: Nurse, pile: Pile, count: int) -> Rush:
    """Let so many nurses take a report at the same moment.

    Where the suite may not make accounts the operator's nurses share the tries among them.
    """
    report_id = pile.ids[0]
    own = "account-admin" in nurse.system.capabilities
    others = [
        Nurse(nurse.stage, nurse.persona, f"n{number}") for number in range(1, count if own else OPERATORS_NURSES)
    ]
    nurses = [nurse, *others]
    ids = [each.id for each in nurses]
    apis = [nurses[number % len(nurses)].signed_in_again() for number in range(count)]
    jobs = [partial(apis[number].reports.try_assign, report_id) for number in range(count)]
    outcomes = together(jobs, within=TAKEN_WITHIN)
    tries = [(ids[number % len(nurses)], outcome.get()) for number, outcome in enumerate(outcomes)]
    return Rush(tuple(tries), nurse.api.reports.read(report_id))
