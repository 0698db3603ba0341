"""Take generations, list them, cancel them (contract 3.9)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select, update

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.known import MB
from reference.modelhub.refusals import Refused, conflict, missing, policy, too_many
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.usage import USED
from reference.modelhub.store.view import HubView, ModelView
from reference.modelhub.suggest.scoring import Need

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

tasks = tables.generation_tasks
PRIORITIES = ("high", "normal", "low")
CAPACITY = 200
LANES = 2
USUAL_SECONDS = 10.0
RECENT = 20
FINAL = ("completed", "failed", "cancelled")


@dataclass(frozen=True)
class Order:
    """What is to be generated."""

    prompt: str
    resolution: str = "1280x720"
    steps: int = 50
    lora_path: str | None = None
    lora_strength: float = 1.0
    priority: int = 1
    allow_mock: bool = False
    waiting_id: str | None = None


class GenerationDesk:
    """Takes generations. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def submit(self, name: str, caller: Caller, order: Order) -> dict[str, Any]:
        """Take a generation, on the model itself or, where that is allowed, as a mock."""
        parts = self._parts
        preferences = await parts.ledger.look(lambda connection: parts.preferences.of(connection, caller.user_id))
        view = await parts.viewer.view()
        model = view.models[name]
        parts.blocked.refuse(name, preferences, view.policies)
        model = await self.verified(model)
        view = await parts.viewer.view()
        mode = self.mode(view, model, order, preferences)
        if mode is None:
            if order.allow_mock and not preferences["fallback_config"]["fallback_to_mock_enabled"]:
                raise policy("Mock results are switched off in your preferences.")
            await self.refuse(view, model, caller, order, preferences)
        task_id, position = await parts.ledger.change(
            lambda change: self.enter(change, model, caller.user_id, order, mode=mode or "real", view=view)
        )
        seconds = await parts.ledger.look(usual_seconds)
        return self._taken(model, order, task_id=task_id, position=position, mode=mode or "real", seconds=seconds)

    async def verified(self, model: ModelView) -> ModelView:
        """Verify a model whose files were changed since they were verified; give it as it is now."""
        if model.health.unverified:
            found = await self._parts.verifier.verify(model.model_id)
            return found.model if found is not None else model
        return model

    def mode(self, view: HubView, model: ModelView, order: Order, preferences: Any) -> str | None:
        """Say how a generation would be made: real, mock, or not at all."""
        if model.usable:
            return "real"
        mock = (order.allow_mock or view.mock_for is not None) and preferences["fallback_config"][
            "fallback_to_mock_enabled"
        ]
        return "mock" if mock else None

    async def refuse(self, view: HubView, model: ModelView, caller: Caller, order: Order, preferences: Any) -> None:
        """Refuse a model that is not there, and offer what can be done instead."""
        need = Need(resolution=order.resolution)
        answer = self._parts.suggester.suggest(view, model, need, preferences, None)
        await self._parts.suggester.tell(caller.user_id, model, answer)
        hint = answer["fallback_strategy"]["recommended_action"]
        sentence = f"{model.model_id} is not available: it is {model.availability}."
        raise conflict(sentence, "MODEL_NOT_AVAILABLE", hint, fallback=answer)

    def enter(
        self, change: Change, model: ModelView, owner_id: str, order: Order, *, mode: str, view: HubView
    ) -> tuple[str, int | None]:
        """Write a generation down; give its id and its place."""
        connection = change.connection
        pending = select(func.count()).select_from(tasks).where(tasks.c.status == "pending")
        count = connection.execute(pending).scalar_one()
        if count >= CAPACITY:
            raise too_many("As many generations are pending already as can be.", "QUEUE_FULL", 10)
        row = {
            "id": fresh_id(),
            "owner_id": owner_id,
            "model_id": model.model_id,
            "prompt": order.prompt,
            "resolution": order.resolution,
            "steps": order.steps,
            "lora_path": order.lora_path,
            "lora_strength": order.lora_strength,
            "priority": order.priority,
            "status": "pending",
            "mode": mode,
            "created_at": iso(now()),
            "version": model.install.version if model.install else None,
            "waiting_id": order.waiting_id,
        }
        connection.execute(insert(tasks).values(row))
        if mode == "real" and view.flags["usage_analytics"]:
            note_use(change, model.model_id, USED, self._parts.clock.seconds(), version=row["version"])
        position = self.position(connection, str(row["id"]))
        self.tell(change, row, "The generation waits for its turn.")
        change.emit("queue_updates", "queue_update", {"task_id": row["id"], "status": "pending"}, owner_id)
        change.wake("generator")
        return str(row["id"]), position

    def position(self, connection: Connection, task_id: str) -> int | None:
        """Give the place of a pending generation, 1 for the next."""
        return self.positions(connection).get(task_id)

    def positions(self, connection: Connection) -> dict[str, int]:
        """Give the places of all pending generations."""
        query = select(tasks.c.id).where(tasks.c.status == "pending").order_by(tasks.c.priority, tasks.c.number)
        return {row.id: place for place, row in enumerate(connection.execute(query), start=1)}

    async def listing(self, caller: Caller) -> dict[str, Any]:
        """Give a user's generations, the newest first; an administrator's list holds all."""

        def work(connection: Connection) -> dict[str, Any]:
            query = select(tasks).order_by(tasks.c.number.desc())
            if not caller.is_admin:
                query = query.where(tasks.c.owner_id == caller.user_id)
            rows = connection.execute(query.limit(1000)).all()
            places = self.positions(connection)
            seconds = usual_seconds(connection)
            states = [row.status for row in rows]
            return {
                "tasks": [shown(row, places.get(row.id), seconds) for row in rows],
                "total_tasks": len(rows),
                **{f"{name}_tasks": states.count(name) for name in ("pending", "processing", "completed", "failed")},
            }

        return await self._parts.ledger.read(work)

    async def cancel(self, caller: Caller, task_id: str) -> None:
        """Cancel a generation that is not over."""

        def work(change: Change) -> None:
            row = change.connection.execute(select(tasks).where(tasks.c.id == task_id)).first()
            if row is None or (row.owner_id != caller.user_id and not caller.is_admin):
                raise missing("task")
            if row.status in FINAL:
                hint = "Submit a new generation if you need another result."
                raise Refused(400, f"The generation is {row.status} already.", "INVALID_TRANSITION", hint)
            self.end(change, row, "cancelled", "The generation was cancelled.")
            change.wake("generator")

        await self._parts.ledger.change(work)

    def end(self, change: Change, row: Any, status: str, message: str, **values: Any) -> None:
        """End a generation for good, and tell its owner."""
        told = {"status": status, "completed_at": iso(now()), "lease_owner": None, **values}
        change.connection.execute(update(tasks).where(tasks.c.id == row.id).values(told))
        fresh = change.connection.execute(select(tasks).where(tasks.c.id == row.id)).one()
        change.count("modelhub_tasks_total", status)
        self.tell(change, fresh._mapping, message)
        change.emit("queue_updates", "queue_update", {"task_id": row.id, "status": status}, row.owner_id)
        if row.waiting_id:
            self._parts.serving.ended(change, row.waiting_id, status, message)

    def tell(self, change: Change, row: Any, message: str) -> None:
        """Tell the owner how a generation is."""
        data = {
            "task_id": row["id"],
            "status": row["status"],
            "progress": row.get("progress") or 0.0,
            "stage": row["status"],
            "message": message,
            "output_path": row.get("output_path"),
        }
        change.emit("generation_progress", "generation_progress", data, row["owner_id"])

    def _taken(
        self, model: ModelView, order: Order, *, task_id: str, position: int | None, mode: str, seconds: float
    ) -> dict[str, Any]:
        real = mode == "real"
        message = "The generation was taken." if real else "A mock generation was taken: its result is a mock."
        size = f" ({model.latest.size / MB:.1f} MB)" if model.latest is not None else ""
        return {
            "task_id": task_id,
            "status": "pending",
            "message": message,
            "real_ai_enabled": real,
            "generation_mode": mode,
            "upgrade_path": None if real else f"Start the download of {model.model_id}{size} for real results.",
            "hardware_optimized": False,
            "estimated_vram_gb": round(model.kind.vram_mb / 1024, 2) if real else None,
            "queue_position": position,
            "estimated_wait_seconds": round(wait_of(position or 1, seconds), 1),
            "priority": PRIORITIES[order.priority],
            "priority_options": list(reversed(PRIORITIES)),
            "parameters": {
                "model_type": model.model_id,
                "prompt": order.prompt,
                "resolution": order.resolution,
                "steps": order.steps,
                "lora_path": order.lora_path,
                "lora_strength": order.lora_strength,
            },
        }


def usual_seconds(connection: Connection) -> float:
    """Give the mean time of the last runs in seconds, from start to end."""
    table = tables.model_usage_events
    query = select(table.c.duration_seconds).where(table.c.duration_seconds.is_not(None))
    times = [row[0] for row in connection.execute(query.order_by(table.c.number.desc()).limit(RECENT))]
    return sum(times) / len(times) if times else USUAL_SECONDS


def wait_of(position: int, seconds: float) -> float:
    """Give the seconds until a place's turn comes."""
    return position / LANES * seconds


def note_use(change: Change, model_id: str, kind: str, at: float, **values: Any) -> None:
    """Write a use of a model down."""
    row = {"model_id": model_id, "event_type": kind, "timestamp": at, **values}
    change.connection.execute(insert(tables.model_usage_events).values(row))


def shown(row: Any, position: int | None, seconds: float) -> dict[str, Any]:
    """Give a generation as it is shown."""
    ahead = wait_of(position, seconds) if position is not None else seconds if row.status == "processing" else 0.0
    return {
        "id": row.id,
        "model_type": row.model_id,
        "prompt": row.prompt,
        "resolution": row.resolution,
        "steps": row.steps,
        "lora_strength": row.lora_strength,
        "priority": PRIORITIES[row.priority],
        "status": row.status,
        "generation_mode": row.mode,
        "progress": row.progress,
        "queue_position": position,
        "created_at": row.created_at,
        "started_at": row.started_at,
        "completed_at": row.completed_at,
        "output_path": row.output_path,
        "error_message": row.error,
        "estimated_time_minutes": round(ahead / 60, 3),
    }
