"""Read what the hub keeps about models."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, func, select

from reference.modelhub import tables
from reference.modelhub.models.folder import Seen
from reference.modelhub.models.health import KnownFile
from reference.modelhub.models.published import ListReader, Published, PublishedVersion

ACTIVE = ("queued", "downloading", "resuming", "paused", "verifying")
"""States of a transfer that are not final."""

HELD = ("queued", "downloading", "resuming", "verifying")


@dataclass(frozen=True)
class Install:
    """What the hub knows of a model that is or was there."""

    model_id: str
    version: str | None
    previous_version: str | None
    state: str
    state_since: float
    epoch: int
    installed_at: str | None
    last_check: str | None
    health_status: str | None
    repairs_tried: int

    @property
    def installed(self) -> bool:
        """Say whether the model was once complete and not deleted since."""
        return self.state in ("installed", "installing")


def installs(connection: Connection) -> dict[str, Install]:
    """Give all installs by model."""
    rows = connection.execute(select(tables.model_installs)).all()
    return {row.model_id: Install(**row._mapping) for row in rows}


def published(connection: Connection, reader: ListReader) -> dict[str, Published]:
    """Give everything that is or was published, by model."""
    table = tables.catalogue
    found: dict[str, Published] = {}
    for row in connection.execute(select(table).order_by(table.c.place)):
        before = found.get(row.model_id, Published(row.model_id, {}, None, False))
        versions = {**before.versions, row.version: _version(reader, row.version, row.files_json, row.urgent, row)}
        latest = row.version if row.latest else before.latest
        found[row.model_id] = Published(row.model_id, versions, latest, before.listed or row.listed)
    return found


def known_files(connection: Connection) -> dict[str, list[KnownFile]]:
    """Give the files of all models as they were verified last."""
    found: dict[str, list[KnownFile]] = {}
    table = tables.model_files
    for row in connection.execute(select(table).order_by(table.c.model_id, table.c.path)):
        seen = None if row.seen_size is None else Seen(row.seen_size, row.seen_mtime_ns)
        size = row.size if row.sha256 is not None else None
        found.setdefault(row.model_id, []).append(KnownFile(row.path, row.state, size, seen))
    return found


def transfers(connection: Connection) -> dict[str, Row[Any]]:
    """Give the transfer of each model that counts: the last one."""
    table = tables.downloads
    newest = select(func.max(table.c.number)).group_by(table.c.model_id)
    rows = connection.execute(select(table).where(table.c.number.in_(newest))).all()
    return {row.model_id: row for row in rows}


def active_transfers(connection: Connection) -> Sequence[Row[Any]]:
    """Give the transfers that are not final, the most urgent first, then by their start."""
    table = tables.downloads
    query = select(table).where(table.c.status.in_(ACTIVE)).order_by(table.c.priority, table.c.number)
    return connection.execute(query).all()


def _version(reader: ListReader, version: str, files: str, urgent: bool, row: Any) -> PublishedVersion:
    return _parsed(reader, version, files, urgent, row.release_notes)


@lru_cache(maxsize=2048)
def _parsed(reader: ListReader, version: str, files: str, urgent: bool, notes: str) -> PublishedVersion:
    read = reader.version({"version": version, "files": json.loads(files), "urgent": urgent, "release_notes": notes})
    return read
