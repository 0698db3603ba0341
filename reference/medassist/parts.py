"""The pieces MedAssist is made of, each replaceable before the app is built; the others look it up when they need it.

Whoever changes a piece sets another object in its place (`parts.judge = MyJudge()`) or replaces one of its methods
(`parts.queue.order = mine`). Pieces that were given others when they were made only notice a replaced method.
"""

from dataclasses import dataclass, field

from reference.common.around import Layer
from reference.common.database import SqlDatabase
from reference.common.database_source import source_of
from reference.common.limits import SlidingWindow, TokenBuckets
from reference.common.pages import PageFiles
from reference.medassist import tables
from reference.medassist.accounts.passwords import PasswordKeeper, PasswordRule
from reference.medassist.accounts.signing_in import SignIns
from reference.medassist.accounts.store import AccountStore
from reference.medassist.accounts.tokens import TokenMint
from reference.medassist.audit import AuditTrail
from reference.medassist.backup import Backup
from reference.medassist.chat.answering import Answering
from reference.medassist.chat.desk import ChatDesk, FrameReader
from reference.medassist.chat.intake import Gate, Intake
from reference.medassist.chat.messages import MessageStore
from reference.medassist.chat.prompts import PromptBuilder
from reference.medassist.chat.rooms import Rooms
from reference.medassist.chat.safety import SafetyFilter
from reference.medassist.chat.sessions import SessionStore
from reference.medassist.chat.sockets import Door, Heartbeat, NurseLine, Replay, Sockets
from reference.medassist.chat.view import SessionView
from reference.medassist.consent import Consents
from reference.medassist.guard import Guard
from reference.medassist.health import HealthReporter
from reference.medassist.life import Life
from reference.medassist.logbook import Logbook
from reference.medassist.metrics import Metrics
from reference.medassist.models.alerts import AlertWatch
from reference.medassist.models.breaker import Breaker
from reference.medassist.models.cache import PredictionCache
from reference.medassist.models.canaries import CanaryWatch
from reference.medassist.models.client import AiClient
from reference.medassist.models.experiments import Conclusion, Experiments
from reference.medassist.models.figures import Figures
from reference.medassist.models.inference import Inference
from reference.medassist.models.predicting import Predictor
from reference.medassist.models.registry import ModelRegistry
from reference.medassist.models.routing import Router
from reference.medassist.models.training import Trainer, Training
from reference.medassist.notices import NoticeBoard
from reference.medassist.reports.analytics import Analytics
from reference.medassist.reports.completing import Completing
from reference.medassist.reports.desk import NurseDesk
from reference.medassist.reports.maker import ParMaker
from reference.medassist.reports.par import PatientView
from reference.medassist.reports.queue import NurseQueue
from reference.medassist.reports.review import PatientNews, ReviewReader
from reference.medassist.reports.rules import ReportRules
from reference.medassist.reports.store import ParStore
from reference.medassist.rest.around import (
    accounting,
    allowed_origins_only,
    last_resort,
    limited_bodies,
    safe_headers,
    while_alive,
)
from reference.medassist.rest.problems import Problems
from reference.medassist.rest.turns import predictions_in_turn
from reference.medassist.settings import Settings
from reference.medassist.triage.advice import AdviceWriter
from reference.medassist.triage.judge import Judge

SIGN_IN_TRIES, SIGN_IN_SECONDS = 10, 60.0
CHAT_SECONDS = 10.0


@dataclass
class Parts:
    """One MedAssist in pieces. `layers` stand around every HTTP request, the outermost first."""

    settings: Settings
    logbook: Logbook
    metrics: Metrics
    database: SqlDatabase
    audit: AuditTrail
    accounts: AccountStore
    passwords: PasswordKeeper
    password_rule: PasswordRule
    mint: TokenMint
    sign_in_tries: SlidingWindow
    sign_ins: SignIns
    guard: Guard
    consents: Consents
    rooms: Rooms
    board: NoticeBoard
    sessions: SessionStore
    messages: MessageStore
    judge: Judge
    advice: AdviceWriter
    gate: Gate
    intake: Intake
    chat_limits: SlidingWindow
    frame_reader: FrameReader
    prompts: PromptBuilder
    safety: SafetyFilter
    breaker: Breaker
    figures: Figures
    cache: PredictionCache
    router: Router
    registry: ModelRegistry
    canaries: CanaryWatch
    conclusion: Conclusion
    experiments: Experiments
    trainer: Trainer
    training: Training
    inference: Inference
    pars: ParStore
    queue: NurseQueue
    rules: ReportRules
    maker: ParMaker
    nurse_desk: NurseDesk
    analytics: Analytics
    patient_view: PatientView
    session_view: SessionView
    review_reader: ReviewReader
    heartbeat: Heartbeat
    page: PageFiles
    problems: Problems
    backup: Backup
    life: Life = field(init=False)
    health: HealthReporter = field(init=False)
    alerts: AlertWatch = field(init=False)
    answering: Answering = field(init=False)
    completing: Completing = field(init=False)
    chat_desk: ChatDesk = field(init=False)
    nurse_line: NurseLine = field(init=False)
    replay: Replay = field(init=False)
    door: Door = field(init=False)
    sockets: Sockets = field(init=False)
    predictor: Predictor = field(init=False)
    patient_news: PatientNews = field(init=False)
    layers: list[Layer] = field(init=False)

    def __post_init__(self) -> None:
        """Add the pieces that work with all the others."""
        self.life = Life(self)
        self.health = HealthReporter(self)
        self.alerts = AlertWatch(self)
        self.answering = Answering(self)
        self.completing = Completing(self)
        self.chat_desk = ChatDesk(self)
        self.nurse_line = NurseLine(self)
        self.replay = Replay(self)
        self.door = Door(self)
        self.sockets = Sockets(self)
        self.predictor = Predictor(self)
        self.patient_news = PatientNews(self)
        self.layers = [
            safe_headers,
            accounting(self.metrics, self.logbook),
            last_resort(self.logbook),
            while_alive(self),
            predictions_in_turn,
            allowed_origins_only(self.settings.allowed_origins),
            limited_bodies,
        ]


def healthy_parts(settings: Settings) -> Parts:
    """Make all pieces as the product has them. Nothing is opened yet but the log. Raises SettingError."""
    logbook, metrics = Logbook(settings.log_path, settings.log_level), Metrics()
    database = SqlDatabase(source_of(settings.database_url), tables.metadata, tables.users)
    database.on_query = lambda seconds: metrics.query(seconds)  # noqa: PLW0108 - a replaced method is noticed
    audit, rooms = AuditTrail(database), Rooms(metrics)
    board = NoticeBoard(database, rooms)
    accounts, passwords = AccountStore(database, audit), PasswordKeeper()
    mint = TokenMint(settings.secret_key, settings.access_minutes * 60, settings.refresh_days * 86400)
    tries = SlidingWindow(SIGN_IN_TRIES, SIGN_IN_SECONDS)
    requests = TokenBuckets(settings.request_burst, settings.request_burst, settings.requests_per_minute / 60)
    consents = Consents(database, audit, settings.require_consent)
    sessions, messages = SessionStore(database, audit), MessageStore(database)
    judge, advice = Judge(), AdviceWriter(settings.emergency_number, settings.crisis_line)
    prompts, safety, gate = PromptBuilder(), SafetyFilter(), Gate(consents)
    breaker = Breaker("model", settings.breaker_failures, settings.breaker_open_seconds)
    breaker.on_change = lambda state: metrics.breaker("model", state)
    figures, router, registry = Figures(), Router(), ModelRegistry(database, audit)
    canaries = CanaryWatch(registry, logbook)
    inference = Inference(
        AiClient(settings),
        breaker=breaker,
        router=router,
        figures=figures,
        metrics=metrics,
        snapshot=lambda: registry.snapshot,
        within=settings.ai_timeout_seconds,
    )
    inference.on_canary = lambda named, failed: canaries.note(named, failed)  # noqa: PLW0108 - as above
    pars, queue, rules, conclusion = ParStore(database, audit), NurseQueue(database), ReportRules(), Conclusion()
    maker = ParMaker(
        database,
        pars=pars,
        rules=rules,
        store=messages,
        prompts=prompts,
        inference=inference,
        safety=safety,
        board=board,
        queue=queue,
        audit=audit,
    )
    trainer = Trainer()
    parts = Parts(
        settings=settings,
        logbook=logbook,
        metrics=metrics,
        database=database,
        audit=audit,
        accounts=accounts,
        passwords=passwords,
        password_rule=PasswordRule(settings.password_min_length),
        mint=mint,
        sign_in_tries=tries,
        sign_ins=SignIns(database, accounts=accounts, passwords=passwords, mint=mint, tries=tries, audit=audit),
        guard=Guard(audit, requests),
        consents=consents,
        rooms=rooms,
        board=board,
        sessions=sessions,
        messages=messages,
        judge=judge,
        advice=advice,
        gate=gate,
        intake=Intake(
            database,
            gate=gate,
            sessions=sessions,
            messages=messages,
            maker=maker,
            board=board,
            advice=advice,
            judge=judge,
            audit=audit,
        ),
        chat_limits=SlidingWindow(settings.chat_burst_per_10s, CHAT_SECONDS),
        frame_reader=FrameReader(),
        prompts=prompts,
        safety=safety,
        breaker=breaker,
        figures=figures,
        cache=PredictionCache(settings.cache_ttl_seconds),
        router=router,
        registry=registry,
        canaries=canaries,
        conclusion=conclusion,
        experiments=Experiments(database, registry, router, conclusion, audit),
        trainer=trainer,
        training=Training(database, registry, trainer, audit, logbook),
        inference=inference,
        pars=pars,
        queue=queue,
        rules=rules,
        maker=maker,
        nurse_desk=NurseDesk(
            database, pars=pars, queue=queue, sessions=sessions, messages=messages, board=board, audit=audit
        ),
        analytics=Analytics(database),
        patient_view=PatientView(),
        session_view=SessionView(),
        review_reader=ReviewReader(),
        heartbeat=Heartbeat(settings.heartbeat_seconds),
        page=PageFiles(settings.page_path),
        problems=Problems(),
        backup=Backup(settings.database_url),
    )
    canaries.on_withdrawal = lambda model_id: parts.alerts.canary_withdrawn(model_id)  # noqa: PLW0108 - as above
    maker.on_change = lambda change: parts.patient_news.report_ready(change.par)
    return parts
