"""A nurse looks at the queue: all of it, a small page, one urgency, and again after some decisions."""

from contextlib import suppress
from dataclasses import dataclass

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.medassist.nurse_queue import Counted, TwoLooks
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.filing import Pile
from countersign.systems.medassist.report_model import Queue
from countersign.systems.moments import Span, timed
from countersign.transport import eventually

SMALL_PAGE = 2
GROWN_WITHIN = 2.0


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
    whole, first = timed(nurse.api.reports.whole_queue)
    counted = [Counted(f"a page of {SMALL_PAGE}", nurse.api.reports.queue(limit=SMALL_PAGE), whole.entries)]
    for urgency in ("urgent", "immediate"):
        part = tuple(entry for entry in whole.entries if entry.urgency == urgency)
        counted.append(
            Counted(f"only {urgency} ones", nurse.api.reports.queue(limit=SMALL_PAGE, urgency=urgency), part)
        )
    flagged = tuple(entry for entry in whole.entries if entry.has_red_flags)
    counted.append(Counted("only red flags", nurse.api.reports.queue(limit=SMALL_PAGE, has_red_flags=True), flagged))
    return QueueLook(pile, whole, tuple(counted), _waits(nurse, pile, whole, first))


def _waits(nurse: Nurse, pile: Pile, earlier: Queue, first: Span) -> tuple[TwoLooks, ...]:
    """Look again until the waiting times have grown (they may be rounded), at the latest after a while."""
    waited = {entry.id: entry.waited for entry in earlier.entries if entry.id in pile.ids}
    looks: list[TwoLooks] = []

    def grown() -> None:
        later, second = timed(nurse.api.reports.whole_queue)
        now = {entry.id: entry.waited for entry in later.entries}
        passed = ((second.began - first.ended).total_seconds(), (second.ended - first.began).total_seconds())
        looks[:] = [TwoLooks(each, before, now.get(each, 0.0), *passed) for each, before in waited.items()]
        if not all(look.second > look.first for look in looks):
            raise AssertionError("not every waiting time has grown")

    with suppress(DeadlineExceeded):  # how they stand in the end is judged by the sentence
        eventually(grown, GROWN_WITHIN, every=0.1, what="medassist: waiting times that grow")
    return tuple(looks)


def decides_first(nurse: Nurse, pile: Pile, count: int) -> Queue:
    """Approve the first reports of a pile and give the queue after it."""
    note = personas.material("medassist")["approval_note"]
    for report_id in pile.ids[:count]:
        nurse.api.reports.approve(report_id, note)
    return nurse.api.reports.whole_queue()
