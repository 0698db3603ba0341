"""Faults of the queue: its order, its filters, its figures."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from reference.medassist import tables
from reference.medassist.faults import fault
from reference.medassist.parts import Parts
from reference.medassist.reports.analytics import Analytics
from reference.medassist.reports.queue import NurseQueue, QueueFilter

pars = tables.pars

CONSTANT_RATES = {"approval_rate": 0.85, "override_rate": 0.15, "average_review_time_minutes": 12.0}


@fault("queue-scrambled", "MA-NURSE-01", "MA-NURSE-02", "MA-NURSE-09")
def queue_scrambled(parts: Parts) -> None:
    """List the newest first within an urgency, join filters by "or", count the page alone, and make the rates up."""
    parts.queue = _ScrambledQueue(parts.database)
    parts.analytics = _ConstantRates(parts.database)


class _ScrambledQueue(NurseQueue):
    def order(self) -> list[ColumnElement[Any]]:
        return [pars.c.has_red_flags.desc(), pars.c.urgency_rank.desc(), pars.c.created_at.desc(), pars.c.id]

    def conditions(self, wanted: QueueFilter) -> list[ColumnElement[bool]]:
        found = super().conditions(wanted)
        # Without status and words the first condition leaves decided reports out; nobody asked for it.
        unasked = 1 if wanted.status is None and wanted.words is None else 0
        asked = found[unasked:]
        return [*found[:unasked], or_(*asked)] if asked else found

    def totals(self, counted: dict[str, int], rows: Any) -> dict[str, int]:
        return {**super().totals(counted, rows), "total": len(rows)}


class _ConstantRates(Analytics):
    def counted(self, rows: Any) -> dict[str, Any]:
        return {**super().counted(rows), **CONSTANT_RATES}
