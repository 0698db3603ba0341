"""Repairs: asked for by users or by the monitor, done by the downloader (contract 3.4, 5)."""

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.models.verifying import alert
from reference.modelhub.refusals import conflict
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import ModelView
from reference.modelhub.transfer.desk import Wish

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

repairs = tables.repairs
MOST_AUTOMATIC = 3


class RepairDesk:
    """Takes repairs and follows them. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def planned(self, model: ModelView, repair_type: str) -> list[str]:
        """Say what a repair is going to do."""
        if repair_type == "integrity_fix":
            return ["Remove left-overs of unfinished transfers.", "Verify every file again."]
        if repair_type == "redownload":
            return [f"Fetch all files of {model.model_id} again.", "Verify every file."]
        names = ", ".join(model.health.damaged_files) or "nothing"
        return [f"Fetch {names} again.", "Verify every file."]

    async def begin(
        self, model: ModelView, repair_type: str, *, forced: bool, owner_id: str | None, automatic: bool = False
    ) -> dict[str, Any]:
        """Begin a repair."""
        if model.health.status == "healthy" and not forced and repair_type != "redownload":
            hint = "Use the model, or ask for force_repair."
            raise conflict(f"{model.model_id} is healthy: there is nothing to repair.", "NOTHING_TO_REPAIR", hint)
        if model.active is not None or model.updating:
            hint = "Wait until its transfer is over, or cancel it."
            raise conflict(f"{model.model_id} is busy.", "MODEL_BUSY", hint)
        if repair_type != "integrity_fix":
            self._parts.desk.refuse_without_room(await self._parts.viewer.view(), model, Wish(force=False))
        actions = self.planned(model, repair_type)

        def work(change: Change) -> str:
            repair_id, download_id = fresh_id(), None
            if repair_type != "integrity_fix":
                wish = Wish("repair", owner_id=owner_id, priority=1, force=repair_type == "redownload")
                download_id = self._parts.desk.enter(change, model, wish)
            row = {
                "id": repair_id,
                "model_id": model.model_id,
                "repair_type": repair_type,
                "status": "queued",
                "progress": 0.0,
                "actions_json": json.dumps(actions),
                "files_json": "[]",
                "download_id": download_id,
                "automatic": automatic,
                "created_at": iso(now()),
            }
            change.connection.execute(insert(repairs).values(row))
            if automatic:
                installs = tables.model_installs
                here = installs.c.model_id == model.model_id
                tried = installs.c.repairs_tried + 1
                change.connection.execute(update(installs).where(here).values(repairs_tried=tried))
            change.wake("downloader")
            return repair_id

        repair_id = await self._parts.ledger.change(work)
        view = await self._parts.viewer.fresh()
        end = self._parts.desk.estimated_end(view, model.model_id) or iso(now())
        return {"success": True, "repair_id": repair_id, "actions_taken": actions, "estimated_completion": end}

    def last(self, connection: Connection, model_id: str) -> dict[str, Any] | None:
        """Give the last repair of a model as it is shown."""
        query = select(repairs).where(repairs.c.model_id == model_id).order_by(repairs.c.created_at.desc())
        row = connection.execute(query.limit(1)).first()
        return None if row is None else shown(row)

    def fixes(self, connection: Connection) -> Any:
        """Give the repairs that wait and need no transfer."""
        query = select(repairs).where((repairs.c.repair_type == "integrity_fix") & (repairs.c.status == "queued"))
        return connection.execute(query).all()

    def follow(self, change: Change, download_id: str, status: str, **more: Any) -> None:
        """Take over what became of the transfer of a repair."""
        row = change.connection.execute(select(repairs).where(repairs.c.download_id == download_id)).first()
        if row is not None and row.status not in ("completed", "failed"):
            self.set(change, row, status, **more)

    def set(
        self,
        change: Change,
        row: Any,
        status: str,
        *,
        error: str | None = None,
        files: list[str] | None = None,
        progress: float | None = None,
    ) -> None:
        """Move a repair to another state; the end is told."""
        values: dict[str, Any] = {"status": status, "error": error}
        if progress is not None:
            values["progress"] = progress
        if files is not None:
            values["files_json"] = json.dumps(files)
        if status == "completed":
            values["progress"] = 100.0
        change.connection.execute(update(repairs).where(repairs.c.id == row.id).values(values))
        if status not in ("completed", "failed"):
            return
        change.count("modelhub_repairs_total", status)
        model = self._parts.viewer.now(change.connection).models.get(row.model_id)
        if model is not None:
            good = status == "completed"
            told = alert(row.model_id, model.health, repair_type=row.repair_type, status=status, repair_success=good)
            if good:
                told |= {"health_status": "healthy", "integrity_score": 1.0, "issues_found": []}
            change.emit("health_monitoring", "health_monitoring_alert", told)


class RepairRunner:
    """Does repairs that need no transfer."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def fix(self, row: Any) -> None:
        """Remove left-overs, hash everything, and say whether that was enough."""
        parts = self._parts
        await parts.ledger.change(lambda change: parts.repair_desk.set(change, row, "repairing"))
        view = await parts.viewer.view()
        model = view.models.get(row.model_id)
        if model is not None and model.active is None:
            parts.folder.remove_unfinished(row.model_id)
            for name in parts.folder.files(row.model_id):
                if name.endswith(".partial"):
                    (parts.folder.of(row.model_id) / name).unlink(missing_ok=True)
        verified = await parts.verifier.verify(row.model_id)
        good = verified is not None and verified.model.health.usable
        error = None if good else "Files are missing or damaged: they must be fetched again."
        await parts.ledger.change(
            lambda change: parts.repair_desk.set(change, row, "completed" if good else "failed", error=error)
        )


def shown(row: Any) -> dict[str, Any]:
    """Give a repair as it is shown."""
    return {
        "repair_id": row.id,
        "repair_type": row.repair_type,
        "status": row.status,
        "progress_percent": row.progress,
        "actions_taken": json.loads(row.actions_json),
        "files_repaired": json.loads(row.files_json),
        "error": row.error,
    }
