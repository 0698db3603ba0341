"""Serve requests that wait, one at a time for each model (contract 6.7)."""

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from reference.modelhub import tables
from reference.modelhub.generate.desk import PRIORITIES, Order
from reference.modelhub.refusals import Refused
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

waiting = tables.waiting_requests
OF_WAITING = {0: 0, 1: 0, 2: 1, 3: 2}
"""Priority of a waiting request -> priority of its generation."""


class WaitingServer:
    """Turns waiting requests into generations."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def round(self) -> None:
        """Submit the next request of every model that is available and has none running."""
        query = select(waiting.c.model_id).where(waiting.c.status == "waiting").distinct()
        names = [row[0] for row in await self._parts.ledger.look(lambda connection: connection.execute(query).all())]
        if not names:
            return
        view = await self._parts.viewer.fresh()
        for name in names:
            model = view.models.get(name)
            if model is not None and model.health.unverified:
                await self._parts.verifier.verify(name)
            if model is not None and model.usable:
                await self._parts.ledger.change(partial(self.serve, view=view, name=name))

    def serve(self, change: Change, view: HubView, name: str) -> None:
        """Submit the next request of a model."""
        running = select(waiting.c.id).where((waiting.c.model_id == name) & (waiting.c.status == "submitted"))
        if change.connection.execute(running).first():
            return
        ordered = self._parts.waiting_desk.ordered(change.connection, name)
        if not ordered:
            return
        row = ordered[0]
        given = json.loads(row.parameters_json)
        order = Order(
            row.prompt,
            given.get("resolution") or "1280x720",
            given.get("steps") or 50,
            priority=min(OF_WAITING[row.priority], len(PRIORITIES) - 1),
            waiting_id=row.id,
        )
        try:
            task_id, _ = self._parts.generations.enter(
                change, view.models[name], row.owner_id, order, mode="real", view=view
            )
        except Refused:
            return  # as many generations are pending as can be; it stays the next
        self._parts.waiting_desk.set(change, row, "submitted", task_id=task_id)

    def ended(self, change: Change, waiting_id: str, status: str, message: str) -> None:
        """Take over how the generation of a request ended, and go on to the next."""
        row = change.connection.execute(select(waiting).where(waiting.c.id == waiting_id)).first()
        if row is not None and row.status == "submitted":
            error = None if status == "completed" else message
            self._parts.waiting_desk.set(change, row, status, error)
            change.wake("generator")


__all__ = ["Any", "WaitingServer"]
