"""The generator: runs pending tasks under a lease, so that each ends once whatever happens (contract 5, 10)."""

import asyncio
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from reference.common.clock import iso, now
from reference.common.database import DatabaseUnavailable
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.generate.desk import LANES, note_use
from reference.modelhub.generate.engine import EngineFailed
from reference.modelhub.store.ledger import Change, fact
from reference.modelhub.store.usage import DONE, FAILED

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

tasks = tables.generation_tasks
ROUND_SECONDS = 0.5
TRIES = 3
MOST_RUNS = 2
TOLD_SECONDS = 0.25
ENGINE_REMEMBERED = 60.0


class GeneratorLoop:
    """Takes pending tasks and runs them in a few lanes."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.me = fresh_id()
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Do rounds until cancelled."""
        try:
            while True:
                try:
                    await self.round()
                except DatabaseUnavailable:
                    self._parts.logbook.event("generator", outcome="database unavailable")
                await self._parts.bell.wait(ROUND_SECONDS)
        finally:
            for task in self._running.values():
                task.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def round(self) -> None:
        """Serve waiting requests, give abandoned tasks back, keep the leases, and fill the lanes."""
        for name, task in list(self._running.items()):
            if task.done():
                del self._running[name]
                if not task.cancelled() and (error := task.exception()) is not None:
                    self._parts.logbook.trouble("generation", error)
        await self._parts.serving.round()
        rows = await self._parts.ledger.look(
            lambda connection: connection.execute(
                select(tasks).where(tasks.c.status.in_(("pending", "processing")))
            ).all()
        )
        if not rows and not self._running:
            return
        mine = {row.id for row in rows if row.lease_owner == self.me and row.status == "processing"}
        for name, task in self._running.items():
            if name not in mine and not task.done():
                task.cancel()  # it was cancelled, or somebody else has it
        for row in await self._parts.ledger.change(self._take):
            self._running[row.id] = asyncio.create_task(self._parts.task_runner.run(row, self.me))
            self._running[row.id].add_done_callback(lambda _: self._parts.bell.here())

    def _take(self, change: Change) -> list[Any]:
        at = time.time()
        running = [name for name, task in self._running.items() if not task.done()]
        lease = {"lease_until": at + self._parts.settings.task_lease}
        change.connection.execute(
            update(tasks).where(tasks.c.id.in_(running) & (tasks.c.lease_owner == self.me)).values(lease)
        )
        late = (tasks.c.status == "processing") & (tasks.c.lease_until < at)
        for row in change.connection.execute(select(tasks).where(late)).all():
            self._give_back(change, row)
        pending = select(tasks).where(tasks.c.status == "pending")
        free, taken = LANES - len(running), []
        for row in change.connection.execute(self.ordered(pending).limit(max(0, free))).all() if free > 0 else ():
            waiting = select(func.count()).select_from(tasks).where(tasks.c.status == "pending")
            others = change.connection.execute(waiting).scalar_one() > 1
            values = {
                "status": "processing",
                "started_at": row.started_at or iso(now()),
                "attempts": row.attempts + 1,
                "lease_owner": self.me,
                "others_waited": others,
                "progress": 1.0,
                **lease,
            }
            change.connection.execute(update(tasks).where(tasks.c.id == row.id).values(values))
            fresh = change.connection.execute(select(tasks).where(tasks.c.id == row.id)).one()
            self._parts.generations.tell(change, fresh._mapping, "The generation has begun.")
            told = {"task_id": row.id, "status": "processing"}
            change.emit("queue_updates", "queue_update", told, row.owner_id)
            taken.append(fresh)
        return taken

    def ordered(self, query: Any) -> Any:
        """Order pending tasks as they are to be run."""
        return query.order_by(tasks.c.priority, tasks.c.number)

    def _give_back(self, change: Change, row: Any) -> None:
        if row.attempts >= MOST_RUNS:
            sentence = "The generation was interrupted twice and was given up."
            self._parts.task_runner.fail(change, row, sentence)
            return
        values = {"status": "pending", "lease_owner": None, "lease_until": None, "progress": 0.0}
        change.connection.execute(update(tasks).where(tasks.c.id == row.id).values(values))


class TaskRunner:
    """Runs one task to its end."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def run(self, row: Any, me: str) -> None:
        """Generate, three times at most, and write the end down."""
        began = time.monotonic()
        try:
            text = self.mock(row) if row.mode == "mock" else await self.real(row, me)
            path = self._write(row.id, text)
        except EngineFailed as failure:
            sentence = str(failure)
            await self.end(row, me, lambda change, fresh: self.fail(change, fresh, sentence))
            return
        except OSError:
            await self.end(row, me, lambda change, fresh: self.fail(change, fresh, "The result could not be stored."))
            return
        seconds = time.monotonic() - began
        await self.end(row, me, lambda change, fresh: self._complete(change, fresh, path.name, seconds))

    def mock(self, row: Any) -> str:
        """Make a mock result."""
        return f"mock result of {row.model_id}, {row.resolution}\n"

    async def real(self, row: Any, me: str) -> str:
        """Load the model and ask the engine; retried twice."""
        if not await self.loaded(row.model_id):
            raise EngineFailed(f"{row.model_id} is not available any more: its files are missing or damaged.")
        for attempt in range(1, TRIES + 1):
            try:
                text = await self.attempt(row, me)
                await self._note_engine(True)
                return text
            except EngineFailed:
                await self._note_engine(False)
                if attempt == TRIES:
                    raise
        raise EngineFailed("The engine gave no result.")

    async def loaded(self, model_id: str) -> bool:
        """Verify a model before it is used: by its files' sizes and times, and by hashes when these changed."""
        parts = self._parts
        view = await parts.patiently(parts.viewer.fresh)
        model = view.models.get(model_id)
        if model is None:
            return False
        if model.health.unverified or model_id not in view.loaded:
            found = await parts.patiently(lambda: parts.verifier.verify(model_id))
            if found is None or not found.model.usable:
                return False
            model = found.model

            def note(change: Change) -> None:
                before = fact(change.connection, "loaded")
                names = list(before[0]) if before else []
                change.keep("loaded", sorted({*names, model_id}))
                note_use(change, model_id, "model_load", parts.clock.seconds(), success=True)

            await parts.patiently(lambda: parts.ledger.change(note))
        return model.usable

    async def attempt(self, row: Any, me: str) -> str:
        """Ask the engine once, and tell how far it is."""
        pieces: list[str] = []
        told = time.monotonic()
        about = {"resolution": row.resolution, "steps": row.steps, "task_id": row.id}
        async for piece in self._parts.engine.run(row.model_id, row.prompt, about):
            pieces.append(piece)
            if time.monotonic() - told > TOLD_SECONDS:
                told = time.monotonic()
                await self._progress(row, me, min(95.0, 5.0 + 5.0 * len(pieces)))
        return "".join(pieces)

    async def _progress(self, row: Any, me: str, progress: float) -> None:
        def work(change: Change) -> None:
            here = (tasks.c.id == row.id) & (tasks.c.lease_owner == me) & (tasks.c.status == "processing")
            more = here & (tasks.c.progress < progress)
            if change.connection.execute(update(tasks).where(more).values(progress=progress)).rowcount:
                fresh = change.connection.execute(select(tasks).where(tasks.c.id == row.id)).one()
                self._parts.generations.tell(change, fresh._mapping, "The generation is running.")

        try:
            await self._parts.ledger.change(work)
        except DatabaseUnavailable:
            self._parts.logbook.event("progress", outcome="database unavailable")

    async def end(self, row: Any, me: str, end: Any) -> None:
        """Write an end down, if the task is still this process' own."""

        def work(change: Change) -> None:
            fresh = change.connection.execute(select(tasks).where(tasks.c.id == row.id)).one()
            if fresh.status == "processing" and fresh.lease_owner == me:
                end(change, fresh)

        await self._parts.patiently(lambda: self._parts.ledger.change(work))

    def _complete(self, change: Change, row: Any, output: str, seconds: float) -> None:
        self._parts.generations.end(
            change, row, "completed", "The generation is complete.", progress=100.0, output_path=output
        )
        self._outcome(change, row, DONE, seconds)

    def fail(self, change: Change, row: Any, sentence: str) -> None:
        """End a task that gave no result."""
        self._parts.generations.end(change, row, "failed", sentence, error=sentence)
        self._outcome(change, row, FAILED, None)

    def _outcome(self, change: Change, row: Any, kind: str, seconds: float | None) -> None:
        if row.mode == "real" and self._parts.preferences.flags(change.connection)["usage_analytics"]:
            note_use(
                change,
                row.model_id,
                kind,
                self._parts.clock.seconds(),
                duration_seconds=seconds,
                success=kind == DONE,
                resolution=row.resolution,
                version=row.version,
                others_waited=row.others_waited,
            )
            change.emit("analytics_updates", "usage_statistics_update", {"model_id": row.model_id, "outcome": kind})

    async def _note_engine(self, good: bool) -> None:
        await self._parts.patiently(
            lambda: self._parts.ledger.change(lambda change: change.keep("engine_worked", good))
        )

    def _write(self, task_id: str, text: str) -> Path:
        folder = self._parts.settings.outputs_dir
        folder.mkdir(parents=True, exist_ok=True)
        path, draft = folder / f"{task_id}.txt", folder / f"{task_id}.part"
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
        return path
