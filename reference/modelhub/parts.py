"""The pieces the model hub is made of, each replaceable before it runs; the others look it up when they need it.

All four processes are made of the same pieces and use some of them. Whoever changes a piece sets another object in its
place (`parts.scorer = MyScorer()`) or replaces one of its methods (`parts.retry_waits.seconds = mine`). Pieces that
were given others when they were made only notice a replaced method.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from reference.common.around import Layer
from reference.common.database import DatabaseUnavailable, SqlDatabase
from reference.common.database_source import source_of
from reference.common.limits import SlidingWindow
from reference.common.pages import PageFiles
from reference.common.passwords import PasswordKeeper
from reference.common.tokens import TokenMint
from reference.modelhub import tables
from reference.modelhub.accounts.guard import Guard
from reference.modelhub.accounts.rules import AccountRules
from reference.modelhub.accounts.store import AccountStore, AuditTrail
from reference.modelhub.background import Background
from reference.modelhub.generate.desk import GenerationDesk
from reference.modelhub.generate.engine import EngineClient
from reference.modelhub.generate.running import GeneratorLoop, TaskRunner
from reference.modelhub.generate.serving import WaitingServer
from reference.modelhub.hubclock import HubClock
from reference.modelhub.live.bell import Bell
from reference.modelhub.live.frames import FrameWriter
from reference.modelhub.live.redis_line import RedisLine
from reference.modelhub.live.relay import Relay
from reference.modelhub.live.sockets import Sockets
from reference.modelhub.live.talking import PlainTalk, TopicTalk
from reference.modelhub.logbook import Logbook
from reference.modelhub.metrics import Metrics
from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.models.hashing import Hasher
from reference.modelhub.models.health import HealthJudge
from reference.modelhub.models.published import ListReader
from reference.modelhub.models.showing import HealthShower, StatusShower
from reference.modelhub.models.verifying import Verifier
from reference.modelhub.models.waits import WaitEstimator
from reference.modelhub.rest.around import (
    allowed_origins_only,
    last_resort,
    limited_bodies,
    not_overrun,
    numbered,
    safe_headers,
)
from reference.modelhub.rest.problems import Problems
from reference.modelhub.settings import Settings
from reference.modelhub.store.ledger import Ledger
from reference.modelhub.store.preferences import PreferenceRules, PreferenceStore
from reference.modelhub.store.usage import PerformanceJudge
from reference.modelhub.store.view import Viewer
from reference.modelhub.suggest.scoring import Scorer
from reference.modelhub.suggest.suggesting import Blocked, Suggester
from reference.modelhub.suggest.waiting import WaitingDesk
from reference.modelhub.transfer.desk import DownloadDesk
from reference.modelhub.transfer.dispatching import Cleaner, Dispatcher
from reference.modelhub.transfer.fetching import Fetcher
from reference.modelhub.transfer.frames import TransferFrames
from reference.modelhub.transfer.guidance import Guide
from reference.modelhub.transfer.installing import Installer
from reference.modelhub.transfer.pace import Paces, RetryWaits
from reference.modelhub.transfer.source_client import SourceClient
from reference.modelhub.transfer.space import SpaceGuard
from reference.modelhub.transfer.transferring import TransferRunner
from reference.modelhub.watch.alerting import StatusWatch
from reference.modelhub.watch.analytics import Analytics
from reference.modelhub.watch.catalogue import CatalogueKeeper, SourceWatch
from reference.modelhub.watch.components import Components, Heart
from reference.modelhub.watch.machine import Machine
from reference.modelhub.watch.monitor import Monitor
from reference.modelhub.watch.recovery import Recovery
from reference.modelhub.watch.repairing import RepairDesk, RepairRunner
from reference.modelhub.watch.storage import StorageDesk
from reference.modelhub.watch.updating import UpdateDesk, UpdateRunner

Result = TypeVar("Result")

SIGN_IN_TRIES, SIGN_IN_SECONDS = 10, 60.0
REFRESH_SECONDS = 7 * 86_400.0
PATIENCE_SECONDS = 0.5
PREFERENCES_HOLD_SECONDS = 0.5
MOST_HELD = 2000
CLAIMS = ("sub", "exp", "type")


@dataclass
class Load:
    """How many requests are open."""

    open: int = 0


@dataclass
class Parts:
    """One process of the hub in pieces. `layers` stand around every HTTP request, the outermost first."""

    settings: Settings
    process: str
    logbook: Logbook
    clock: HubClock
    database: SqlDatabase
    bell: Bell
    ledger: Ledger
    quiet_ledger: Ledger
    folder: ModelsFolder
    hasher: Hasher
    reader: ListReader
    judge: HealthJudge
    performance: PerformanceJudge
    preferences: PreferenceStore
    rules: PreferenceRules
    viewer: Viewer
    verifier: Verifier
    accounts: AccountStore
    audit: AuditTrail
    waits: WaitEstimator
    shower: StatusShower
    health_shower: HealthShower
    scorer: Scorer
    blocked: Blocked
    source: SourceClient
    engine: EngineClient
    guide: Guide
    paces: Paces
    retry_waits: RetryWaits
    space: SpaceGuard
    redis_probe: RedisLine
    frame_writer: FrameWriter
    machine: Machine
    metrics: Metrics
    page: PageFiles
    problems: Problems
    load: Load = field(default_factory=Load)
    held_preferences: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    guard: Guard = field(init=False)
    desk: DownloadDesk = field(init=False)
    repair_desk: RepairDesk = field(init=False)
    repair_runner: RepairRunner = field(init=False)
    update_desk: UpdateDesk = field(init=False)
    update_runner: UpdateRunner = field(init=False)
    fetcher: Fetcher = field(init=False)
    installer: Installer = field(init=False)
    runner: TransferRunner = field(init=False)
    dispatcher: Dispatcher = field(init=False)
    cleaner: Cleaner = field(init=False)
    frames: TransferFrames = field(init=False)
    catalogue: CatalogueKeeper = field(init=False)
    source_watch: SourceWatch = field(init=False)
    monitor: Monitor = field(init=False)
    suggester: Suggester = field(init=False)
    waiting_desk: WaitingDesk = field(init=False)
    generations: GenerationDesk = field(init=False)
    generator: GeneratorLoop = field(init=False)
    task_runner: TaskRunner = field(init=False)
    serving: WaitingServer = field(init=False)
    storage_desk: StorageDesk = field(init=False)
    analytics: Analytics = field(init=False)
    recovery: Recovery = field(init=False)
    status_watch: StatusWatch = field(init=False)
    components: Components = field(init=False)
    heart: Heart = field(init=False)
    relay: Relay = field(init=False)
    sockets: Sockets = field(init=False)
    plain_talk: PlainTalk = field(init=False)
    topic_talk: TopicTalk = field(init=False)
    background: Background = field(init=False)
    layers: list[Layer] = field(init=False)

    def __post_init__(self) -> None:
        """Add the pieces that work with all the others."""
        self.guard = Guard(self)
        self.desk = DownloadDesk(self)
        self.repair_desk = RepairDesk(self)
        self.repair_runner = RepairRunner(self)
        self.update_desk = UpdateDesk(self)
        self.update_runner = UpdateRunner(self)
        self.fetcher = Fetcher(self)
        self.installer = Installer(self)
        self.runner = TransferRunner(self)
        self.dispatcher = Dispatcher(self)
        self.cleaner = Cleaner(self)
        self.frames = TransferFrames(self)
        self.catalogue = CatalogueKeeper(self)
        self.source_watch = SourceWatch(self)
        self.monitor = Monitor(self)
        self.suggester = Suggester(self)
        self.waiting_desk = WaitingDesk(self)
        self.generations = GenerationDesk(self)
        self.generator = GeneratorLoop(self)
        self.task_runner = TaskRunner(self)
        self.serving = WaitingServer(self)
        self.storage_desk = StorageDesk(self)
        self.analytics = Analytics(self)
        self.recovery = Recovery(self)
        self.status_watch = StatusWatch(self)
        self.components = Components(self)
        self.heart = Heart(self)
        self.relay = Relay(self)
        self.sockets = Sockets(self)
        self.plain_talk = PlainTalk(self)
        self.topic_talk = TopicTalk(self)
        self.background = Background(self)
        self.layers = [
            safe_headers,
            numbered(lambda *counted: self.metrics.request(*counted)),  # noqa: PLW0108 - a replaced method is noticed
            last_resort(self.logbook),
            allowed_origins_only(self.settings.cors_origins),
            not_overrun(self),
            limited_bodies,
        ]

    async def patiently(self, work: Callable[[], Awaitable[Result]]) -> Result:
        """Do what must be done although the database may be away for a while."""
        while True:
            try:
                return await work()
            except DatabaseUnavailable:
                await self.pause(PATIENCE_SECONDS)

    async def pause(self, seconds: float) -> None:
        """Let so many seconds pass."""
        await asyncio.sleep(seconds)

    async def preferences_of(self, user_id: str) -> dict[str, Any]:
        """Give the preferences in force for a user, half a second old at most."""
        held = self.held_preferences.get(user_id)
        if held is None or time.monotonic() - held[0] > PREFERENCES_HOLD_SECONDS:
            found = await self.ledger.look(lambda connection: self.preferences.of(connection, user_id))
            held = (time.monotonic(), found)
            if len(self.held_preferences) > MOST_HELD:
                self.held_preferences.clear()
            self.held_preferences[user_id] = held
        return held[1]

    def forget(self) -> None:
        """Read anew at the next question: something was changed."""
        self.viewer.forget()
        self.held_preferences.clear()

    async def close(self) -> None:
        """Let go of everything."""
        await self.background.close()
        await self.relay.close()
        await self.redis_probe.close()
        await self.bell.close()
        await self.source.close()
        await self.engine.close()
        self.accounts.close()
        await asyncio.to_thread(self.database.close)


def healthy_parts(settings: Settings, process: str) -> Parts:
    """Make all pieces as the product has them, for one process. Nothing is opened yet but the log."""
    logbook, clock = Logbook(settings.log_path, process), HubClock(settings.clock_offset_days)
    database = SqlDatabase(source_of(settings.database_url), tables.metadata, tables.users)
    bell = Bell(settings.redis_url, process)
    ledger, quiet = Ledger(database, bell), Ledger(database, bell)
    folder = ModelsFolder(settings.models_dir)
    hasher, reader, judge, performance = Hasher(folder), ListReader(), HealthJudge(), PerformanceJudge()
    preferences, rules = PreferenceStore(), PreferenceRules()
    viewer = Viewer(
        ledger,
        folder,
        judge=judge,
        performance=performance,
        reader=reader,
        preferences=preferences,
        clock=clock,
    )
    accounts = AccountStore(
        ledger,
        rules=AccountRules(),
        passwords=PasswordKeeper(),
        mint=TokenMint(settings.secret_key, settings.access_seconds, REFRESH_SECONDS, CLAIMS),
        tries=SlidingWindow(SIGN_IN_TRIES, SIGN_IN_SECONDS),
        clock=clock,
    )
    waits = WaitEstimator()
    parts = Parts(
        settings=settings,
        process=process,
        logbook=logbook,
        clock=clock,
        database=database,
        bell=bell,
        ledger=ledger,
        quiet_ledger=quiet,
        folder=folder,
        hasher=hasher,
        reader=reader,
        judge=judge,
        performance=performance,
        preferences=preferences,
        rules=rules,
        viewer=viewer,
        verifier=Verifier(ledger, viewer, folder, hasher),
        accounts=accounts,
        audit=AuditTrail(),
        waits=waits,
        shower=StatusShower(waits),
        health_shower=HealthShower(),
        scorer=Scorer(),
        blocked=Blocked(),
        source=SourceClient(settings.source_url, settings.source_idle),
        engine=EngineClient(settings.engine_url, settings.engine_key, settings.engine_timeout),
        guide=Guide(),
        paces=Paces(),
        retry_waits=RetryWaits(random.random),
        space=SpaceGuard(folder),
        redis_probe=RedisLine(settings.redis_url),
        frame_writer=FrameWriter(),
        machine=Machine(),
        metrics=Metrics(),
        page=PageFiles(settings.page_path),
        problems=Problems(),
    )
    ledger.on_change = lambda: parts.forget()  # noqa: PLW0108 - a replaced method is noticed
    return parts
