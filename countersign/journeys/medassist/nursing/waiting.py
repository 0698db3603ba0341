"""The whole queue of the nurses, page by page."""

from countersign.journeys.medassist.nurse import Nurse
from countersign.systems.medassist.report_model import Waiting

PAGE = 200


def whole_queue(nurse: Nurse) -> list[Waiting]:
    """Read every waiting report, in the order of the queue."""
    entries: list[Waiting] = []
    while True:
        page = nurse.api.reports.queue(limit=PAGE, offset=len(entries))
        entries += page.entries
        if not page.entries or len(entries) >= page.total:
            return entries
