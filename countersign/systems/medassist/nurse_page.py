"""The nurses' page as a nurse uses it: everything is found by its role and accessible name."""

from playwright.sync_api import Locator

from countersign.systems.medassist.page import MedAssistPage
from countersign.systems.medassist.page_model import QueueRow
from countersign.transport.browser import Window

OPEN_REPORT = "Open report"
SETTLED_LOOKS, SETTLED_EVERY = 4, 0.25
"""Looks in a row that find the same number of rows, and the seconds between them."""


class NursePage(MedAssistPage):
    """The page on which a nurse reads the queue and decides reports."""

    path = "nurse"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        page = window.page
        self.table = page.get_by_role("table", name="Patient queue", exact=True)
        self.rows = self.table.get_by_role("row").filter(has=page.get_by_role("button", name=OPEN_REPORT, exact=True))
        self.urgency = page.get_by_role("combobox", name="Urgency", exact=True)
        self.only_red_flags = page.get_by_role("checkbox", name="Only red flags", exact=True)
        self.search = page.get_by_role("textbox", name="Search", exact=True)
        self.report = page.get_by_role("region", name="Assessment report", exact=True)
        self.approve_button = self.report.get_by_role("button", name="Approve", exact=True)
        self.override_button = self.report.get_by_role("button", name="Override", exact=True)
        self.dialog = page.get_by_role("dialog", name="Override assessment", exact=True)
        self.reason = self.dialog.get_by_role("textbox", name="Reason", exact=True)
        self.corrected = self.dialog.get_by_role("textbox", name="Corrected assessment", exact=True)
        self.confirm_button = self.dialog.get_by_role("button", name="Confirm override", exact=True)
        self.cancel_button = self.dialog.get_by_role("button", name="Cancel", exact=True)

    def wait_for_queue(self) -> None:
        """Wait until the table is shown and the page is connected."""
        self.window.shown(self.table, "the table 'Patient queue'")
        self.is_connected()

    def settled_rows(self) -> int:
        """Wait until the queue has stopped growing and give the number of its rows."""
        counted: list[int] = []

        def steady() -> int:
            counted.append(self.rows.count())
            assert counted[-1] and counted[-SETTLED_LOOKS:] == [counted[-1]] * SETTLED_LOOKS, f"{counted[-1]} rows"
            return counted[-1]

        return self.window.eventually(steady, every=SETTLED_EVERY, what="a queue that has stopped growing")

    def row_of(self, patient: str) -> Locator:
        """Find the row of a patient."""
        return self.rows.filter(has=self.window.page.get_by_text(patient, exact=True)).first

    def marked_row(self, mark: str) -> Locator:
        """Find the row that holds a mark, whatever else stands in it."""
        return self.rows.filter(has_text=mark).first

    def read_row(self, row: Locator) -> QueueRow:
        """Read a row."""
        headings = [name.strip() for name in self.table.get_by_role("columnheader").all_inner_texts()]
        cells = row.get_by_role("rowheader").or_(row.get_by_role("cell")).all_inner_texts()
        return QueueRow(dict(zip(headings, (text.strip() for text in cells), strict=False)))

    def narrow_down(self, *, urgency: str = "", red_flags: bool = False, words: str = "") -> None:
        """Set the filters: an urgency as it is named in the list (empty: all), red flags only, words to search."""
        self.window.note(f"narrows the queue down: {urgency or 'any'} urgency, red flags {red_flags}, {words!r}")
        with self.window.waiting("the filters of the queue") as milliseconds:
            names = self.urgency.get_by_role("option").all_inner_texts()
            chosen = next((name for name in names if name.strip().lower() == urgency.lower()), names[0])
            self.urgency.select_option(label=chosen if urgency else names[0], timeout=milliseconds)
            self.only_red_flags.set_checked(red_flags, timeout=milliseconds)
            self.search.fill(words, timeout=milliseconds)

    def open_report(self, row: Locator) -> None:
        """Open the report of a row and wait until it is shown and can be decided."""
        self.click(row.get_by_role("button", name=OPEN_REPORT, exact=True), OPEN_REPORT)
        self.wait_for_report()

    def wait_for_report(self) -> None:
        """Wait until the open report can be decided."""
        self.window.shown(self.report, "the region 'Assessment report'")
        with self.window.waiting("the buttons of the report") as milliseconds:
            self.approve_button.click(trial=True, timeout=milliseconds)

    def report_text(self) -> str:
        """Read the open report."""
        return self.window.text(self.report, "the region 'Assessment report'")

    def approve(self) -> None:
        """Press "Approve"."""
        self.click(self.approve_button, "Approve")

    def open_override(self) -> None:
        """Press "Override" and wait for the dialog."""
        self.click(self.override_button, "Override")
        self.window.shown(self.dialog, "the dialog 'Override assessment'")

    def confirm_override(self, reason: str, assessment: str) -> None:
        """Fill the dialog and press "Confirm override"."""
        with self.window.waiting("the boxes of the dialog") as milliseconds:
            self.reason.fill(reason, timeout=milliseconds)
            self.corrected.fill(assessment, timeout=milliseconds)
        self.click(self.confirm_button, "Confirm override")
