"""Updates and the way back (contract 3.8, 6.8)."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.hashing import OK
from reference.modelhub.models.known import MB
from reference.modelhub.models.showing import percent_of
from reference.modelhub.refusals import conflict
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import HubView, ModelView
from reference.modelhub.transfer.desk import Wish

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

updates = tables.model_updates
FINAL = ("completed", "failed", "rollback_completed")


class UpdateDesk:
    """Takes updates and follows them. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def listing(self, view: HubView) -> list[dict[str, Any]]:
        """Give the state of updates of all installed models."""
        newest = await self._parts.ledger.look(_newest)
        return [self.shown(model, newest.get(name)) for name, model in view.models.items() if model.installed]

    def shown(self, model: ModelView, row: Any) -> dict[str, Any]:
        """Give the state of updates of a model."""
        current = model.install.version if model.install else None
        previous = model.install.previous_version if model.install else None
        latest = model.latest if model.published and model.published.listed else None
        running = row is not None and row.status not in FINAL
        transfer = (
            model.transfer if row is not None and model.transfer and model.transfer.id == row.download_id else None
        )
        status = row.status if row is not None else "available" if model.update else "up_to_date"
        if model.update and not running and (row is None or row.status == "completed"):
            status = "available"
        return {
            "model_id": model.model_id,
            "current_version": current,
            "latest_version": latest.version if latest else None,
            "update_available": model.update is not None,
            "update_type": model.update,
            "size_mb": round(self.size(model) / MB, 3) if model.update else 0.0,
            "release_notes": latest.release_notes if latest and model.update else "",
            "status": status,
            "progress_percent": percent_of(transfer)
            if transfer is not None
            else 100.0
            if status == "completed"
            else 0.0,
            "error_message": row.error if row is not None else None,
            "update_id": row.id if row is not None else None,
            "previous_version": previous,
            "can_rollback": bool(previous) and not running,
        }

    def size(self, model: ModelView) -> int:
        """Give the bytes that an update fetches: the files that changed."""
        if model.latest is None or model.version is None:
            return 0
        old = {(file.path, file.sha256) for file in model.version.files}
        return sum(file.size for file in model.latest.files if (file.path, file.sha256) not in old)

    async def approve(self, model: ModelView, caller: Caller | None) -> dict[str, Any]:
        """Begin an update."""
        if model.update is None or model.latest is None or not model.installed:
            raise conflict(f"There is no update for {model.model_id}.", "NO_UPDATE", "Check for updates first.")
        self._refuse_busy(model)
        view = await self._parts.viewer.view()
        if model.latest.size > view.available_bytes:
            from reference.modelhub.refusals import no_room

            raise no_room(model.latest.size, view.available_bytes)
        latest = model.latest

        def work(change: Change) -> dict[str, Any]:
            wish = Wish("update", latest.version, caller.user_id if caller else None, priority=1)
            download_id = self._parts.desk.enter(change, model, wish)
            return self._enter(
                change,
                model,
                caller,
                action="update",
                to_version=latest.version,
                status="queued",
                download_id=download_id,
            )

        return await self._parts.ledger.change(work)

    async def roll_back(self, model: ModelView, caller: Caller) -> dict[str, Any]:
        """Begin to go back to the previous version."""
        previous = model.install.previous_version if model.install and model.installed else None
        if previous is None:
            hint = "Only the version before the last update can be brought back."
            raise conflict(f"There is no previous version of {model.model_id}.", "NO_PREVIOUS_VERSION", hint)
        self._refuse_busy(model)

        def work(change: Change) -> dict[str, Any]:
            change.wake("downloader")
            return self._enter(
                change,
                model,
                caller,
                action="rollback",
                to_version=previous,
                status="rollback_in_progress",
                download_id=None,
            )

        return await self._parts.ledger.change(work)

    def rollbacks(self, connection: Connection) -> Any:
        """Give the rollbacks that are to be done."""
        return connection.execute(select(updates).where(updates.c.status == "rollback_in_progress")).all()

    def follow(self, change: Change, download_id: str, status: str, *, error: str | None = None) -> None:
        """Take over what became of the transfer of an update."""
        row = change.connection.execute(select(updates).where(updates.c.download_id == download_id)).first()
        if row is not None and row.status not in FINAL and row.status != status:
            self.set(change, row, status, error)

    def set(self, change: Change, row: Any, status: str, error: str | None = None) -> None:
        """Move an update to another state, and tell it."""
        values = {"status": status, "error": error}
        change.connection.execute(update(updates).where(updates.c.id == row.id).values(values))
        if status in FINAL:
            change.count("modelhub_updates_total", status)
        self.tell(change, row.model_id, status, row.from_version, row.to_version)

    def tell(self, change: Change, model_id: str, status: str, current: str, latest: str) -> None:
        """Tell about an update."""
        model = self._parts.viewer.now(change.connection).models.get(model_id)
        version = model.published.versions.get(latest) if model and model.published else None
        data = {
            "model_id": model_id,
            "update_type": model.update if model else None,
            "current_version": current,
            "latest_version": latest,
            "status": status,
            "size_mb": round(self.size(model) / MB, 3) if model else 0.0,
            "release_notes": version.release_notes if version else "",
        }
        change.emit("model_status", "model_update_notification", data)

    def _refuse_busy(self, model: ModelView) -> None:
        if model.active is not None or model.updating:
            raise conflict(f"{model.model_id} is busy.", "MODEL_BUSY", "Wait until its transfer is over.")

    def _enter(
        self,
        change: Change,
        model: ModelView,
        caller: Caller | None,
        *,
        action: str,
        to_version: str,
        status: str,
        download_id: str | None,
    ) -> dict[str, Any]:
        current = str(model.install.version) if model.install else ""
        row = {
            "id": fresh_id(),
            "model_id": model.model_id,
            "action": action,
            "from_version": current,
            "to_version": to_version,
            "status": status,
            "download_id": download_id,
            "created_at": iso(now()),
        }
        change.connection.execute(insert(updates).values(row))
        if caller is not None:
            about = f"{model.model_id} {current} to {to_version}"
            self._parts.audit.write(change.connection, caller, f"update_{action}", about, str(row["created_at"]))
        self.tell(change, model.model_id, status, current, to_version)
        told = {"success": True, "update_id": row["id"], "model_id": model.model_id}
        return {**told, "from_version": current, "to_version": to_version, "status": status}


class UpdateRunner:
    """Does rollbacks, and mends what a killed downloader left half exchanged."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def roll_back(self, row: Any) -> None:
        """Bring the previous version back if its files are right."""
        parts = self._parts
        view = await parts.viewer.fresh()
        model = view.models[row.model_id]
        version = model.published.versions.get(row.to_version) if model.published else None
        place = parts.folder.backup(row.model_id, row.to_version)
        if version is None or not await asyncio.to_thread(self._whole, place, version):
            error = "The files of the previous version are not there any more or are damaged."
            await parts.patiently(
                lambda: parts.ledger.change(lambda change: parts.update_desk.set(change, row, "failed", error))
            )
            return
        await parts.patiently(
            lambda: parts.ledger.change(lambda change: parts.installer.mark(change, row.model_id, "installing"))
        )
        parts.installer.bring_back(row.model_id, row.to_version)
        findings = await asyncio.to_thread(parts.hasher.published, row.model_id, version.files)

        def work(change: Change) -> None:
            parts.installer.finish(change, model, version, findings, previous_version=None)
            parts.update_desk.set(change, row, "rollback_completed")

        await parts.patiently(lambda: parts.ledger.change(work))

    async def mend(self) -> None:
        """Find out which version is in place where an exchange was interrupted, and finish it."""
        parts = self._parts
        view = await parts.viewer.fresh()
        for name, model in view.models.items():
            install = model.install
            if install is None or install.state != "installing" or model.published is None:
                continue
            if not parts.folder.of(name).is_dir() and install.version is not None:
                backup = parts.folder.backup(name, install.version)
                if backup.is_dir():
                    parts.installer.bring_back(name, install.version)
            for version in model.published.versions.values():
                findings = await asyncio.to_thread(parts.hasher.published, name, version.files)
                if findings and all(finding.state == OK for finding in findings):
                    kept = parts.folder.backup(name, install.version or "").is_dir()
                    previous = install.version if kept and install.version != version.version else None
                    await parts.ledger.change(
                        partial(
                            parts.installer.finish,
                            model=model,
                            version=version,
                            findings=findings,
                            previous_version=previous,
                        )
                    )
                    break
            else:
                await parts.ledger.change(partial(parts.installer.mark, model_id=name, state="installed"))

    def _whole(self, place: Any, version: Any) -> bool:
        from reference.modelhub.models.folder import Seen

        for file in version.files:
            path = place / file.path
            if not path.is_file():
                return False
            status = path.stat()
            if self._parts.hasher.state(path, file, Seen(status.st_size, status.st_mtime_ns)) != OK:
                return False
        return True


def _newest(connection: Connection) -> dict[str, Any]:
    rows = connection.execute(select(updates).order_by(updates.c.created_at)).all()
    return {row.model_id: row for row in rows}
