"""A nurse looks at the queue: all of it, a small page, one urgency, and again after some decisions."""

import time
from dataclasses import dataclass

import personas
from countersign.expect.nurse_queue import Counted, TwoLooks
from countersign.journeys.medassist.filing import Pile
from countersign.journeys.medassist.nurse import Nurse
from countersign.systems.medassist.report_model import Queue

SMALL_PAGE = 2


@dataclass(frozen=True)
class QueueLook:
    """The whole queue at one moment, its waiting times once more, and the counters that came with parts of it."""

    pile: Pile
    whole: Queue
    counted: tuple[Counted, ...]
    waits: tuple[TwoLooks, ...]

    @property
    def own(self) -> Queue:
        """The queue without what others left in it."""
        return Queue(tuple(entry for entry in self.whole.entries if entry.id in self.pile.ids), 0, 0, 0, 0)


def looks_through(nurse: Nurse, pile: Pile) -> QueueLook:
    """Read the whole queue, a page of two, the parts by urgency and by red flags, and the waiting times again."""
    began, whole = time.monotonic(), nurse.api.reports.whole_queue()
    counted = [Counted(f"a page of {SMALL_PAGE}", nurse.api.reports.queue(limit=SMALL_PAGE), whole.entries)]
    for urgency in ("urgent", "immediate"):
        part = tuple(entry for entry in whole.entries if entry.urgency == urgency)
        counted.append(
            Counted(f"only {urgency} ones", nurse.api.reports.queue(limit=SMALL_PAGE, urgency=urgency), part)
        )
    flagged = tuple(entry for entry in whole.entries if entry.has_red_flags)
    counted.append(Counted("only red flags", nurse.api.reports.queue(limit=SMALL_PAGE, has_red_flags=True), flagged))
    again, passed = nurse.api.reports.whole_queue(), time.monotonic() - began
    later = {entry.id: entry.waited for entry in again.entries}
    waits = tuple(
        TwoLooks(entry.id, entry.waited, later.get(entry.id, 0.0), passed)
        for entry in whole.entries
        if entry.id in pile.ids
    )
    return QueueLook(pile, whole, tuple(counted), waits)


def decides_first(nurse: Nurse, pile: Pile, count: int) -> Queue:
    """Approve the first reports of a pile and give the queue after it."""
    note = personas.material("medassist")["approval_note"]
    for report_id in pile.ids[:count]:
        nurse.api.reports.approve(report_id, note)
    return nurse.api.reports.whole_queue()
