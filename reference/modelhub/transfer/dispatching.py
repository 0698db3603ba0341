"""The downloader's rounds: which transfers run, and obeying what users asked meanwhile (contract 6.4)."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from reference.common.clock import iso, now
from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.store.ledger import Change, fact
from reference.modelhub.store.reading import active_transfers
from reference.modelhub.store.view import HubView, owner_limit
from reference.modelhub.transfer.transferring import RUNNING, Transfer

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

ROUND_SECONDS = 0.5
FLUSH_SECONDS = 0.3

downloads = tables.downloads


class Dispatcher:
    """Starts and stops transfers."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._running: dict[str, tuple[Transfer, asyncio.Task[None]]] = {}
        self._others: dict[str, asyncio.Task[None]] = {}
        self._source_back_at = 0.0

    async def run(self) -> None:
        """Do rounds until cancelled; transfers are then left where they are, to be continued at the next start."""
        flushing = asyncio.create_task(self._flushing())
        try:
            while True:
                try:
                    await self.round()
                except DatabaseUnavailable:
                    self._parts.logbook.event("dispatch", outcome="database unavailable")
                await self._parts.bell.wait(ROUND_SECONDS)
        finally:
            flushing.cancel()
            tasks = [task for _, task in self._running.values()] + list(self._others.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(flushing, *tasks, return_exceptions=True)

    async def round(self) -> None:
        """Bring what runs in line with what is wanted."""
        parts = self._parts
        view = await parts.viewer.fresh()
        rows = await parts.ledger.look(active_transfers)
        wanted = {row.id: row for row in rows}
        parts.space.capacity = view.capacity
        await self._heed_source()
        for name, (transfer, task) in list(self._running.items()):
            row = wanted.get(name)
            if task.done():
                self._ended(name, task)
            elif row is None or self.must_stop(row):
                await self._stop(name, task)
                await parts.ledger.change(partial(parts.runner.note_stop, transfer=transfer))
            else:
                parts.paces.change(transfer.own, row.limit_mbps)
                if row.status == "resuming":
                    await parts.runner.go_on(transfer)
        await self._set_owner_paces(rows, view)
        await self._clean_cancelled()
        self._start(rows, view)
        await self._give_way(rows)
        self._start_other_work(await parts.ledger.look(parts.update_desk.rollbacks), parts.update_runner.roll_back)
        self._start_other_work(await parts.ledger.look(parts.repair_desk.fixes), parts.repair_runner.fix)

    def must_stop(self, row: Any) -> bool:
        """Say whether a transfer that runs must stop: it was paused."""
        return row.status not in RUNNING

    def choose(self, rows: list[Any], lanes: int) -> list[Any]:
        """Choose the transfers that run: what ran before a restart goes on, then by priority and start."""
        able = [row for row in rows if row.status in RUNNING]
        interrupted = [row for row in able if row.id in self._running or row.status in ("downloading", "verifying")]
        waiting = [row for row in able if row not in interrupted]
        return [*interrupted, *self.order(waiting)][: max(lanes, len(self._running))]

    def order(self, waiting: list[Any]) -> list[Any]:
        """Order waiting transfers."""
        return sorted(waiting, key=lambda row: (row.priority, row.number))

    def _start(self, rows: Any, view: HubView) -> None:
        lanes = int(view.preferences["download_config"]["max_concurrent_downloads"])
        for row in self.choose(list(rows), lanes):
            if row.id not in self._running and len(self._running) < lanes:
                paces = self._parts.paces
                transfer = Transfer(row, paces.own(row.limit_mbps), paces.owner(row.owner_id))
                task = asyncio.create_task(self._parts.runner.run(transfer))
                task.add_done_callback(lambda _: self._parts.bell.here())
                self._running[row.id] = (transfer, task)

    async def _give_way(self, rows: Any) -> None:
        """Let resumed transfers that must wait for a lane say so."""
        behind = [row.id for row in rows if row.status == "resuming" and row.id not in self._running]
        if not behind:
            return

        def work(change: Change) -> None:
            for row in change.connection.execute(select(downloads).where(downloads.c.id.in_(behind))).all():
                if row.status == "resuming":
                    self._parts.desk.set_status(change, row, "queued")

        await self._parts.ledger.change(work)

    def _ended(self, name: str, task: "asyncio.Task[None]") -> None:
        del self._running[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._parts.logbook.trouble("transfer", error)

    async def _stop(self, name: str, task: "asyncio.Task[None]") -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        self._running.pop(name, None)

    async def _set_owner_paces(self, rows: Any, view: HubView) -> None:
        def limits(connection: Any) -> dict[str, float | None]:
            owners = {row.owner_id for row in rows}
            return {
                owner: owner_limit(self._parts.preferences.of(connection, owner), view.policies) for owner in owners
            }

        for owner, mbps in (await self._parts.ledger.read(limits)).items():
            self._parts.paces.set_owner(owner, mbps)

    async def _clean_cancelled(self) -> None:
        query = select(downloads).where(downloads.c.cleaned.is_(False))
        for row in await self._parts.ledger.look(lambda connection: connection.execute(query).all()):
            if row.id in self._running:
                continue  # it was cancelled during this round: the next one stops it before its files go
            await asyncio.to_thread(
                self._parts.cleaner.after_cancel, row.model_id, await self._keeps_files(row.model_id)
            )
            await self._parts.ledger.change(partial(_cleaned, download_id=row.id))
            await self._parts.verifier.verify(row.model_id)

    async def _keeps_files(self, model_id: str) -> bool:
        view = await self._parts.viewer.view()
        model = view.models.get(model_id)
        return model is not None and (model.installed or model.is_local)

    async def _heed_source(self) -> None:
        back = await self._parts.ledger.look(lambda connection: fact(connection, "source_back_at"))
        if back is not None and back[0] > self._source_back_at:
            self._source_back_at = back[0]
            self._parts.fetcher.source_back.set()

    def _start_other_work(self, rows: Any, work: Any) -> None:
        for name, task in list(self._others.items()):
            if task.done():
                del self._others[name]
                if not task.cancelled() and (error := task.exception()) is not None:
                    self._parts.logbook.trouble("work", error)
        for row in rows:
            if row.id not in self._others:
                self._others[row.id] = asyncio.create_task(work(row))

    async def _flushing(self) -> None:
        while True:
            await self._parts.pause(FLUSH_SECONDS)
            transfers = [transfer for transfer, task in self._running.values() if not task.done()]
            if not transfers:
                continue
            try:
                view = await self._parts.viewer.view()
                await self._parts.ledger.change(
                    partial(
                        self._parts.runner.flush, transfers=transfers, frame=partial(self._parts.frames.progress, view)
                    )
                )
            except DatabaseUnavailable:
                self._parts.logbook.event("progress", outcome="database unavailable")


def _cleaned(change: Change, download_id: str) -> None:
    values = {"cleaned": True, "last_update": iso(now())}
    change.connection.execute(update(downloads).where(downloads.c.id == download_id).values(values))


class Cleaner:
    """Removes what cancelled transfers leave behind."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def after_cancel(self, model_id: str, keeps_files: bool) -> None:
        """Remove unfinished files, and, of a model that was never there, the files that arrived already."""
        folder = self._parts.folder
        folder.remove_unfinished(model_id)
        if not keeps_files and folder.of(model_id).is_dir():
            folder.remove(model_id)
