"""What users ask of transfers: start, pause, resume, cancel, priority, speed (contract 3.3, 5)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from reference.common.clock import iso, now
from reference.common.ids import fresh_id
from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.models.known import MB
from reference.modelhub.models.showing import PRIORITIES, percent_of
from reference.modelhub.refusals import (
    Refused,
    conflict,
    forbidden,
    missing,
    no_room,
    policy,
    switched_off,
)
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.reading import ACTIVE
from reference.modelhub.store.view import HubView, ModelView, owner_limit

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

downloads = tables.downloads
MEDIUM = PRIORITIES.index("medium")
ALLOWED = {"pause": ("queued", "downloading"), "resume": ("paused",), "cancel": ACTIVE}
NEXT = {"pause": "paused", "resume": "resuming", "cancel": "cancelled"}


@dataclass(frozen=True)
class Wish:
    """How a transfer is to be done. `owner_id` None: the hub itself wants it."""

    kind: str = "download"
    version: str | None = None
    owner_id: str | None = None
    priority: int = MEDIUM
    limit_mbps: float | None = None
    max_retries: int | None = None
    force: bool = False


class DownloadDesk:
    """Takes wishes about transfers. Methods raise DatabaseUnavailable and Refused."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def start(self, model: ModelView, caller: Caller, wish: Wish) -> dict[str, Any]:
        """Start a download for a user."""
        view = await self._parts.viewer.recent()
        model = view.models.get(model.model_id, model)
        if model.active is not None or model.usable or self.needed(model, wish) > view.available_bytes:
            # Before it is refused for what it was a moment ago.
            view = await self._parts.viewer.fresh()
            model = view.models.get(model.model_id, model)
        self.refuse_by_rule(view, model, await self._parts.preferences_of(caller.user_id))
        if model.usable and not wish.force and model.active is None:
            hint = "Use it now, or ask for force_redownload to fetch it anew."
            raise conflict(f"{model.model_id} is there already.", "ALREADY_AVAILABLE", hint, **self.told(model))
        if model.active is not None:
            self.refuse_active(model)
        self.refuse_without_room(view, model, wish)
        row = await self._parts.ledger.change(lambda change: self.enter(change, model, wish))
        return {"download_id": row, "estimated_completion": self.estimated_end(view, model.model_id)}

    def refuse_active(self, model: ModelView) -> None:
        """Refuse a second transfer of the same model."""
        hint = "Watch its progress, or cancel it first."
        sentence = f"{model.model_id} is being transferred already."
        raise conflict(sentence, "DOWNLOAD_ACTIVE", hint, **self.told(model))

    def told(self, model: ModelView) -> dict[str, Any]:
        """Give the fields that a refusal adds."""
        status = model.transfer.status if model.transfer is not None else model.availability
        return {"success": False, "current_status": status}

    def refuse_by_rule(self, view: HubView, model: ModelView, preferences: Any) -> None:
        """Refuse what a switch, a policy or a preference forbids."""
        if not view.flags["enhanced_downloads"]:
            raise switched_off("Downloading")
        if not view.policies["allow_external_downloads"]:
            raise policy("Downloads from outside are not allowed here.")
        self._parts.blocked.refuse(model.model_id, preferences, view.policies)

    def refuse_without_room(self, view: HubView, model: ModelView, wish: Wish) -> None:
        """Refuse what does not fit, before any byte is fetched."""
        if model.latest is None:
            if not view.source_reachable:
                hint = "Wait until the source is back, or use an installed model."
                raise Refused(503, "The source of models cannot be reached.", "SOURCE_UNREACHABLE", hint, retry_after=5)
            raise missing("published version of this model", "MODEL_NOT_FOUND")
        needed = self.needed(model, wish)
        if needed > view.available_bytes:
            raise no_room(needed, view.available_bytes)

    def needed(self, model: ModelView, wish: Wish) -> int:
        """Give the bytes that a transfer would still have to fetch."""
        held = 0 if wish.force else self._parts.folder.size(model.model_id)
        held += sum(seen.size for seen in self._parts.folder.unfinished(model.model_id).values())
        return max(0, model.latest.size - held) if model.latest is not None else 0

    def enter(self, change: Change, model: ModelView, wish: Wish) -> str:
        """Write a transfer down; exactly one of a model can be active. Raises Refused (409)."""
        connection = change.connection
        active = select(downloads.c.id).where((downloads.c.model_id == model.model_id) & downloads.c.status.in_(ACTIVE))
        if connection.execute(active).first():
            self.refuse_active(model)
        preferences = self._parts.preferences.of(connection, wish.owner_id)
        retries = wish.max_retries
        at = iso(now())
        version = wish.version or (model.latest.version if model.latest and wish.kind != "repair" else None)
        if wish.kind == "repair" and model.version is not None:
            version = model.version.version
        row = {
            "id": fresh_id(),
            "model_id": model.model_id,
            "kind": wish.kind,
            "version": version,
            "owner_id": wish.owner_id,
            "status": "queued",
            "priority": wish.priority,
            "limit_mbps": wish.limit_mbps,
            "max_retries": preferences["download_config"]["max_retries"] if retries is None else retries,
            "force": wish.force,
            "bytes_total": self._first_total(model, version),
            "created_at": at,
            "last_update": at,
        }
        connection.execute(insert(downloads).values(row))
        old = model.transfer.status if model.transfer is not None else model.availability
        self.tell_status(change, model.model_id, old, "queued", 0.0)
        change.wake("downloader")
        return str(row["id"])

    async def control(self, model: ModelView, caller: Caller, action: str) -> Any:
        """Pause, resume or cancel; give the transfer as it is then."""

        def work(change: Change) -> Any:
            row = self._own(change, model, caller)
            if row.status not in ALLOWED[action]:
                sentence = f"The transfer of {model.model_id} is {row.status}: it cannot {action} now."
                hint = "Look at its progress for what can be done."
                raise conflict(
                    sentence,
                    "INVALID_TRANSITION",
                    hint,
                    success=False,
                    current_status=row.status,
                    model_id=row.model_id,
                )
            self.set_status(change, row, NEXT[action], reason="user")
            change.wake("downloader")
            return change.connection.execute(select(downloads).where(downloads.c.id == row.id)).one()

        return await self._parts.ledger.change(work)

    async def change_priority(self, model: ModelView, caller: Caller, priority: int) -> Any:
        """Set the priority of a transfer."""
        return await self._set(model, caller, priority=priority)

    async def change_limit(self, model: ModelView, caller: Caller, limit: float | None) -> Any:
        """Set or remove the speed limit of a transfer, in Mbps."""
        return await self._set(model, caller, limit_mbps=limit)

    async def _set(self, model: ModelView, caller: Caller, **values: Any) -> Any:
        def work(change: Change) -> Any:
            row = self._own(change, model, caller)
            if row.status not in ACTIVE:
                hint = "Start the download first."
                raise conflict(
                    f"The transfer of {model.model_id} is {row.status} already.",
                    "INVALID_TRANSITION",
                    hint,
                    success=False,
                    current_status=row.status,
                )
            here = downloads.c.id == row.id
            change.connection.execute(update(downloads).where(here).values(**values, last_update=iso(now())))
            change.wake("downloader")
            return change.connection.execute(select(downloads).where(here)).one()

        return await self._parts.ledger.change(work)

    def _own(self, change: Change, model: ModelView, caller: Caller) -> Any:
        newest = select(downloads).where(downloads.c.model_id == model.model_id).order_by(downloads.c.number.desc())
        row = change.connection.execute(newest.limit(1)).first()
        if row is None:
            raise missing("download of this model", "NO_DOWNLOAD")
        if row.owner_id not in (None, caller.user_id) and not caller.is_admin:
            raise forbidden("Somebody else started this transfer.")
        return row

    def set_status(self, change: Change, row: Any, status: str, **more: Any) -> None:
        """Move a transfer to another state, and tell it."""
        at, final = iso(now()), status in ("completed", "failed", "cancelled")
        values: dict[str, Any] = {"status": status, "last_update": at, "next_retry_at": None}
        if final:
            values |= {"completed_at": at, "speed_bps": 0.0}
        if status == "cancelled":
            values["cleaned"] = False
            self._parts.repair_desk.follow(change, row.id, "failed", error="The repair was cancelled.")
            self._parts.update_desk.follow(change, row.id, "failed", error="The update was cancelled.")
        change.connection.execute(update(downloads).where(downloads.c.id == row.id).values(values))
        self.tell_status(change, row.model_id, row.status, status, percent_of(row), **more)
        if final:
            change.count("modelhub_downloads", status)
            change.wake("api", "generator")

    def tell_status(self, change: Change, model_id: str, old: str, new: str, percent: float, **more: Any) -> None:
        """Tell that the state of a transfer changed."""
        data = {"model_id": model_id, "old_status": old, "new_status": new, "progress_percent": percent, **more}
        change.emit("download_progress", "download_status_change", data)

    def estimated_end(self, view: HubView, model_id: str) -> str | None:
        """Give the moment at which a transfer will probably be through."""
        model = view.models.get(model_id)
        wait = self._parts.waits.until_available(view, model) if model else None
        return iso(now() + timedelta(seconds=wait.seconds)) if wait else None

    def _first_total(self, model: ModelView, version: str | None) -> int:
        known = model.published.versions.get(version or "") if model.published else None
        return known.size if known is not None else 0


def mb(size: int) -> float:
    """Give bytes as MB."""
    return round(size / MB, 3)


__all__ = ["DownloadDesk", "Wish", "mb", "owner_limit"]
