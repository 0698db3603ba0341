"""One transfer from the first file to the verified model (contract 5, 6.1, 6.2)."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from reference.common.clock import iso, moment, now
from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.models.hashing import OK, FileFinding
from reference.modelhub.models.known import MB
from reference.modelhub.models.published import PublishedFile, PublishedVersion
from reference.modelhub.models.showing import percent_of
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import ModelView
from reference.modelhub.transfer.failures import Failure
from reference.modelhub.transfer.fetching import Meter, Rules, Target
from reference.modelhub.transfer.installing import NotWhole
from reference.modelhub.transfer.pace import Pace

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

downloads, partials = tables.downloads, tables.partial_files
RUNNING = ("queued", "resuming", "downloading", "verifying")
TOLD_AT_LEAST = 0.5
"""After so many seconds without news the next look at a transfer tells of it again: at least once a second."""


class Superseded(Exception):
    """Somebody paused or cancelled the transfer meanwhile."""


@dataclass
class Transfer:
    """A transfer that runs in this process."""

    row: Any
    own: Pace
    shared: Pace
    meter: Meter = field(default_factory=Meter)
    staging: str | None = None
    fetched: list[str] = field(default_factory=list)
    told_at: float = 0.0


class TransferRunner:
    """Runs transfers."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def run(self, transfer: Transfer) -> None:
        """Run a transfer to a final state, unless it is paused or cancelled on the way."""
        try:
            await self._run(transfer)
        except Superseded:
            return
        except Failure as failure:
            reason = failure.reason
            await self._end(transfer, lambda change, row: self._fail(change, transfer, row, reason))
            await self._parts.patiently(lambda: self._parts.verifier.verify(transfer.row.model_id))

    async def _run(self, transfer: Transfer) -> None:
        row, parts, meter = transfer.row, self._parts, transfer.meter
        # What was told before a pause or a death of the downloader is not taken back while the files are looked at.
        meter.total, meter.done, meter.shown = row.bytes_total, row.bytes_done, row.bytes_done
        meter.resumed_from, meter.retry_count, meter.total_retries = (
            row.resumed_from,
            row.retry_count,
            row.total_retries,
        )
        await self._step(transfer, "downloading")
        view = await parts.patiently(parts.viewer.fresh)
        model = view.models.get(row.model_id)
        version = model.published.versions.get(row.version or "") if model and model.published else None
        if model is None or version is None:
            raise Failure("not_found" if view.source_reachable else "source_unreachable")
        if version.trouble is not None:
            raise Failure("bad_file_list")
        if row.kind == "update" and model.usable and model.install and model.install.version == version.version:
            await self._install(transfer, model, version)  # it was in place already when the downloader was killed
            return
        rules = await parts.patiently(lambda: self._rules(row))
        try:
            wanted = await self._plan(transfer, model, version)
        except OSError:
            raise Failure("permission") from None
        for file in wanted:
            target = Target(
                row.model_id, version.version, file, parts.folder.partial(row.model_id) / f"{file.path}.partial"
            )
            paces = (transfer.own, transfer.shared)
            await parts.fetcher.fetch(target, transfer.meter, rules, paces, self._teller(transfer))
            parts.installer.place(row.model_id, file.path, transfer.staging)
            transfer.fetched.append(file.path)
        await self._step(transfer, "verifying")
        await self._install(transfer, model, version)

    async def _plan(self, transfer: Transfer, model: ModelView, version: PublishedVersion) -> list[PublishedFile]:
        """Say which files must be fetched, and what is there already."""
        row, parts = transfer.row, self._parts
        if parts.installer.stage_is_needed(model, row.kind, row.force):
            transfer.staging = version.version
            names = await asyncio.to_thread(parts.installer.carry_over, model, version)
        else:
            names = await asyncio.to_thread(self.damaged, model, version, row)
        await parts.patiently(lambda: parts.ledger.change(lambda change: self._drop_others(change, row, version)))
        wanted = [file for file in version.files if file.path in names]
        scope = version.files if row.kind == "download" else wanted
        held = {
            name.removesuffix(".partial"): seen.size for name, seen in parts.folder.unfinished(row.model_id).items()
        }
        meter = transfer.meter
        meter.total = sum(file.size for file in scope)
        there = sum(file.size for file in scope if file.path not in names)
        meter.done = meter.resumed_from = there + sum(min(held.get(file.path, 0), file.size) for file in wanted)
        meter.shown, meter.changed = meter.done, True
        return wanted

    def damaged(self, model: ModelView, version: PublishedVersion, row: Any) -> list[str]:
        """Name the files that are missing or not right; all of them when everything is to be fetched anew."""
        if row.force and row.kind == "repair":
            done = self._parts.folder.of(model.model_id)
            since = moment(row.created_at).timestamp()
            # What this very transfer fetched before it was interrupted is not fetched again.
            return [file.path for file in version.files if not _newer(done / file.path, since)]
        findings = self._parts.hasher.published(model.model_id, version.files)
        return [finding.path for finding in findings if finding.state != OK]

    async def _install(self, transfer: Transfer, model: ModelView, version: PublishedVersion) -> None:
        row, parts = transfer.row, self._parts
        try:
            findings = await asyncio.to_thread(parts.installer.check, row.model_id, version, bool(transfer.staging))
            if transfer.staging:
                await self._follow_update(row.id, "installing")
                findings = await parts.installer.switch(model, version)
        except NotWhole:
            raise Failure("checksum_mismatch") from None
        except OSError:
            raise Failure("disk_full") from None
        await self._end(
            transfer, lambda change, now_row: self._complete(change, transfer, now_row, (model, version, findings))
        )

    def _complete(
        self,
        change: Change,
        transfer: Transfer,
        row: Any,
        placed: tuple[ModelView, PublishedVersion, list[FileFinding]],
    ) -> None:
        model, version, findings = placed
        old = model.install.version if model.install and model.installed else None
        more: dict[str, Any] = {"previous_version": old} if row.kind == "update" and old != version.version else {}
        self._parts.installer.finish(change, model, version, findings, **more)
        change.connection.execute(delete(partials).where(partials.c.model_id == row.model_id))
        row = self._write_meter(change, transfer, row)
        size = sum(file.size for file in version.files)
        took = (now() - moment(row.created_at)).total_seconds()
        self._parts.desk.set_status(
            change,
            row,
            "completed",
            progress_percent=100.0,
            total_time_seconds=round(took, 3),
            final_size_mb=round(size / MB, 3),
            integrity_verified=True,
            total_retries=transfer.meter.total_retries,
        )
        self._count(change, transfer)
        self._parts.repair_desk.follow(change, row.id, "completed", files=transfer.fetched)
        self._parts.update_desk.follow(change, row.id, "completed")

    def _fail(self, change: Change, transfer: Transfer, row: Any, reason: str) -> None:
        told = self._parts.guide.explain(reason)
        row = self._write_meter(change, transfer, row)
        values = {
            "error": told.sentence,
            "failure_reason": reason,
            "guidance_json": json.dumps(list(told.guidance)),
        }
        change.connection.execute(update(downloads).where(downloads.c.id == row.id).values(values))
        self._parts.desk.set_status(
            change,
            row,
            "failed",
            reason=reason,
            error_message=told.sentence,
            guidance=list(told.guidance),
            total_retries=transfer.meter.total_retries,
        )
        self._count(change, transfer)
        self._parts.repair_desk.follow(change, row.id, "failed", error=told.sentence, files=transfer.fetched)
        self._parts.update_desk.follow(change, row.id, "failed", error=told.sentence)

    def _count(self, change: Change, transfer: Transfer) -> None:
        meter, name = transfer.meter, transfer.row.model_id
        change.count("modelhub_download_bytes_total", name, max(0, meter.shown - meter.resumed_from))
        if meter.total_retries:
            change.count("modelhub_download_retries_total", name, meter.total_retries)

    def _teller(self, transfer: Transfer) -> Any:
        async def on_retry(reason: str, wait: float) -> None:
            meter = transfer.meter
            meter.next_retry_at = time.time() + wait
            data = {
                "model_id": transfer.row.model_id,
                "retry_count": meter.retry_count,
                "max_retries": transfer.row.max_retries,
                "error_message": self._parts.guide.explain(reason).sentence,
                "next_retry_in_seconds": round(wait, 3),
            }

            def work(change: Change) -> None:
                self._write_meter(change, transfer, self._present(change, transfer, ("downloading",)))
                change.emit("download_progress", "download_retry", data)

            await self._parts.patiently(lambda: self._parts.ledger.change(work))

        return on_retry

    async def _step(self, transfer: Transfer, status: str) -> None:
        def work(change: Change) -> None:
            row = self._write_meter(change, transfer, self._present(change, transfer, RUNNING))
            if row.status == "resuming" and status != "downloading":
                row = self._resumed(change, row)
            if row.status != status:
                self._parts.desk.set_status(change, row, status)
            change.rung.discard("downloader")
            repair = {"downloading": "repairing"}.get(status)
            if repair:
                self._parts.repair_desk.follow(change, row.id, repair)
            self._parts.update_desk.follow(change, row.id, {"verifying": "validating"}.get(status, status))

        await self._parts.patiently(lambda: self._parts.ledger.change(work))

    async def go_on(self, transfer: Transfer) -> None:
        """Say that a transfer goes on which was resumed before it had stopped. Raises DatabaseUnavailable."""

        def work(change: Change) -> None:
            row = change.connection.execute(select(downloads).where(downloads.c.id == transfer.row.id)).one()
            if row.status == "resuming":
                self._resumed(change, row)

        await self._parts.ledger.change(work)

    def _resumed(self, change: Change, row: Any) -> Any:
        self._parts.desk.set_status(change, row, "downloading")
        return change.connection.execute(select(downloads).where(downloads.c.id == row.id)).one()

    async def _follow_update(self, download_id: str, status: str) -> None:
        await self._parts.patiently(
            lambda: self._parts.ledger.change(
                lambda change: self._parts.update_desk.follow(change, download_id, status)
            )
        )

    async def _end(self, transfer: Transfer, work: Any) -> None:
        def run(change: Change) -> None:
            work(change, self._present(change, transfer, RUNNING))

        try:
            await self._parts.patiently(lambda: self._parts.ledger.change(run))
        except Superseded:
            self._parts.logbook.event("transfer", outcome="superseded at its end")

    def _present(self, change: Change, transfer: Transfer, expected: tuple[str, ...]) -> Any:
        row = change.connection.execute(select(downloads).where(downloads.c.id == transfer.row.id)).one()
        if row.status not in expected:
            raise Superseded
        return row

    def _write_meter(self, change: Change, transfer: Transfer, row: Any) -> Any:
        """Write down what a transfer has done; give its row as it is then."""
        here = downloads.c.id == row.id
        change.connection.execute(update(downloads).where(here).values(meter_values(transfer.meter)))
        return change.connection.execute(select(downloads).where(here)).one()

    def note_stop(self, change: Change, transfer: Transfer) -> None:
        """Write down how far a transfer came before it was paused."""
        row = change.connection.execute(select(downloads).where(downloads.c.id == transfer.row.id)).first()
        if row is not None and row.status == "paused":
            transfer.meter.next_retry_at = None
            self._write_meter(change, transfer, row)

    def flush(self, change: Change, transfers: list[Transfer], frame: Any) -> None:
        """Write down how far transfers are, and tell it."""
        at = time.monotonic()
        for transfer in transfers:
            row = change.connection.execute(select(downloads).where(downloads.c.id == transfer.row.id)).one()
            if row.status != "downloading" or not (transfer.meter.changed or at - transfer.told_at > TOLD_AT_LEAST):
                continue
            fresh = self._write_meter(change, transfer, row)
            transfer.meter.changed = False
            if transfer.meter.total:
                transfer.told_at = at
                change.emit("download_progress", "download_progress_update", frame(fresh))
                self._parts.repair_desk.follow(change, row.id, "repairing", progress=percent_of(fresh))

    async def _rules(self, row: Any) -> Rules:
        found = await self._parts.ledger.look(lambda connection: self._parts.preferences.of(connection, row.owner_id))
        config = found["download_config"]
        return Rules(row.max_retries, float(config["retry_delay_base"]), float(config["max_retry_delay"]))

    def _drop_others(self, change: Change, row: Any, version: PublishedVersion) -> None:
        """Throw unfinished files away that belong to other bytes than those that are wanted now."""
        here = partials.c.model_id == row.model_id
        kept = {each.path: each.sha256 for each in change.connection.execute(select(partials).where(here))}
        wanted = {file.path: file.sha256 for file in version.files}
        for name in self._parts.folder.unfinished(row.model_id):
            path = name.removesuffix(".partial")
            if path not in wanted or kept.get(path) != wanted[path]:
                (self._parts.folder.partial(row.model_id) / name).unlink(missing_ok=True)
        change.connection.execute(delete(partials).where(here))
        rows = [{"model_id": row.model_id, "path": path, "sha256": sha256} for path, sha256 in wanted.items()]
        change.connection.execute(insert(partials), rows)


def meter_values(meter: Meter) -> dict[str, Any]:
    """Give what a transfer has done as columns."""
    return {
        "bytes_total": meter.total,
        "bytes_done": meter.shown,
        "resumed_from": meter.resumed_from,
        "speed_bps": meter.bits_per_second(asyncio_time()),
        "retry_count": meter.retry_count,
        "total_retries": meter.total_retries,
        "next_retry_at": meter.next_retry_at,
        "last_update": iso(now()),
    }


def asyncio_time() -> float:
    """Give the clock of event loops, which other threads may read too."""
    return time.monotonic()


def _newer(path: Any, since: float) -> bool:
    try:
        return bool(path.stat().st_mtime >= since)
    except FileNotFoundError:
        return False


__all__ = ["DatabaseUnavailable", "Superseded", "Transfer", "TransferRunner"]
