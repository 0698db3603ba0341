"""A clinic in the middle of its work: patients write, a nurse decides, an administrator deploys, and all go on after
a break until everything was confirmed."""

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.errors import (
    ContractBroken,
    DeadlineExceeded,
    HandshakeRefused,
    LineClosed,
    SystemUnreachable,
)
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.chat.correspondence import Correspondence, Letter
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.duty import Emergency
from countersign.journeys.medassist.patient import Patient
from countersign.load.pace import Pace
from countersign.systems.medassist.chat import ChatLine
from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline

GONE = (SystemUnreachable, HandshakeRefused, LineClosed, DeadlineExceeded)
"""What somebody meets whose system is away: nobody knows what became of the wish on its way."""
WORD_WITHIN = 5.0
AGAIN_EVERY = 0.7
"""Seconds until somebody tries again: so seldom that the limit of messages is not met in a break of some seconds."""
IN_WORK_SECONDS = 0.3
ALL_DONE_WITHIN = 60.0
AWAY = 503


class Progress:
    """How much was confirmed and refused so far, by what it is. Safe to use from several threads."""

    def __init__(self) -> None:
        self._counts = Counter[str]()
        self._news = threading.Condition()

    def count(self, what: str) -> None:
        """Count one more."""
        with self._news:
            self._counts[what] += 1
            self._news.notify_all()

    def reaches(self, within: float, **least: int) -> bool:
        """Wait until there are so many of each; tell whether it came to that in time."""
        with self._news:
            return self._news.wait_for(lambda: all(self._counts[what] >= n for what, n in least.items()), within)

    def __getitem__(self, what: str) -> int:
        with self._news:
            return self._counts[what]


@dataclass
class Writer:
    """A patient who writes so many messages, one about every `every` seconds, each again until it is confirmed."""

    patient: Patient
    messages: int
    every: float
    progress: Progress
    line: ChatLine | None = None

    def __post_init__(self) -> None:
        self.book = Correspondence(self.patient)

    def works(self) -> None:
        """Write them all."""
        pace = Pace(self.every)
        for _ in range(self.messages):
            pace.wait()
            letter = self.book.letter("delay", seconds=IN_WORK_SECONDS)
            deadline, again = Deadline(ALL_DONE_WITHIN, f"medassist: the message {letter.mark}"), Pace(AGAIN_EVERY)
            while not self._confirmed(letter):
                deadline.check("no confirmation")
                again.wait()

    def _confirmed(self, letter: Letter) -> bool:
        try:
            self.line = self.line or self.patient.joins()
            self.book.sends(self.line, letter)
            frame = self.line.wait_for(("status", "error"), WORD_WITHIN)
        except GONE:
            letter.cut, self.line = True, None
            return False
        confirmed = frame.says("status", status="message_received", client_message_id=letter.mark)
        self.progress.count("messages" if confirmed else "refused")
        return confirmed


@dataclass
class Decider:
    """A nurse who approves reports, one about every `every` seconds, each again until it is certain."""

    nurse: Nurse
    emergencies: Sequence[Emergency]
    every: float
    progress: Progress
    confirmed: set[str] = field(default_factory=set)

    def works(self) -> None:
        """Approve them all."""
        pace = Pace(self.every)
        for emergency in self.emergencies:
            pace.wait()
            if insist(lambda report=emergency.report_id: self.nurse.api.reports.try_review(report, {"approved": True})):
                self.confirmed.add(emergency.report_id)
            self.progress.count("decisions")


@dataclass
class Deployer:
    """An administrator who deploys version after version of a model of their own, each again until it is certain.

    `deployed` maps each version to the id of its deployment, as far as it was confirmed.
    """

    admin: Administrator
    versions: int
    every: float
    progress: Progress
    model_id: str = ""
    deployed: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The versions in the order in which they are deployed."""
        return [f"1.0.{number}" for number in range(self.versions)]

    def prepares(self) -> None:
        """Register the model and its versions."""
        self.model_id = f"model_{self.admin.stage.tag.lower().replace('-', '_')}"
        body = {"model_id": self.model_id, "description": "A model that nobody is served by."}
        self.admin.api.models.post("models", body)
        for version in self.names:
            self.admin.api.models.register_version(self.model_id, version)

    def works(self) -> None:
        """Deploy them all."""
        pace = Pace(self.every)
        for version in self.names:
            pace.wait()
            answer = insist(lambda named=version: self._deploys(named))
            if answer is not None:
                self.deployed[version] = str(answer.json().get("deployment_id"))
            self.progress.count("deployments")

    def _deploys(self, version: str) -> Answer:
        path, body = f"/api/models/{self.model_id}/deploy", {"version": version, "strategy": "immediate"}
        return self.admin.api.ask("POST", path, json=body)


def insist(wish: Any) -> Answer | None:
    """Ask until it is done: give the answer that confirms it, or None if a wish without an answer had done it before.

    Raises ContractBroken for any other refusal, DeadlineExceeded if it is not done in time.
    """
    doubtful, deadline, again = False, Deadline(ALL_DONE_WITHIN, "medassist: a wish to be granted"), Pace(AGAIN_EVERY)
    while True:
        again.wait()
        try:
            answer: Answer = wish()
        except GONE as gone:
            doubtful = True
            deadline.check(str(gone))
            continue
        if answer.status in (200, 201):
            return answer
        if answer.status == AWAY:
            doubtful = True
            deadline.check("turned away for the moment")
        elif doubtful and answer.status == 409:
            return None
        else:
            raise ContractBroken(f"{answer.what}: answered {answer.status}, expected it to be done")
