"""Requests that wait for a model (contract 3.5, 6.7)."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select, update

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.waits import as_time
from reference.modelhub.refusals import Unreadable, conflict, missing, too_many
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView, ModelView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

waiting = tables.waiting_requests
CAPACITY = 100
PRIORITIES = ("critical", "high", "normal", "low")
OPEN = ("waiting", "submitted")
USUAL_RUN_SECONDS = 10.0


class WaitingDesk:
    """Takes requests that wait, and serves them. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.capacity = CAPACITY

    async def enter(
        self,
        view: HubView,
        model: ModelView,
        caller: Caller,
        *,
        prompt: str,
        parameters: dict[str, Any],
        priority: int,
        minutes: int,
    ) -> dict[str, Any]:
        """Let a request wait."""
        request_id, at = fresh_id(), time.time()

        def work(change: Change) -> int | None:
            count = select(func.count()).select_from(waiting).where(waiting.c.status == "waiting")
            if change.connection.execute(count).scalar_one() >= self.capacity:
                raise too_many("As many requests wait already as can wait.", "QUEUE_FULL", 30)
            row = {
                "id": request_id,
                "owner_id": caller.user_id,
                "model_id": model.model_id,
                "prompt": prompt,
                "parameters_json": json.dumps(parameters),
                "priority": priority,
                "status": "waiting",
                "created_at": iso(now()),
                "expires_at": at + minutes * 60,
            }
            change.connection.execute(insert(waiting).values(row))
            ordered = self.ordered(change.connection, model.model_id)
            position = self.position(ordered, request_id)
            self.tell(
                change, change.connection.execute(select(waiting).where(waiting.c.id == request_id)).one(), position
            )
            change.wake("generator")
            return position

        position = await self._parts.ledger.change(work)
        wait = self.wait_seconds(view, model, position or 1)
        return {
            "success": True,
            "queue_id": request_id,
            "position": position,
            "estimated_wait_time_minutes": round(wait / 60, 3),
            "estimated_start_time": iso(now() + timedelta(seconds=wait)),
            "download_required": not model.usable and model.active is None,
            "message": f"The request waits for {model.model_id} and starts by itself when the model is available.",
        }

    def wait_seconds(self, view: HubView, model: ModelView, position: int) -> float:
        """Estimate the wait of a request at a position."""
        base = None if model.usable else self._parts.waits.until_available(view, model)
        average = model.usage.average_seconds or USUAL_RUN_SECONDS
        return (base.seconds if base is not None else 0) + (position - 1) * average

    def ordered(self, connection: Connection, model_id: str) -> list[Any]:
        """Give the requests that wait for a model in the order they are served."""
        query = select(waiting).where((waiting.c.model_id == model_id) & (waiting.c.status == "waiting"))
        return list(connection.execute(query.order_by(waiting.c.priority, waiting.c.number)).all())

    def position(self, ordered: list[Any], request_id: str) -> int | None:
        """Give the place of a request, 1 for the next."""
        return next((place for place, row in enumerate(ordered, start=1) if row.id == request_id), None)

    async def listing(self, caller: Caller) -> dict[str, Any]:
        """Give a user's requests; an administrator's list holds all."""
        view = await self._parts.viewer.view()

        def work(connection: Connection) -> tuple[list[dict[str, Any]], int]:
            query = select(waiting).order_by(waiting.c.number)
            if not caller.is_admin:
                query = query.where(waiting.c.owner_id == caller.user_id)
            rows = connection.execute(query).all()
            count = select(func.count()).select_from(waiting).where(waiting.c.status == "waiting")
            orders = {name: self.ordered(connection, name) for name in {row.model_id for row in rows}}
            total = connection.execute(count).scalar_one()
            return [self.shown(view, row, orders[row.model_id]) for row in rows], total

        shown, total = await self._parts.ledger.read(work)
        return {"requests": shown, "total_waiting": total, "capacity": CAPACITY}

    async def find(self, caller: Caller, request_id: str) -> dict[str, Any]:
        """Give one request."""
        view = await self._parts.viewer.view()

        def work(connection: Connection) -> dict[str, Any]:
            row = self._own(connection, caller, request_id)
            return self.shown(view, row, self.ordered(connection, row.model_id))

        return await self._parts.ledger.read(work)

    async def withdraw(self, caller: Caller, request_id: str) -> None:
        """Take a waiting request back."""

        def work(change: Change) -> None:
            row = self._own(change.connection, caller, request_id)
            if row.status != "waiting":
                hint = "Cancel its generation instead." if row.status == "submitted" else "Nothing needs to be done."
                raise conflict(f"The request is {row.status} and does not wait any more.", "INVALID_TRANSITION", hint)
            self.set(change, row, "cancelled")

        await self._parts.ledger.change(work)

    async def expire(self) -> None:
        """End what waited for too long."""
        late = (waiting.c.status == "waiting") & (waiting.c.expires_at < time.time())
        if not await self._parts.ledger.look(
            lambda connection: connection.execute(select(waiting.c.id).where(late).limit(1)).first()
        ):
            return

        def work(change: Change) -> None:
            for row in change.connection.execute(select(waiting).where(late)).all():
                self.set(change, row, "expired", "The longest wait is over and the model was not available in time.")

        await self._parts.ledger.change(work)

    def set(self, change: Change, row: Any, status: str, error: str | None = None, task_id: str | None = None) -> None:
        """Move a request to another state, and tell its owner."""
        values = {"status": status, "error": error, "task_id": task_id or row.task_id}
        change.connection.execute(update(waiting).where(waiting.c.id == row.id).values(values))
        self.tell(change, change.connection.execute(select(waiting).where(waiting.c.id == row.id)).one(), None)

    def tell(self, change: Change, row: Any, position: int | None) -> None:
        """Tell the owner how a request is."""
        model = self._parts.viewer.now(change.connection).models.get(row.model_id)
        wait = self._parts.waits.until_available(self._parts.viewer.now(change.connection), model) if model else None
        data = {
            "queue_id": row.id,
            "model_id": row.model_id,
            "status": row.status,
            "queue_position": position,
            "estimated_wait_time": as_time(wait.seconds) if wait is not None and row.status == "waiting" else None,
            "task_id": row.task_id,
            "error_message": row.error,
        }
        change.emit("fallback_notifications", "model_queue_update", data, row.owner_id)

    def shown(self, view: HubView, row: Any, ordered: list[Any]) -> dict[str, Any]:
        """Give a request as it is shown."""
        position = self.position(ordered, row.id)
        model = view.models.get(row.model_id)
        wait = self.wait_seconds(view, model, position) if model is not None and position is not None else None
        return {
            "queue_id": row.id,
            "model_id": row.model_id,
            "prompt": row.prompt,
            "priority": PRIORITIES[row.priority],
            "status": row.status,
            "position": position,
            "estimated_wait_time_minutes": None if wait is None else round(wait / 60, 3),
            "created_at": row.created_at,
            "expires_at": iso(datetime.fromtimestamp(row.expires_at, UTC)),
            "task_id": row.task_id,
            "error_message": row.error,
        }

    def _own(self, connection: Connection, caller: Caller, request_id: str) -> Any:
        row = connection.execute(select(waiting).where(waiting.c.id == request_id)).first()
        if row is None or (row.owner_id != caller.user_id and not caller.is_admin):
            raise missing("waiting request")
        return row


def image_required(model: ModelView, field: str) -> Unreadable:
    """Refuse a request without the image that its model needs."""
    return Unreadable(["body", field], f"{model.model_id} needs a start image.", None, "IMAGE_REQUIRED")
