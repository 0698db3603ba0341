"""Nurses decide: properly, incompletely, a second time, and two at the same moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.expect.medassist.decided import Attempt, Duel, Overridden
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Pile
from countersign.load.together import together
from countersign.systems.medassist.report_model import Report
from countersign.systems.moments import Span, timed
from countersign.transport.answer import Answer

DECIDED_WITHIN = 10.0


@dataclass(frozen=True)
class Approved:
    """An approval: by whom, with which note, from when to when, and the report as it came back and is kept."""

    nurse: Nurse
    note: str
    span: Span
    came_back: Report
    kept: Report


def approves_with_note(nurse: Nurse, pile: Pile) -> Approved:
    """Approve the first report of a pile with the note of the material."""
    note, (report_id, *_) = personas.material("medassist")["approval_note"], pile.ids
    came_back, span = timed(lambda: nurse.api.reports.approve(report_id, note))
    return Approved(nurse, note, span, came_back, nurse.api.reports.read(report_id))


def read_by(nurses: tuple[Nurse, ...], pile: Pile) -> dict[str, Report]:
    """Let each nurse read the first report of a pile."""
    return {nurse.name: nurse.api.reports.read(pile.ids[0]) for nurse in nurses}


@dataclass(frozen=True)
class Attempts:
    """Wishes on one report, and the report as it was before them."""

    before: Report
    made: tuple[Attempt, ...]


def sends_incomplete(nurse: Nurse, pile: Pile) -> Attempts:
    """Send every wish of the material that decides nothing, and read the report after each."""
    before = nurse.api.reports.read(pile.ids[0])
    wishes = personas.material("medassist_nurse")["undecided"]
    return Attempts(before, tuple(_tries(nurse, before.id, each["called"], each["sends"]) for each in wishes))


def decides_again(nurses: tuple[Nurse, ...], approved: Approved) -> Attempts:
    """Let each nurse approve and override a report that has been decided."""
    tries = [(nurse, body) for nurse in nurses for body in personas.material("medassist_nurse")["second_tries"]]
    return Attempts(
        approved.kept,
        tuple(
            _tries(nurse, approved.kept.id, f"a later decision of {nurse.name} (approved {body['approved']})", body)
            for nurse, body in tries
        ),
    )


def _tries(nurse: Nurse, report_id: str, called: str, body: Mapping[str, Any]) -> Attempt:
    answer = nurse.api.reports.try_review(report_id, {name: _written(value) for name, value in body.items()})
    return Attempt(called, answer, nurse.api.reports.read(report_id))


def _written(value: Any) -> Any:
    return letters(value["letters"]) if isinstance(value, Mapping) else value


def letters(count: int) -> str:
    """Make a text of so many letters."""
    return ("The patient was called back. " * (count // 28 + 1))[: count - 1] + "." if count else ""


@dataclass(frozen=True)
class Overrides:
    """Proper overrides, one report each."""

    all: tuple[Overridden, ...]


def overrides_at_the_limits(nurse: Nurse, pile: Pile) -> Overrides:
    """Override the first report with the shortest and the second with the longest words allowed."""
    limits = personas.material("medassist_nurse")["limits"]
    done = []
    for end, report_id in enumerate(pile.ids[:2]):
        reason, assessment = letters(limits["reason"][end]), letters(limits["assessment"][end])
        before = nurse.completed_report(report_id)
        nurse.api.reports.override(report_id, reason, assessment)
        done.append(Overridden(before, nurse.api.reports.read(report_id), reason, assessment))
    return Overrides(tuple(done))


@dataclass(frozen=True)
class Duels:
    """Reports that were decided twice at the same moment."""

    all: tuple[Duel, ...]


def decide_at_once(approving: Nurse, overriding: Nurse, pile: Pile) -> Duels:
    """Let one nurse approve and another override each report of a pile at the same moment, one report at a time."""
    words = personas.material("medassist")["override"]
    body = {"approved": False, "override_reason": words["reason"], "override_assessment": words["assessment"]}
    nurses = {True: approving, False: overriding}
    bodies = {True: {"approved": True, "notes": personas.material("medassist")["approval_note"]}, False: body}
    ids = {approved: nurse.id for approved, nurse in nurses.items()}
    for nurse in nurses.values():
        nurse.api.me()  # signed in and connected beforehand, so that both decisions leave at the same moment
    duels = (Duel(_at_once(nurses, bodies, each), ids, approving.api.reports.read(each)) for each in pile.ids)
    return Duels(tuple(duels))


def _at_once(nurses: Mapping[bool, Nurse], bodies: Mapping[bool, Any], report_id: str) -> dict[bool, Answer]:
    jobs = [partial(nurse.api.reports.try_review, report_id, bodies[which]) for which, nurse in nurses.items()]
    outcomes = together(jobs, within=DECIDED_WITHIN)
    return {which: outcome.get() for which, outcome in zip(nurses, outcomes, strict=True)}
