"""More people than were invited: who gets in, whose data stays right, and how soon the service is normal again."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from countersign.errors import HandshakeRefused, LineClosed, SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.expect.chattrain.read_back import difference
from countersign.expect.marked import MarkedText
from countersign.journeys.chattrain.chat.marks import Marked, marked_people, marked_text
from countersign.journeys.chattrain.group_talk import JOIN, LINE, why_not_rated
from countersign.journeys.chattrain.pilot_group import count_in
from countersign.journeys.chattrain.training import Training
from countersign.load.together import together
from countersign.systems.chattrain.model import Exchange, Scenario, Session, read_session

RUSH_WITHIN = 120.0
LINE_WITHIN = 30.0
UNAVAILABLE = 503
TRY_AGAIN_LATER = 1013


@dataclass
class Guest:
    """One of many who came at once. `refused` is the polite refusal, if there was one."""

    marked: Marked
    echoed: bool
    operations: list[Operation] = field(default_factory=list)
    refused: str = ""
    training: Training | None = None
    stored: Sequence[Mapping[str, Any]] = ()
    wrong: str = ""

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """The exchanges that were completed."""
        return self.training.exchanges if self.training else []

    @property
    def lines_stored(self) -> list[Mapping[str, Any]]:
        """The guest's own lines, as they were read back."""
        return [item for item in self.stored if item.get("role") == "user"]

    @property
    def goes_on(self) -> bool:
        """Say whether the guest is in the chat, was not refused, and nothing went wrong so far."""
        return self.training is not None and not self.refused and not any(each.failed for each in self.operations)


@dataclass(frozen=True)
class Rush:
    """What became of all who came at once. `over_at` (monotonic) is when the last one had left."""

    guests: Sequence[Guest]
    over_at: float

    @property
    def operations(self) -> list[Operation]:
        """Everything that was neither done politely nor refused politely, and everything that went well."""
        return [operation for guest in self.guests for operation in guest.operations]

    @property
    def served(self) -> int:
        """How many were served to the end, without a refusal."""
        return sum(not guest.refused for guest in self.guests)

    @property
    def load(self) -> str:
        """Say in a report how many came."""
        return f"{len(self.guests)} users at once"

    @property
    def wrong(self) -> str:
        """Name the first guest whose stored conversation is not the one that was held, with the difference."""
        return next((f"{guest.marked.label}: {guest.wrong}" for guest in self.guests if guest.wrong), "")

    @property
    def texts(self) -> list[MarkedText]:
        """Every text that a guest was shown as their own, live or read back."""
        everybody = [guest.marked for guest in self.guests]
        return [
            marked_text(guest.marked, everybody, what, text, own=own)
            for guest in self.guests
            for what, text, own in _texts(guest)
        ]


def rush(stage: Any, count: int, lines: int, training: str) -> Rush:
    """Let so many people start a session and say so many lines at once; then all leave."""
    echoed = "scripted-ai" in stage.system().capabilities
    guests = [Guest(marked, echoed) for marked in marked_people(stage, count)]
    scenario = guests[0].marked.person.finds(training)
    jobs = [partial(_Visit(guest, scenario).run, lines) for guest in guests]
    for outcome in together(jobs, within=RUSH_WITHIN):
        outcome.get()
    for guest in guests:
        guest.marked.person.leaves()
    come = Rush(guests, time.monotonic())
    count_in(stage, come.operations)
    stage.recorder.say(f"{come.served} of {count} were served, the others refused politely")
    return come


class _Visit:
    def __init__(self, guest: Guest, scenario: Scenario) -> None:
        self._guest = guest
        self._person = guest.marked.person
        self._scenario = scenario

    def run(self, lines: int) -> None:
        session = self._starts()
        if session is not None:
            self._joins(session)
        for _ in range(lines):
            self._says(self._guest.marked.line(echoed=self._guest.echoed))
        self._reads_back()

    def _starts(self) -> Session | None:
        self._person.stage.made["training sessions"] += 1
        wish = {"scenario_id": self._scenario.id, "user_id": self._person.user_name}
        sessions: list[Session] = []

        def start() -> None:
            answer = self._person.api.try_session(wish)
            if answer.status == UNAVAILABLE:
                self._guest.refused = "no session for now"
            else:
                sessions.append(read_session(answer.must_be(200, 201).json()))

        self._do("starting a session", start)
        return sessions[0] if sessions else None

    def _joins(self, session: Session) -> None:
        def join() -> None:
            self._guest.training = self._person.joins(self._scenario, session, LINE_WITHIN)

        self._do(JOIN, join)

    def _says(self, line: str) -> None:
        training = self._guest.training
        if training is not None and self._guest.goes_on:
            self._do(LINE, lambda: why_not_rated(training.say(line, LINE_WITHIN)))

    def _do(self, what: str, act: Callable[[], None]) -> None:
        def politely() -> None:
            try:
                act()
            except SystemFault as fault:
                if not is_polite(fault):
                    raise
                self._guest.refused = str(fault)

        operation = attempt(self._person.name, what, politely)
        if not self._guest.refused:
            self._guest.operations.append(operation)

    def _reads_back(self) -> None:
        guest, training = self._guest, self._guest.training
        if training is None:
            return
        try:
            guest.stored = training.chat.messages()
        except LineClosed as closed:
            # Politely closed, or the operation that was cut off is told already; otherwise nobody expected this.
            if guest.goes_on and not is_polite(closed):
                guest.wrong = f"the conversation could not be read again: {closed}"
            return
        seen = training.exchanges
        guest.wrong = difference(seen, guest.stored[: 2 * len(seen)] if guest.refused else guest.stored)


def is_polite(fault: SystemFault) -> bool:
    """Say whether a fault is the refusal that the contract allows under too much load (503, close 1013)."""
    if isinstance(fault, HandshakeRefused):
        return fault.status == UNAVAILABLE
    return isinstance(fault, LineClosed) and fault.code == TRY_AGAIN_LATER


def _texts(guest: Guest) -> list[tuple[str, str, bool]]:
    replies = [("a reply", exchange.reply, guest.echoed) for exchange in guest.exchanges]
    return [*replies, *(("a stored message", str(item.get("content")), True) for item in guest.lines_stored)]
