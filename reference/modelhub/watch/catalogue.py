"""Keep the source's list: read it, remember old versions, and tell of new ones (contract 3.8, 6.8)."""

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from reference.modelhub import tables
from reference.modelhub.models.known import is_model_name
from reference.modelhub.refusals import source_unreachable
from reference.modelhub.store.ledger import Change, fact
from reference.modelhub.transfer.source_client import SourceDown

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

catalogue = tables.catalogue


class CatalogueKeeper:
    """Reads the source's list into the database. Methods raise DatabaseUnavailable."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def refresh(self) -> None:
        """Read the list now. Raises Refused (503) when the source does not give it."""
        began = time.time()
        try:
            read = await self._parts.source.catalogue()
        except SourceDown:
            await self._parts.source_watch.note(False)
            raise source_unreachable() from None
        await self._parts.source_watch.note(True)
        await self._parts.ledger.change(lambda change: self._keep(change, read["models"], began))

    def _keep(self, change: Change, models: Any, began: float) -> None:
        connection = change.connection
        last = fact(connection, "catalogue_read")
        if last is not None and last[0] > began:
            return  # another process asked later and was quicker: this list may be older than what is kept
        known = {(row.model_id, row.version): row for row in connection.execute(select(catalogue))}
        listed: set[tuple[str, str]] = set()
        for place, model in enumerate(models):
            if not isinstance(model, Mapping) or not is_model_name(str(model.get("model_id"))):
                continue
            name = str(model["model_id"])
            for number, version in enumerate(model.get("versions") or ()):
                if isinstance(version, Mapping) and isinstance(version.get("version"), str):
                    key = (name, version["version"])
                    listed.add(key)
                    row = self._row(name, version, place * 1000 + number, model.get("latest"))
                    old = known.get(key)
                    if old is None:
                        connection.execute(insert(catalogue).values(row))
                    elif any(getattr(old, column) != value for column, value in row.items()):
                        connection.execute(update(catalogue).where(_at(key)).values(row))
        for key, old in known.items():
            if key not in listed and (old.listed or old.latest):
                connection.execute(update(catalogue).where(_at(key)).values(listed=False, latest=False))
        change.keep("catalogue_read", began)
        self._tell_updates(change)

    def _row(self, name: str, version: Mapping[str, Any], place: int, latest: Any) -> dict[str, Any]:
        return {
            "model_id": name,
            "version": version["version"],
            "place": place,
            "latest": version["version"] == latest,
            "listed": True,
            "urgent": bool(version.get("urgent")),
            "release_notes": str(version.get("release_notes") or "")[:4000],
            "published_at": str(version.get("published_at") or ""),
            "files_json": json.dumps(version.get("files") or []),
        }

    def _tell_updates(self, change: Change) -> None:
        told = fact(change.connection, "updates_told")
        before: dict[str, str] = dict(told[0]) if told else {}
        view = self._parts.viewer.now(change.connection)
        offered = {name: model for name, model in view.models.items() if model.update and model.latest}
        now = {name: model.latest.version for name, model in offered.items() if model.latest}
        for name, version in now.items():
            model = offered[name]
            if before.get(name) != version and model.install is not None:
                self._parts.update_desk.tell(change, name, "available", str(model.install.version), version)
        if now != before:
            change.keep("updates_told", now)


class SourceWatch:
    """Knows whether the source can be reached."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def look(self) -> bool:
        """Ask the source, and keep the answer."""
        reachable = await self._parts.source.reachable()
        await self.note(reachable)
        return reachable

    async def note(self, reachable: bool) -> None:
        """Keep whether the source answered."""

        def work(change: Change) -> None:
            before = fact(change.connection, "source_reachable")
            if before is not None and before[0] != reachable:
                change.keep("source_back_at" if reachable else "source_lost_at", time.time())
                change.wake("downloader", "monitor", "api")
            change.keep("source_reachable", reachable)

        await self._parts.ledger.change(work)

    async def stale(self) -> bool:
        """Say whether nobody asked for a while."""
        known = await self._parts.ledger.look(lambda connection: fact(connection, "source_reachable"))
        return known is None or time.time() - known[1] > 2 * self._parts.settings.source_probe


def _at(key: tuple[str, str]) -> Any:
    return (catalogue.c.model_id == key[0]) & (catalogue.c.version == key[1])
