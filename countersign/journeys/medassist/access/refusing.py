"""One request for every refusal of the contract, and a walk past every time that the system tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.evidence import utc_now
from countersign.expect.medassist.error_body import Refusal
from countersign.expect.times import Told
from countersign.journeys.medassist.access.scenery import Scenery
from countersign.systems.description import ApiDescription, read_description
from countersign.systems.stamps import times_in
from countersign.transport.answer import Answer

JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Refusals:
    """What was refused, and the published description."""

    all: list[Refusal]
    description: ApiDescription

    @property
    def describable(self) -> list[Refusal]:
        """Those that belong to a described route."""
        return [refusal for refusal in self.all if refusal.described]


def asks_for_every_refusal(scenery: Scenery) -> Refusals:
    """Ask for every refusal of the material. What the target cannot be brought to is left out, and that is noted."""
    rows = [row for row in personas.material("medassist_refusals")["refusals"] if offered(scenery, row)]
    refusals = []
    for row in rows:
        answers = [asked(scenery, row, anew=True) for _ in range(row.get("times", 1))]
        refusals.append(Refusal(row["what"], answers[-1], row["status"], row.get("described", "")))
    told = scenery.nobody.ask("GET", "/openapi.json").must_be(200).json()
    return Refusals(refusals, read_description(told, scenery.system.name))


def offered(scenery: Scenery, row: Mapping[str, Any]) -> bool:
    """Say whether the target has what a row of the material needs; what is left out for it is noted."""
    needs = row.get("needs", [])
    lacking = set([needs] if isinstance(needs, str) else needs) - scenery.system.capabilities
    if lacking:
        what = row.get("what") or row.get("ask") or row.get("ids")
        scenery.stage.recorder.say(f"left out: {what} (the target has no {', '.join(sorted(lacking))})")
    return not lacking


def asked(scenery: Scenery, row: Mapping[str, Any], *, anew: bool = False) -> Answer:
    """Send the request of a row: with its `body`, or with what it gives `raw`."""
    method, path = str(scenery.fill(row["ask"], anew=anew)).split(" ", 1)
    api = scenery.asker(row["who"])
    if "raw" in row:
        return api.ask(method, path, content=scenery.fill(row["raw"]), headers=JSON)
    return api.ask(method, path, json=scenery.fill(row.get("body"), anew=anew))


@dataclass(frozen=True)
class TimesTold:
    """Every time that the system told."""

    all: list[Told]


def hears_every_time(scenery: Scenery) -> TimesTold:
    """Ask for everything that tells times, and listen to a chat and to the notices of a nurse."""
    rows = [row for row in personas.material("medassist_refusals")["times_told"] if offered(scenery, row)]
    heard: list[tuple[str, Any]] = []
    duty = scenery.nurse.line if "nurse-live" in scenery.system.capabilities else None
    for row in rows:
        answer = asked(scenery, row).must_be(200)
        heard += times_in(answer.json(), row["ask"])
    chats = [*scenery.owner.lines, *([duty] if duty is not None else [])]
    heard += [(f"the frame {frame.type}", frame.timestamp) for line in chats for frame in line.frames]
    return TimesTold([Told(where, text, utc_now()) for where, text in heard])
