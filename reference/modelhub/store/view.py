"""How every model is now: one reading of database and folder, shared by all who ask within a quarter of a second."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select

from reference.modelhub import tables
from reference.modelhub.hubclock import HubClock
from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.models.health import Health, HealthJudge, KnownFile
from reference.modelhub.models.known import GB, PRODUCT, Kind, kind_of
from reference.modelhub.models.published import ListReader, Published, PublishedVersion, update_type
from reference.modelhub.store import reading
from reference.modelhub.store.ledger import Ledger, fact
from reference.modelhub.store.preferences import PreferenceStore
from reference.modelhub.store.usage import DAY, Performance, PerformanceJudge, UsageSummary, summary_since

HOLDS_SECONDS = 0.25
FINAL_SHOWN_SECONDS = 3600.0
INSTALLING_WITHIN = 10.0


@dataclass(frozen=True)
class ModelView:
    """A model with everything the routes say of it."""

    model_id: str
    kind: Kind
    published: Published | None
    install: reading.Install | None
    health: Health
    transfer: Row[Any] | None
    size: int
    usage: UsageSummary
    performance: Performance
    update: str | None
    updating: bool

    @property
    def version(self) -> PublishedVersion | None:
        """The version in use, else the one that would be fetched."""
        if self.published is None:
            return None
        name = self.install.version if self.install and self.install.version else self.published.latest
        return self.published.versions.get(name or "")

    @property
    def latest(self) -> PublishedVersion | None:
        """The version that the source offers."""
        return self.published.versions.get(self.published.latest or "") if self.published else None

    @property
    def installed(self) -> bool:
        """Whether it was once complete and not deleted since."""
        return self.install is not None and self.install.installed

    @property
    def is_local(self) -> bool:
        """Whether nobody published it."""
        return self.published is None and self.model_id not in PRODUCT

    @property
    def usable(self) -> bool:
        """Whether a generation may use it now."""
        return self.health.usable and (self.installed or self.is_local)

    @property
    def active(self) -> Row[Any] | None:
        """The transfer that is going on."""
        return self.transfer if self.transfer is not None and self.transfer.status in reading.ACTIVE else None

    @property
    def availability(self) -> str:
        """The one word for how it is (contract 3.2, 5)."""
        active = self.active
        if self.updating:
            return "updating"
        if active is not None and not (self.usable and active.kind == "download" and active.force):
            if active.status in ("paused", "queued"):
                return str(active.status)
            return "downloading"
        if active is not None:
            return "downloading" if active.status not in ("paused", "queued") else str(active.status)
        if self.usable:
            return "available"
        if self.health.status == "unknown":
            return "unknown"
        if self.transfer is not None and self.transfer.status == "failed" and self.transfer.kind == "download":
            return "failed"
        return "missing" if self.health.status == "missing" else "corrupted"


@dataclass(frozen=True)
class HubView:
    """All models, and what holds for all of them."""

    models: Mapping[str, ModelView]
    preferences: Mapping[str, Any]
    policies: Mapping[str, Any]
    flags: Mapping[str, bool]
    source_reachable: bool
    catalogue_at: float | None
    used: int
    capacity: int
    queue: tuple[str, ...]
    mock_for: str | None
    loaded: tuple[str, ...] = ()
    owner_limits: Mapping[str, float | None] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def find(self, name: str) -> ModelView | None:
        """Give a model by its name in any case."""
        return self.models.get(self.names.get(name.lower(), ""))

    @property
    def usage_percent(self) -> float:
        """How full the storage is, 0..100."""
        return round(min(100.0, self.used / self.capacity * 100), 2) if self.capacity else 100.0

    @property
    def available_bytes(self) -> int:
        """Bytes that are left."""
        return max(0, self.capacity - self.used)


class Viewer:
    """Gives the present view."""

    def __init__(
        self,
        ledger: Ledger,
        folder: ModelsFolder,
        *,
        judge: HealthJudge,
        performance: PerformanceJudge,
        reader: ListReader,
        preferences: PreferenceStore,
        clock: HubClock,
    ) -> None:
        """Read from `ledger` and `folder`."""
        self._ledger = ledger
        self._folder = folder
        self.judge = judge
        self.performance = performance
        self._reader = reader
        self.preferences = preferences
        self._clock = clock
        self._held: tuple[float, HubView] | None = None
        self._last: tuple[float, HubView] | None = None
        self._reading: asyncio.Task[HubView] | None = None
        self._changes = 0
        self.holds = HOLDS_SECONDS

    def forget(self) -> None:
        """Read anew at the next question: something was changed."""
        self._held = None
        self._reading = None
        self._changes += 1

    async def recent(self) -> HubView:
        """Give a view that may lack changes of the last quarter of a second: for what is looked at again anyway."""
        if self._last is not None and time.monotonic() - self._last[0] < self.holds:
            return self._last[1]
        return await self.view()

    async def view(self) -> HubView:
        """Give the view, a quarter of a second old at most. Raises DatabaseUnavailable."""
        if self._held is not None and time.monotonic() - self._held[0] < self.holds:
            return self._held[1]
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await asyncio.shield(self._reading)

    async def fresh(self) -> HubView:
        """Give a view that is read now."""
        self.forget()
        return await self.view()

    async def _read(self) -> HubView:
        began, changes = time.monotonic(), self._changes
        view = await self._ledger.read(self.now)
        self._last = (began, view)
        if changes == self._changes:
            self._held = (began, view)
        return view

    def now(self, connection: Connection) -> HubView:
        """Read the view inside a transaction."""
        published = reading.published(connection, self._reader)
        installs = reading.installs(connection)
        known = reading.known_files(connection)
        transfers = reading.transfers(connection)
        updating = _updating(connection)
        usage = summary_since(connection, self._clock.seconds() - 30 * DAY)
        source = fact(connection, "source_reachable")
        read_at = fact(connection, "catalogue_read")
        mock = fact(connection, "mock_for")
        preferences = self.preferences.of(connection, None)
        names = dict.fromkeys([*PRODUCT, *(name for name, each in published.items() if each.listed)])
        names |= dict.fromkeys(name for name, install in installs.items() if install.installed)
        on_disk, unfinished = self._folder.names(), self._folder.with_unfinished()
        lower = {name.lower() for name in names}
        names |= dict.fromkeys(name for name in on_disk if name.lower() not in lower)
        models = {}
        for name in names:
            models[name] = self._model(
                name,
                published.get(name),
                installs.get(name),
                known=known.get(name, []),
                transfer=transfers.get(name),
                usage=usage.get(name, UsageSummary()),
                updating=name in updating,
                unfinished=name in unfinished,
            )
        capacity = preferences["storage_config"]["max_storage_gb"]
        used = self._folder.used()
        if capacity is None:
            total, free = self._folder.disk()
            size = min(total, used + free)
        else:
            size = int(capacity * GB)
        active = reading.active_transfers(connection)
        waiting = [row.model_id for row in active if row.status == "queued"]
        policies = self.preferences.policies(connection)
        owners = {row.owner_id for row in active if row.owner_id}
        limits = {owner: owner_limit(self.preferences.of(connection, owner), policies) for owner in owners}
        loaded = fact(connection, "loaded")
        return HubView(
            models=models,
            preferences=preferences,
            policies=policies,
            flags=self.preferences.flags(connection),
            source_reachable=bool(source and source[0]),
            catalogue_at=read_at[1] if read_at else None,
            used=used,
            capacity=size,
            queue=tuple(waiting),
            mock_for=str(mock[0]) if mock and mock[0] else None,
            loaded=tuple(loaded[0]) if loaded else (),
            owner_limits=limits,
            names={name.lower(): name for name in models},
        )

    def _model(
        self,
        name: str,
        published: Published | None,
        install: reading.Install | None,
        *,
        known: list[Any],
        transfer: Row[Any] | None,
        usage: UsageSummary,
        updating: bool,
        unfinished: bool,
    ) -> ModelView:
        seen = self._folder.files(name)
        left_over = [each for each in seen if each.endswith(".partial")]
        if unfinished and (transfer is None or transfer.status not in (*reading.ACTIVE, "failed")):
            left_over += list(self._folder.unfinished(name))
        kept = {path: each for path, each in seen.items() if not path.endswith(".partial")}
        performance = self.performance.judge(usage.recent)
        health = self.judge.judge(_expected(published, install, known), kept, left_over)
        if (
            install is not None
            and install.state == "installing"
            and time.time() - install.state_since < INSTALLING_WITHIN
        ):
            # The files are being exchanged at this moment; what was true before and will be true after holds.
            health = Health("healthy", 1.0, (), (), (), ())
        if health.status == "healthy" and performance.trend == "degrading":
            health = Health("degraded", 1.0, ("Generations take longer than before.",), (), (), ())
        current = install.version if install and install.installed else None
        offered = published.versions.get(published.latest or "") if published and published.listed else None
        update = update_type(current, offered.version, offered.urgent) if current and offered else None
        return ModelView(
            model_id=name,
            kind=kind_of(name),
            published=published,
            install=install,
            health=health,
            transfer=transfer,
            size=sum(each.size for each in seen.values()),
            usage=usage,
            performance=performance,
            update=update,
            updating=updating and health.usable,
        )


def _expected(published: Published | None, install: reading.Install | None, known: list[Any]) -> list[Any]:
    """Give the files that a model must have, as they were verified last; those never verified count as unverified."""
    if published is None:
        return known
    name = install.version if install and install.version else published.latest
    version = published.versions.get(name or "")
    if version is None:
        return known
    verified = {file.path: file for file in known}
    return [
        verified[file.path]
        if file.path in verified and verified[file.path].size == file.size
        else KnownFile(file.path, "unverified", file.size, None)
        for file in version.files
    ]


def _updating(connection: Connection) -> set[str]:
    table = tables.model_updates
    running = ("queued", "downloading", "validating", "installing", "rollback_in_progress")
    return {row.model_id for row in connection.execute(select(table.c.model_id).where(table.c.status.in_(running)))}


def owner_limit(preferences: Mapping[str, Any], policies: Mapping[str, Any]) -> float | None:
    """Give the limit in Mbps for the sum of an owner's transfers, None for no limit."""
    limits = (preferences["download_config"]["bandwidth_limit_mbps"], policies["bandwidth_limit_per_user_mbps"])
    given = [float(limit) for limit in limits if limit is not None]
    return min(given) if given else None
