"""Patients who go on writing whatever happens to the system, and remember what it confirmed."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import personas
from countersign.errors import SystemFault
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace
from countersign.systems.medassist.chat import ChatLine

WRITES_EVERY = 0.6
"""Seconds: so seldom that no limit on a patient is met, however soon each message is refused."""
WORD_WITHIN = 5.0


@dataclass(frozen=True)
class Confirmed:
    """A message that was acknowledged: when (monotonic), under which id, and its words."""

    at: float
    id: str
    session_id: str
    text: str


@dataclass
class Scribe:
    """A patient who writes; `confirmed` is kept in its order, `refused` counts what was not confirmed."""

    person: Regular
    confirmed: list[Confirmed] = field(default_factory=list)
    refused: int = 0
    lines: list[ChatLine] = field(default_factory=list)

    def writes(self, going_on: GoingOn) -> None:
        """Write one message after the other; join again where the connection was lost."""
        pace = Pace(WRITES_EVERY)
        while going_on():
            pace.wait()
            self.write_one()

    def write_one(self) -> None:
        """Write one message and wait for its acknowledgement, not for its answer."""
        complaint = personas.material("medassist_load")["complaints"]["routine"]
        text = f"{complaint} (note {len(self.confirmed) + self.refused})"
        session_id = self.person.session.id
        try:
            if not self.lines:
                self.lines.append(self.person.joins(within=WORD_WITHIN))
            mark = str(uuid.uuid4())
            self.lines[-1].say(text, mark)
            word = self.lines[-1].wait_for(("status", "error"), WORD_WITHIN)
        except SystemFault:
            self.refused += 1
            self.lines.clear()
            return
        if word.says("status", status="message_received", client_message_id=mark):
            at = time.monotonic()
            self.confirmed.append(Confirmed(at, str(word.payload["message_id"]), session_id, text))
        else:
            self.refused += 1

    def missing(self, until: float | None = None) -> list[str]:
        """Say which confirmed messages (up to a moment) are not kept as they were written."""
        stored = self.person.api.sessions.whole_history(self.person.session.id)
        kept = {message.id: message.content for message in stored}
        wanted = [each for each in self.confirmed if until is None or each.at < until]
        return [
            f"message {each.id} of {self.person.name} is {'altered' if each.id in kept else 'gone'}"
            for each in wanted
            if kept.get(each.id) != each.text
        ]


def scribes(stage: Any, count: int) -> Sequence[Scribe]:
    """Let so many patients get ready to write, each in a session of their own."""
    ready = [Scribe(person) for person in patients(stage, count)]
    for scribe in ready:
        scribe.write_one()
    return ready


def writing(ready: Sequence[Scribe]) -> list[Any]:
    """Give what each of them goes on doing, for `meanwhile`."""
    return [partial(scribe.writes) for scribe in ready]
