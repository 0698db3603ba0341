"""Hostile, malformed and oversized input for every route that writes, and a look at everything before and after."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.hostile import Hostility
from countersign.journeys.medassist.access.refusing import JSON, offered
from countersign.journeys.medassist.access.scenery import Scenery
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.written import text_of, written
from countersign.systems.medassist.api import MedAssistApi
from countersign.transport.answer import Answer

REQUESTS_AN_ADMINISTRATOR = 60
"""Each stays below the burst of requests one person is allowed (100)."""
NOBODY = "nobody"

_LOOKS = (
    ("the sessions of the patient", "owner", "/api/sessions", ""),
    ("the messages of the session", "owner", "/api/sessions/{session}/messages", ""),
    ("the report that waits", "nurse", "/api/pars/{report}", ""),
    ("the history of the report", "nurse", "/api/pars/{report}/decisions", "nurse-desk"),
    ("the account of the other patient", "other", "/api/auth/me", ""),
    ("the models", "admin", "/api/models", "model-ops"),
    ("the versions of the model", "admin", "/api/models/{model}/versions", "model-ops"),
    ("the canary", "admin", "/api/deployments/{canary}", "model-ops"),
    ("the flags", "admin", "/api/flags", "model-ops"),
    ("the comparison of versions", "admin", "/api/experiments/{experiment}", "model-ops"),
    ("the trainings", "admin", "/api/training/jobs", "training"),
)


@dataclass(frozen=True)
class Assault:
    """The hostile requests, the health after each route, and everything that can be read, before and after."""

    hostilities: list[Hostility]
    health: list[Answer]
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def measure(self, stage: Any, least: int) -> None:
        """Journal how many hostile requests were sent."""
        count = len(self.hostilities)
        stage.measure(
            "hostile requests", count, "requests", samples=count, limit=least, relation="at least", statistic="count"
        )


class Assailant:
    """Sends the hostile requests of the material. Rows of a missing capability are left out, and that is noted."""

    def __init__(self, scenery: Scenery) -> None:
        self.scenery = scenery
        self.material: Mapping[str, Any] = personas.material("medassist_refusals")
        self._bodies = {name: written(raw) for name, raw in self.material["bodies"].items()}
        self._sent = 0
        self._admins: list[Administrator] = []

    def assails(self) -> Assault:
        """Look at everything, send all that is hostile, and look again."""
        health: list[Answer] = []
        sent: list[Hostility] = []
        # Made before the first look, so that nothing appears between the two looks but by the hostile requests.
        for row in self._rows():
            self.scenery.fill([row.get("ask", ""), row.get("body")], anew=False)
        before = self._looks()
        for row in self._rows():
            sent += self._assails_one(row)
            health.append(self.scenery.nobody.ask("GET", "/api/health"))
        sent += [*self._large_metadata(), *self._senseless_pages()]
        health.append(self.scenery.nobody.ask("GET", "/api/health"))
        return Assault(sent, health, before, self._looks())

    def _rows(self) -> list[Mapping[str, Any]]:
        return [row for row in self.material["hostile"] if offered(self.scenery, row)]

    def _assails_one(self, row: Mapping[str, Any]) -> Iterator[Hostility]:
        for what, method, path, body in self._requests(row):
            self._sent += 1
            api = self._asker(row["who"])
            raw = isinstance(body, str)
            answer = api.ask(method, path, **({"content": body, "headers": JSON} if raw else {"json": body}))
            yield Hostility(what, f"{method} {path}", answer, stranger=row["who"] == NOBODY)

    def _requests(self, row: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
        """Give the hostile requests of a row: what is wrong, method, path, and a body (a text is sent as it is)."""
        body = self.scenery.fill(row.get("body"), anew=False)
        if "ask" in row:
            method, path = str(self.scenery.fill(row["ask"], anew=False)).split(" ", 1)
            for field, names in row.get("spoil", {}).items():
                for name in names:
                    yield f"{name} as {field}", method, path, {**body, field: written(self.material["spoilt"][name])}
            for name, raw in self._bodies.items() if row.get("bodies") else ():
                yield name, method, path, raw
        if "ids" in row:
            method, path = row["ids"].split(" ", 1)
            for name, bad in self.material["ids"].items():
                if name == row.get("good_id"):
                    continue
                yield f"{name} as an id", method, path.replace("{id}", written(bad)), body

    def _asker(self, who: str) -> MedAssistApi:
        if who != "admin":
            return self.scenery.asker(who)
        place = self._sent // REQUESTS_AN_ADMINISTRATOR
        while len(self._admins) <= place:
            ada = self.scenery.admin
            self._admins.append(Administrator(ada.stage, ada.persona, f"relief{len(self._admins)}"))
        return self._admins[place].api

    def _large_metadata(self) -> Iterator[Hostility]:
        for what, how in self.material["large_metadata"].items():
            answer = self.scenery.owner.api.ask("POST", "/api/sessions", content=_raw(how), headers=JSON)
            yield Hostility(what, "POST /api/sessions", answer)

    def _senseless_pages(self) -> Iterator[Hostility]:
        for row in self.material["pages"]:
            method, path = str(self.scenery.fill(row["ask"], anew=False)).split(" ", 1)
            yield Hostility("a senseless page", path, self.scenery.asker(row["who"]).ask(method, path))

    def _looks(self) -> dict[str, Any]:
        looks = {}
        for what, who, path, need in _LOOKS:
            if not need or need in self.scenery.system.capabilities:
                answer = self.scenery.asker(who).ask("GET", self.scenery.fill(path, anew=False))
                looks[what] = self._own(answer.must_be(200).json())
        tried = self.scenery.nobody.try_sign_in(self.scenery.thing("address"), self.scenery.thing("password"))
        looks["the account that nobody could register"] = tried.status
        return looks

    def _own(self, data: Any) -> Any:
        """Of a list give what bears the mark of this scenario: others may work on the same system meanwhile."""
        mark = self.scenery.stage.tag
        owned = isinstance(data, list) and any(mark in json.dumps(item) for item in data)
        return [item for item in data if mark in json.dumps(item)] if owned else data


def _raw(how: Any) -> str:
    """Give a body as it is described: something long, or deeply nested, in the middle of a frame."""
    if isinstance(how, str):
        return how
    before, _, after = how["around"].partition("|")
    middle = text_of(how["characters"]) if "characters" in how else "[" * how["brackets"] + "]" * how["brackets"]
    return f"{before}{middle}{after}"
