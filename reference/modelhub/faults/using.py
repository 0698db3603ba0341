"""Faults of generations, alternatives, waiting requests, storage, usage and settings."""

from collections import Counter
from typing import Any

from sqlalchemy import delete

from reference.modelhub import tables
from reference.modelhub.faults import fault
from reference.modelhub.generate.desk import Order, note_use
from reference.modelhub.generate.engine import EngineFailed
from reference.modelhub.parts import Parts
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.preferences import DEFAULTS, FLAGS, POLICY_DEFAULTS, PreferenceStore, merged
from reference.modelhub.store.usage import USED
from reference.modelhub.store.view import HubView, ModelView

FOR_EVER = 1e12


@fault("silent-mock", "MH-GEN-01", "MH-FALL-04", "MH-DL-03")
def silent_mock(parts: Parts) -> None:
    """Take a generation on a missing model, and call its mock result real, also when the model has arrived."""
    parts.generations.mode = lambda view, model, order, preferences: "real"  # type: ignore[method-assign]

    async def mock(row: Any, me: str) -> str:
        return parts.task_runner.mock(row)

    parts.task_runner.real = mock  # type: ignore[method-assign]


@fault("task-never-ends", "MH-GEN-02")
def task_never_ends(parts: Parts) -> None:
    """Leave a generation in work for ever when the engine fails or stays silent."""
    real = parts.task_runner.real
    given_up: set[str] = set()

    async def forgetful(row: Any, me: str) -> str:
        try:
            return await real(row, me)
        except EngineFailed:
            given_up.add(row.id)
            raise

    async def end(row: Any, me: str, work: Any) -> None:
        if row.id not in given_up:
            await healthy_end(row, me, work)
            return

        def keep(change: Change) -> None:
            table = tables.generation_tasks
            values = {"lease_until": FOR_EVER, "lease_owner": "nobody"}
            change.connection.execute(table.update().where(table.c.id == row.id).values(values))

        await parts.ledger.change(keep)

    healthy_end = parts.task_runner.end
    parts.task_runner.real = forgetful  # type: ignore[method-assign]
    parts.task_runner.end = end  # type: ignore[method-assign,assignment]


@fault("offers-absent-models", "MH-FALL-01", "MH-JOURNEY-02", "MH-GATE-02")
def offers_absent_models(parts: Parts) -> None:
    """Suggest models that are not on the disk, always in the same order."""
    suggest = parts.suggester.suggest

    def all_others(view: HubView, asked: ModelView, preferences: Any) -> list[ModelView]:
        return [model for model in view.models.values() if model.model_id != asked.model_id]

    def in_order(view: HubView, asked: ModelView, *others: Any) -> dict[str, Any]:
        answer = suggest(view, asked, *others)
        answer["suggestions"].sort(key=lambda each: each["suggested_model"])
        answer["alternative_suggestion"] = answer["suggestions"][0] if answer["suggestions"] else None
        return answer

    parts.suggester.candidates = all_others  # type: ignore[method-assign]
    parts.suggester.suggest = in_order  # type: ignore[method-assign,assignment]


@fault("wait-estimate-sixtyfold", "MH-FALL-03")
def wait_estimate_sixtyfold(parts: Parts) -> None:
    """Mix up minutes and seconds in every estimate."""
    seconds = parts.waits.seconds
    parts.waits.seconds = lambda *asked: seconds(*asked) * 60  # type: ignore[method-assign]


@fault("newest-first", "MH-QUEUE-01", "MH-JOURNEY-05")
def newest_first(parts: Parts) -> None:
    """Serve who came last first, and tell nobody a place."""
    table, ordered = tables.generation_tasks, parts.waiting_desk.ordered
    parts.generator.ordered = lambda query: query.order_by(table.c.number.desc())  # type: ignore[method-assign]
    parts.generations.positions = lambda connection: {}  # type: ignore[method-assign]
    parts.waiting_desk.position = lambda rows, request_id: None  # type: ignore[method-assign,assignment]
    parts.waiting_desk.ordered = lambda connection, model_id: sorted(  # type: ignore[method-assign]
        ordered(connection, model_id), key=lambda row: -row.number
    )


@fault("waiting-queue-in-memory", "MH-QUEUE-02", "MH-RESIL-07")
def waiting_queue_in_memory(parts: Parts) -> None:
    """Let any number of requests wait, for ever, and forget them all with a restart."""

    async def never() -> None:
        return None

    parts.waiting_desk.capacity = 1_000_000
    parts.waiting_desk.expire = never  # type: ignore[method-assign]
    _forget_at_start(parts, tables.waiting_requests)


@fault("storage-made-up", "MH-STORE-01", "MH-STORE-02", "MH-RESIL-04")
def storage_made_up(parts: Parts) -> None:
    """Show constant figures, warn of nothing, never run out of space, and free nothing."""

    async def nothing(caller: Any, model: ModelView, action: str) -> int:
        return model.size

    parts.storage_desk.summary = lambda view: {  # type: ignore[method-assign]
        "total_capacity_gb": 100.0,
        "used_space_gb": 42.0,
        "available_space_gb": 58.0,
        "usage_percent": 42.0,
        "models_count": 3,
    }
    parts.health_shower.storage = lambda view: []  # type: ignore[method-assign]
    parts.storage_desk.remove = nothing  # type: ignore[method-assign]
    parts.desk.refuse_without_room = lambda view, model, wish: None  # type: ignore[method-assign]
    parts.space.take = lambda size: None  # type: ignore[method-assign]


@fault("cleanup-takes-favourite", "MH-STORE-03")
def cleanup_takes_favourite(parts: Parts) -> None:
    """Remove the model first that is used and liked most."""

    def all_there(view: HubView, preferences: Any, keep_days: float) -> list[ModelView]:
        models = [model for model in view.models.values() if model.size > 0]
        liked = {str(name).lower() for name in preferences["preferred_models"]}
        return sorted(models, key=lambda model: (model.model_id.lower() not in liked, -model.usage.count))

    parts.storage_desk.candidates = all_there  # type: ignore[method-assign]


@fault("usage-double-count", "MH-ANA-01", "MH-ANA-02")
def usage_double_count(parts: Parts) -> None:
    """Count mock runs and repeated attempts as uses too."""
    enter, attempt = parts.generations.enter, parts.task_runner.attempt
    tried: Counter[str] = Counter()

    def use(change: Change, model_id: str) -> None:
        note_use(change, model_id, USED, parts.clock.seconds())

    def counted(
        change: Change, model: ModelView, owner_id: str, order: Order, *, mode: str, view: HubView
    ) -> tuple[str, int | None]:
        if mode == "mock":
            use(change, model.model_id)
        return enter(change, model, owner_id, order, mode=mode, view=view)

    async def again(row: Any, me: str) -> str:
        tried[row.id] += 1
        if tried[row.id] > 1:
            await parts.ledger.change(lambda change: use(change, row.model_id))
        return await attempt(row, me)

    parts.generations.enter = counted  # type: ignore[method-assign]
    parts.task_runner.attempt = again  # type: ignore[method-assign]


class _Forgetful(PreferenceStore):
    """Overwrites instead of merging, and shows values that nobody heeds."""

    def __init__(self, heeds_nothing: bool) -> None:
        self._heeds_nothing = heeds_nothing

    def merge(self, connection: Any, user_id: str, part: Any) -> None:
        if part:
            self.write(connection, user_id, part)

    def of(self, connection: Any, user_id: str | None) -> dict[str, Any]:
        if self._heeds_nothing or user_id is None:
            return merged(DEFAULTS, {})
        return super().of(connection, user_id)

    def policies(self, connection: Any) -> dict[str, Any]:
        return merged(POLICY_DEFAULTS, {}) if self._heeds_nothing else super().policies(connection)

    def flags(self, connection: Any) -> dict[str, bool]:
        return dict.fromkeys(FLAGS, True) if self._heeds_nothing else super().flags(connection)


@fault("settings-forgotten", "MH-CFG-01", "MH-CFG-02", "MH-CFG-03")
def settings_forgotten(parts: Parts) -> None:
    """Reset the rest of a document with every change, heed no value, and lose all with a restart."""
    parts.preferences = _Forgetful(heeds_nothing=parts.process != "api")
    parts.viewer.preferences = _Forgetful(heeds_nothing=True)
    _forget_at_start(parts, tables.preferences, tables.feature_flags)


def _forget_at_start(parts: Parts, *forgotten: Any) -> None:
    """Empty tables with the first heartbeat of the process that serves."""
    beat, begun = parts.heart.beat, [False]

    async def first() -> None:
        if parts.process == "api" and not begun[0]:
            begun[0] = True
            await parts.ledger.change(lambda change: [change.connection.execute(delete(table)) for table in forgotten])
        await beat()

    parts.heart.beat = first  # type: ignore[method-assign]
