"""The monitor: verifies, repairs, looks for updates, ends what is overdue (contract 1.1, 6.4, 6.5)."""

import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from reference.common.clock import moment
from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.models.known import PRODUCT
from reference.modelhub.refusals import Refused
from reference.modelhub.store.ledger import Change, fact
from reference.modelhub.store.reading import ACTIVE
from reference.modelhub.store.view import HubView, ModelView
from reference.modelhub.transfer.desk import Wish
from reference.modelhub.watch.repairing import MOST_AUTOMATIC

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

ROUND_SECONDS = 0.7
TIDY_SECONDS = 30.0
KEPT_EVENTS = 9000
KEPT_DOWNLOAD_SECONDS = 3600.0
OUTAGE_BEFORE_SECONDS = 60.0


class Monitor:
    """Does the rounds."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._due: dict[str, float] = {}
        self._started = False
        self._restarted_at = time.time()

    async def run(self) -> None:
        """Do rounds until cancelled."""
        while True:
            try:
                await self.round()
            except DatabaseUnavailable:
                self._parts.logbook.event("monitor", outcome="database unavailable")
            await self._parts.bell.wait(ROUND_SECONDS)

    async def round(self) -> None:
        """Do everything that is due."""
        parts = self._parts
        if self._is_due("source", parts.settings.source_probe):
            await parts.source_watch.look()
        view = await parts.viewer.fresh()
        if not self._started:
            await self._start_up()
            self._started = True
            view = await parts.viewer.fresh()
        if view.flags["auto_updates"] and view.preferences["update_config"]["auto_check_updates"]:
            await self.check_updates(view)
        if view.flags["health_monitoring"] and view.preferences["health_monitoring"]["enabled"]:
            await self.check_health(view)
            view = await parts.viewer.fresh()
            await self.repair(view)
        await self.restart_failed(view)
        await parts.waiting_desk.expire()
        if self._is_due("tidy", TIDY_SECONDS):
            await parts.ledger.change(self._tidy)

    async def _start_up(self) -> None:
        await self._read_catalogue()
        view = await self._parts.viewer.fresh()
        await self.verify_all(view)
        view = await self._parts.viewer.fresh()
        if view.preferences["automation_level"] == "fully_automatic":
            for name in PRODUCT:
                model = view.models[name]
                if not model.usable and model.active is None and not model.installed:
                    await self._begin(model)

    async def verify_all(self, view: HubView) -> None:
        """Hash every model that is or should be there."""
        self._due["health"] = time.monotonic() + self._parts.settings.health_interval
        for model in view.models.values():
            if (model.installed or model.size) and model.active is None and not model.updating:
                await self._parts.verifier.verify(model.model_id)

    async def check_health(self, view: HubView) -> None:
        """Hash all models when it is time, and at once those whose files were changed."""
        if self._is_due("health", self._parts.settings.health_interval):
            await self.verify_all(view)
            return
        for model in view.models.values():
            stored = model.install.health_status if model.install else None
            changed = model.health.unverified or (model.health.status in ("corrupted", "missing")) != (
                stored in ("corrupted", "missing", None)
            )
            if changed and (model.installed or model.size) and model.active is None and not model.updating:
                await self._parts.verifier.verify(model.model_id)

    async def repair(self, view: HubView) -> None:
        """Begin to repair what is damaged or has vanished, if that is to be done without asking."""
        if view.preferences["automation_level"] == "manual":
            return
        if not view.preferences["health_monitoring"]["auto_repair_enabled"] or not view.source_reachable:
            return
        for model in view.models.values():
            damaged = model.health.status in ("corrupted", "missing") and model.installed
            stored = model.install.health_status if model.install else None
            tried = model.install.repairs_tried if model.install else 0
            if damaged and stored in ("corrupted", "missing") and tried < MOST_AUTOMATIC and model.latest is not None:
                await self._quietly(
                    lambda model=model: self._parts.repair_desk.begin(
                        model, "auto", forced=False, owner_id=None, automatic=True
                    )
                )

    async def check_updates(self, view: HubView) -> None:
        """Read the source's list when it is time, and install updates where that needs no approval."""
        if not self._is_due("updates", self._parts.settings.update_interval):
            return
        await self._read_catalogue()
        unasked = view.preferences["update_config"]["auto_install_updates"]
        if unasked and not view.policies["require_approval_for_updates"]:
            for model in (await self._parts.viewer.fresh()).models.values():
                if model.update is not None and model.active is None and not model.updating:
                    await self._quietly(lambda model=model: self._parts.update_desk.approve(model, None))

    async def restart_failed(self, view: HubView) -> None:
        """Start transfers again that failed while the source was away, now that it is back."""
        known = await self._parts.ledger.read(
            lambda connection: (fact(connection, "source_back_at"), fact(connection, "source_lost_at"))
        )
        back, lost = (each[0] if each else 0.0 for each in known)
        if not view.source_reachable or back <= self._restarted_at or view.preferences["automation_level"] == "manual":
            return
        self._restarted_at = back
        for model in view.models.values():
            row = model.transfer
            if row is None or row.status != "failed" or row.failure_reason not in ("source_unreachable", "timeout"):
                continue
            if row.completed_at and moment(row.completed_at).timestamp() > lost - OUTAGE_BEFORE_SECONDS:
                await self._begin(model, row)

    async def _begin(self, model: ModelView, row: Any = None) -> None:
        wish = (
            Wish()
            if row is None
            else Wish(
                row.kind if row.kind == "download" else "download",
                owner_id=row.owner_id,
                priority=row.priority,
                limit_mbps=row.limit_mbps,
                max_retries=row.max_retries,
                force=row.force and row.kind == "download",
            )
        )
        await self._quietly(
            lambda: self._parts.ledger.change(lambda change: self._parts.desk.enter(change, model, wish))
        )

    async def _read_catalogue(self) -> None:
        await self._quietly(self._parts.catalogue.refresh)

    async def _quietly(self, work: Any) -> None:
        try:
            await work()
        except Refused as refused:
            self._parts.logbook.event("monitor", outcome=refused.code)

    def _is_due(self, what: str, seconds: float) -> bool:
        if time.monotonic() < self._due.get(what, 0.0):
            return False
        self._due[what] = time.monotonic() + seconds
        return True

    def _tidy(self, change: Change) -> None:
        events, downloads, checks = tables.events, tables.downloads, tables.health_checks
        newest = change.connection.execute(select(func.max(events.c.number))).scalar() or 0
        change.connection.execute(delete(events).where(events.c.number < newest - KEPT_EVENTS))
        last = change.connection.execute(select(func.max(checks.c.number))).scalar() or 0
        change.connection.execute(delete(checks).where(checks.c.number < last - KEPT_EVENTS))
        old = [
            row.id
            for row in change.connection.execute(select(downloads.c.id, downloads.c.status, downloads.c.last_update))
            if row.status not in ACTIVE and time.time() - moment(row.last_update).timestamp() > KEPT_DOWNLOAD_SECONDS
        ]
        if old:
            change.connection.execute(delete(downloads).where(downloads.c.id.in_(old)))


__all__ = ["Monitor", "update"]
