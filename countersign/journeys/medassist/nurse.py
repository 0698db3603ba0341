"""A nurse: sees the queue, reads reports and decides them."""

from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.medassist.clinic import Account
from countersign.journeys.medassist.person import Person
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.notices import NurseLine
from countersign.systems.medassist.report_model import Report
from countersign.transport import eventually, unless_raised


class Nurse(Person):
    """A nurse with an account of staff. `line` is the nurse's open socket."""

    def __init__(self, stage: Any, persona: Any, suffix: str = "") -> None:
        super().__init__(stage, persona, suffix)
        self.lines: list[NurseLine] = []
        self.watched: list[ChatLine] = []

    def enrolled(self) -> Account:
        """Take an account of a nurse."""
        return self.clinic.hire(self.persona, "nurse", self.suffix)

    @property
    def line(self) -> NurseLine:
        """The nurse's open line; it is joined when it is first asked for."""
        return self.lines[-1] if self.lines else self.comes_on_duty()

    def comes_on_duty(self, last_event_id: int | None = None, via: tuple[str, int] | None = None) -> NurseLine:
        """Open a line for notices, from now on or from those after an event (over a network at `via`)."""
        line = NurseLine.join(
            self.system,
            self.api.tokens.access,
            actor=self.name,
            recorder=self.stage.recorder,
            last_event_id=last_event_id,
            via=via,
        )
        self.lines.append(line)
        return line

    def watches(self, session_id: str) -> ChatLine:
        """Join the chat of a patient's session, to read along."""
        line = ChatLine.join(
            self.system,
            session_id,
            self.api.tokens.access,
            actor=self.name,
            recorder=self.stage.recorder,
            role="nurse",
        )
        self.watched.append(line)
        return line

    def finds_report_of(self, session_id: str, within: float = 5.0) -> Report:
        """Wait until a session has a report, and give it. Raises DeadlineExceeded if it does not come in time."""
        report: Report = eventually(
            unless_raised(lambda: self.api.reports.of_session(session_id), ContractBroken),
            within,
            every=0.05,
            what="medassist: a report of the session",
        )
        return report

    def completed_report(self, report_id: str, within: float = 10.0) -> Report:
        """Wait until the AI has completed a report, and give it. Raises DeadlineExceeded if it does not in time."""

        def completed() -> Report:
            report = self.api.reports.read(report_id)
            if report.degraded:
                raise AssertionError("it holds the part of the rules only")
            return report

        report: Report = eventually(completed, within, every=0.1, what="medassist: a report completed by the AI")
        return report

    def leaves(self) -> None:
        """Close the lines."""
        for line in (*self.lines, *self.watched):
            line.close()
