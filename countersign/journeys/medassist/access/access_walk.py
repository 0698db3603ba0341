"""A walk over the whole access matrix: everybody tries everything, what is to be refused first."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.errors import ContractBroken, HandshakeRefused, LineClosed
from countersign.expect.medassist.access_matrix import Cell
from countersign.expect.traces import Place, Trace
from countersign.journeys.medassist.access.scenery import Scenery
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.knocking import knock
from countersign.systems.medassist.model import read_user
from countersign.systems.medassist.notices import NurseLine
from countersign.systems.medassist.socket import socket_address
from countersign.transport.answer import Answer

FIRST_REFUSAL = 400
STAFF = ("nurse", "admin")


@dataclass
class Walked:
    """The cells that were tried, and the refusals as they were worded."""

    cells: list[Cell] = field(default_factory=list)
    refusals: list[Place] = field(default_factory=list)

    def measure(self, stage: Any) -> None:
        """Journal how many cells came as the matrix says."""
        right = sum(not cell.wrong for cell in self.cells)
        stage.measure(
            "cells of the access matrix that came as stated",
            right,
            "",
            samples=len(self.cells),
            limit=len(self.cells),
            relation="equal to",
            statistic="count",
            load="one after the other",
        )


class AccessWalk:
    """Tries every cell of the matrix of the material. Rows of a missing capability are left out, and that is noted."""

    def __init__(self, scenery: Scenery) -> None:
        self.scenery = scenery
        self.material: Mapping[str, Any] = personas.material("medassist_access")
        self.walked = Walked()

    def goes(self, part: str) -> Walked:
        """Try all rows of a part of the material: `matrix` (routes) or `sockets`."""
        self.scenery.other.session  # noqa: B018 - both patients have a session before anybody lists them
        for row in self.material[part]:
            lacking = self._lacking(row)
            if lacking:
                self.scenery.stage.recorder.say(f"left out: somebody {row['what']} (the target has no {lacking})")
                continue
            separator = " / " if part == "sockets" else None
            answers = dict(zip(self.material["columns"], row["answers"].split(separator), strict=True))
            tries = [(who, wanted) for who, wanted in answers.items() if wanted != "-"]
            for who, wanted in sorted(tries, key=lambda each: each[1].startswith(("2", "open"))):
                self.walked.cells.append((self._knocks if part == "sockets" else self._asks)(row, who, wanted))
        return self.walked

    def _lacking(self, row: Mapping[str, Any]) -> str:
        need = row.get("needs", "")
        return need if need and need not in self.scenery.system.capabilities else ""

    def _asks(self, row: Mapping[str, Any], who: str, wanted: str) -> Cell:
        scenery, anew = self.scenery, wanted.startswith("2")
        method, path = str(scenery.fill(row["ask"], anew=anew)).split(" ", 1)
        api = self._asker(row, who)
        answer = api.ask(method, path, json=scenery.fill(row.get("body"), anew=anew))
        self._remember(row, answer)
        if answer.status >= FIRST_REFUSAL:
            self._refused(who, row, answer.body.decode("utf-8", "replace"))
        shows = row.get("shows", {}).get(who, "") if answer.status < FIRST_REFUSAL else ""
        return Cell(
            self.material["called"][who],
            row["what"],
            f"{method} {path}",
            wanted,
            str(answer.status),
            shows,
            answer.json() if shows else None,
            self._people(who) if shows else {},
        )

    def _people(self, who: str) -> dict[str, str]:
        ids = {name: getattr(self.scenery, name).id for name in ("owner", "other", "nurse", "admin")}
        return {**ids, "self": ids[who]}

    def _asker(self, row: Mapping[str, Any], who: str) -> MedAssistApi:
        scenery = self.scenery
        if row.get("signs_in_anew") and who != "nobody":
            api: MedAssistApi = getattr(scenery, who).signed_in_again()
            return api
        if row.get("newcomer") and who == "owner":
            newcomer = Patient(scenery.stage, scenery.owner.persona, f"newcomer{scenery.number()}", agrees=False)
            return newcomer.api
        return scenery.asker(who)

    def _remember(self, row: Mapping[str, Any], answer: Answer) -> None:
        """Have what was made tidied up in the end."""
        if answer.status >= FIRST_REFUSAL:
            return
        clinic, made = self.scenery.clinic, row.get("makes")
        if made == "account":
            clinic.registered(read_user(answer.json()))
        elif made == "session":
            clinic.opened(answer.json()["id"])
        elif made == "experiment":
            self.scenery.ends_in_the_end(f"experiments/{answer.json()['experiment_id']}/stop", "stopping a comparison")

    def _knocks(self, row: Mapping[str, Any], who: str, wanted: str) -> Cell:
        door = self.scenery.fill(row["door"])
        called = "the socket of the nurses" if door == "nurse" else "the chat"
        got = self._entered(door, who, wanted)
        return Cell(self.material["called"][who], row["what"], called, wanted, got)

    def _entered(self, door: str, who: str, wanted: str) -> str:
        scenery = self.scenery
        token = "" if who == "nobody" else scenery.asker(who).tokens.access
        if wanted == "refused":
            address = socket_address(scenery.system, door, token)
            met = knock(scenery.system, address, way=who, actor=who, recorder=scenery.stage.recorder)
            return "refused" if met.refused else f"a door where {met.answer}"
        kind = NurseLine if door == "nurse" else ChatLine
        inside: dict[str, Any] = {"actor": who, "recorder": scenery.stage.recorder}
        try:
            if kind is NurseLine:
                NurseLine.join(scenery.system, token, **inside).close()
                return "open"
            line = ChatLine.join(scenery.system, door, token, role=who if who in STAFF else "patient", **inside)
        except (HandshakeRefused, LineClosed, ContractBroken) as refusal:
            return f"refused ({refusal})"
        return self._may_write(line)

    def _may_write(self, line: ChatLine) -> str:
        try:
            turn = line.exchange(personas.material("medassist")["complaints"]["a routine complaint"])
        except LineClosed as closed:
            return f"open, and closed by the first message ({closed.code})"
        finally:
            with suppress(LineClosed):
                line.close()
        return "open, read only" if turn.error_code == "FORBIDDEN" else "open" if turn.answer else turn.error_code

    def _refused(self, who: str, row: Mapping[str, Any], text: str) -> None:
        self.walked.refusals.append(Place(f"the refusal of {self.material['called'][who]} who {row['what']}", text))


def belonging_to(scenery: Scenery) -> list[Trace]:
    """What belongs to the owner and stands in no refusal: name, address, complaints, the words of reports."""
    account, complaints = scenery.owner.account, personas.material("medassist")["complaints"]
    report = scenery.nurse.api.reports.read(scenery.thing("decided report"))
    return [
        Trace.of("the name of the patient", account.full_name),
        Trace.of("the e-mail address of the patient", account.email),
        Trace.of("a complaint of the patient", complaints["an urgent complaint"]),
        Trace.of("a complaint of the patient", complaints["a routine complaint"]),
        Trace.of("the assessment in a report of the patient", report.assessment),
    ]
