"""Verify a model: hash its files, keep the outcome, and tell when it changed."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update

from reference.common.clock import iso, now
from reference.modelhub import tables
from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.models.hashing import OK, FileFinding, Hasher
from reference.modelhub.models.health import SEVERITY, Health
from reference.modelhub.store.ledger import Change, Ledger
from reference.modelhub.store.view import ModelView, Viewer

TRIES = 3


@dataclass(frozen=True)
class Verified:
    """How a model was found."""

    model: ModelView
    findings: tuple[FileFinding, ...]


class Verifier:
    """Verifies models. Its methods raise DatabaseUnavailable."""

    def __init__(self, ledger: Ledger, viewer: Viewer, folder: ModelsFolder, hasher: Hasher) -> None:
        """Look into `folder` with `hasher`."""
        self._ledger = ledger
        self._viewer = viewer
        self._folder = folder
        self._hasher = hasher

    async def verify(self, model_id: str) -> Verified | None:
        """Hash all files of a model and keep what was found. None for a model that nobody knows."""
        for _ in range(TRIES):
            view = await self._viewer.fresh()
            model = view.models.get(model_id)
            if model is None:
                return None
            findings = await asyncio.to_thread(self._found, model)
            if await self._ledger.change(partial(self._keep, model=model, findings=findings)):
                fresh = await self._viewer.fresh()
                return Verified(fresh.models.get(model_id, model), tuple(findings))
        # The files were exchanged each time while they were read: what the exchange left behind was verified by it.
        fresh = await self._viewer.fresh()
        model = fresh.models.get(model_id)
        return None if model is None else Verified(model, ())

    def _found(self, model: ModelView) -> list[FileFinding]:
        version = model.version
        if version is not None:
            return self._hasher.published(model.model_id, version.files) if self._folder.files(model.model_id) else []
        return self._hasher.local(model.model_id) if model.is_local else []

    def _keep(self, change: Change, model: ModelView, findings: list[FileFinding]) -> bool:
        connection = change.connection
        installs = tables.model_installs
        row = connection.execute(select(installs).where(installs.c.model_id == model.model_id)).first()
        if row is not None and (
            row.state == "installing" or row.epoch != (model.install.epoch if model.install else 0)
        ):
            return False
        self.keep_files(change, model, findings)
        complete = bool(findings) and all(finding.state == OK for finding in findings)
        fresh = self._viewer.now(connection).models.get(model.model_id, model)
        self._keep_install(change, fresh, row, complete)
        health = fresh.health
        checks = {"model_id": model.model_id, "at": iso(now()), "health_status": health.status}
        connection.execute(insert(tables.health_checks).values(**checks, integrity_score=health.integrity_score))
        if not complete and findings:
            change.count("modelhub_verify_failures_total")
        return True

    def keep_files(
        self, change: Change, model: ModelView, findings: list[FileFinding], version: str | None = None
    ) -> None:
        """Keep what was found of the files of a model, of the version in use unless another is named."""
        table, at = tables.model_files, iso(now())
        change.connection.execute(delete(table).where(table.c.model_id == model.model_id))
        version = version or (model.version.version if model.version else None)
        rows = [
            {
                "model_id": model.model_id,
                "path": finding.path,
                "version": version,
                "size": finding.published.size if finding.published else (finding.seen.size if finding.seen else None),
                "sha256": finding.published.sha256 if finding.published else None,
                "state": finding.state,
                "seen_size": finding.seen.size if finding.seen else None,
                "seen_mtime_ns": finding.seen.mtime_ns if finding.seen else None,
                "verified_at": at,
            }
            for finding in findings
        ]
        if rows:
            change.connection.execute(insert(table), rows)

    def _keep_install(self, change: Change, model: ModelView, row: Any, complete: bool) -> None:
        table, health = tables.model_installs, model.health
        values: dict[str, Any] = {"last_check": iso(now()), "health_status": health.status}
        if complete and not model.installed and not model.is_local and model.active is None:
            # Files that were put there by hand and are right count as an installation.
            version = model.version.version if model.version else None
            values |= {"state": "installed", "version": version, "installed_at": iso(now())}
        if health.usable:
            values["repairs_tried"] = 0
        if row is None:
            connection_values = {"state": "known", "state_since": 0.0, "epoch": 0, "repairs_tried": 0, **values}
            change.connection.execute(insert(table).values(model_id=model.model_id, **connection_values))
        else:
            change.connection.execute(update(table).where(table.c.model_id == model.model_id).values(values))
        before = row.health_status if row is not None else None
        kept = model.installed or (model.is_local and before == "healthy")
        if kept and health.status in ("corrupted", "missing") and before != health.status:
            self.tell_damage(change, model, health)
        elif before in ("corrupted", "missing") and health.usable and (model.installed or model.is_local):
            change.emit("health_monitoring", "health_monitoring_alert", alert(model.model_id, health))

    def tell_damage(self, change: Change, model: ModelView, health: Health) -> None:
        """Tell that a model got damaged, or vanished."""
        preferences = self._viewer_preferences(change)
        automatic = preferences["health_monitoring"]["auto_repair_enabled"] and not model.is_local
        kind = health.corruption_types[0] if health.corruption_types else "file_missing"
        data = {
            "model_id": model.model_id,
            "corruption_type": kind,
            "severity": SEVERITY.get(kind, "low"),
            "files": list(health.damaged_files),
            "repair_action": "automatic repair" if automatic else "repair or download the model again",
            "requires_user_action": not automatic,
        }
        change.emit("health_monitoring", "corruption_detection", data)
        change.emit("health_monitoring", "health_monitoring_alert", alert(model.model_id, health))
        change.wake("monitor")

    def _viewer_preferences(self, change: Change) -> Any:
        return self._viewer.now(change.connection).preferences


def alert(model_id: str, health: Health, **repair: Any) -> dict[str, Any]:
    """Give the data of a health alert."""
    told = {"model_id": model_id, "health_status": health.status, "integrity_score": health.integrity_score}
    return {**told, "issues_found": list(health.issues), **repair}
