"""What patients type into the chat, proper and improper, by every way that the system offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.inputs import Entered, EnteredByOneWay
from countersign.journeys.medassist.chat.ways import Way, ways_of
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.written import written


@dataclass(frozen=True)
class Inputs:
    """Everything that was typed, by the way it went in. `good` and `bad` are the names of both kinds."""

    by_way: tuple[EnteredByOneWay, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]

    def named(self, names: Sequence[str]) -> list[Entered]:
        """Give the inputs of these names, of every way."""
        return [each for way in self.by_way for each in way.entered if each.name in names]


def types(patient: Patient, table: Sequence[Mapping[str, str]]) -> Inputs:
    """Type each `input` of a table (medassist_chat.yaml) by every way that is offered; `is` says taken or refused."""
    names = [row["input"] for row in table]
    good = tuple(row["input"] for row in table if row["is"] == "taken")
    by_way = tuple(_types_by(way, names) for way in ways_of(patient))
    return Inputs(by_way, good, tuple(name for name in names if name not in good))


def _types_by(way: Way, names: Sequence[str]) -> EnteredByOneWay:
    known = personas.material("medassist_chat")["inputs"]
    entered = tuple(_enters(way, name, known[name]) for name in names)
    history = way.patient.api.sessions.whole_history(way.patient.session.id)
    return EnteredByOneWay(way.name, entered, tuple(message.content for message in history if message.role == "user"))


def _enters(way: Way, name: str, described: Mapping[str, Any]) -> Entered:
    payload: dict[str, Any] = {}
    if "content" in described:
        payload["content"] = written(described["content"])
    text = str(payload.get("content", ""))
    if "around" in described:
        payload["content"] = f"{described['around']}{text}{described['around']}"
    received = way.send(payload)
    return Entered(name, way.name, text, received.taken, received.refusal, received.reason)
