"""Reports over HTTP: the nurses' queue, reading, assigning, deciding, searching, figures."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.report_model import (
    Decision,
    Queue,
    Report,
    Waiting,
    read_decision,
    read_queue,
    read_report,
)
from countersign.transport.answer import Answer

LONGEST_PAGE = 200
"""The most reports of one page of the queue (contract, section 3)."""


class Reports:
    """The routes of reports."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def queue(self, **filters: Any) -> Queue:
        """Read the queue (`limit`, `offset`, `urgency`, `has_red_flags`, `status`, `assigned_nurse`)."""
        return read_queue(self.try_queue(**filters).must_be(200).json())

    def whole_queue(self, **filters: Any) -> Queue:
        """Read the queue page by page; the counts are those of the last page read."""
        entries: list[Waiting] = []
        while True:
            page = self.queue(limit=LONGEST_PAGE, offset=len(entries), **filters)
            entries += page.entries
            if len(page.entries) < LONGEST_PAGE:
                return replace(page, entries=tuple(entries))

    def try_queue(self, **filters: Any) -> Answer:
        """Try to read the queue and give the answer, whatever its status."""
        return self._ask("GET", "/api/pars/queue", params=_written(filters))

    def search(self, words: str, **filters: Any) -> Queue:
        """Search reports by a part of a name or of a complaint (capability nurse-desk)."""
        return read_queue(
            self._ask("GET", "/api/pars/search", params=_written({"q": words, **filters})).must_be(200).json()
        )

    def read(self, report_id: str) -> Report:
        """Read a report as staff see it."""
        return read_report(self.try_read(report_id).must_be(200).json())

    def try_read(self, report_id: Any) -> Answer:
        """Try to read a report and give the answer, whatever its status."""
        return self._ask("GET", f"/api/pars/{report_id}")

    def of_session(self, session_id: str) -> Report:
        """Read the report of a session as staff see it."""
        return read_report(self.try_of_session(session_id).must_be(200).json())

    def try_of_session(self, session_id: Any) -> Answer:
        """Try to read the report of a session and give the answer, whatever its status."""
        return self._ask("GET", f"/api/pars/session/{session_id}")

    def approve(self, report_id: str, notes: str | None = None) -> Report:
        """Approve a report."""
        return self._reviewed(report_id, {"approved": True, **({} if notes is None else {"notes": notes})})

    def override(self, report_id: str, reason: str, assessment: str) -> Report:
        """Override a report with a reason and a corrected assessment."""
        body = {"approved": False, "override_reason": reason, "override_assessment": assessment}
        return self._reviewed(report_id, body)

    def act(self, report_id: str, action: str, notes: str) -> Report:
        """Escalate a report, or ask the patient for more information (capability nurse-desk)."""
        return self._reviewed(report_id, {"action": action, "notes": notes})

    def _reviewed(self, report_id: str, body: Mapping[str, Any]) -> Report:
        return read_report(self.try_review(report_id, body).must_be(200).json())

    def try_review(self, report_id: Any, body: Any) -> Answer:
        """Try to decide with any body and give the answer, whatever its status."""
        return self._ask("POST", f"/api/pars/{report_id}/review", json=body)

    def assign(self, report_id: str, nurse_id: str | None = None) -> Report:
        """Take a report, or hand it to another nurse (capability nurse-desk)."""
        return read_report(self.try_assign(report_id, nurse_id).must_be(200).json())

    def try_assign(self, report_id: Any, nurse_id: Any = None) -> Answer:
        """Try to take or hand over a report and give the answer, whatever its status."""
        return self._ask(
            "POST", f"/api/pars/{report_id}/assign", json={} if nurse_id is None else {"nurse_id": nurse_id}
        )

    def try_release(self, report_id: Any) -> Answer:
        """Try to release a report and give the answer, whatever its status."""
        return self._ask("DELETE", f"/api/pars/{report_id}/assign")

    def decisions(self, report_id: str) -> list[Decision]:
        """Read the history of a report, oldest first (capability nurse-desk)."""
        answer = self._ask("GET", f"/api/pars/{report_id}/decisions").must_be(200)
        return [read_decision(item) for item in answer.json()]

    def analytics(self, **period: Any) -> Mapping[str, Any]:
        """Read the figures of the dashboard (`start_date`, `end_date`; capability nurse-desk)."""
        figures: Mapping[str, Any] = self._ask("GET", "/api/nurse/analytics", params=period).must_be(200).json()
        return figures


def _written(filters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in filters.items()}
