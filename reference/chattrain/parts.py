"""The pieces ChatTrain is made of, each replaceable before the app is built; the others look it up when they need it.

Whoever changes a piece sets another object in its place (`parts.scorer = MyScorer()`) or replaces one of its methods
(`parts.catalogue.listed = mine`). Nothing has to be told about it.
"""

from dataclasses import dataclass, field

from reference.chattrain.ai import AiClient, Customer
from reference.chattrain.catalogue import Catalogue
from reference.chattrain.chat.conversations import Conversations
from reference.chattrain.chat.delivery import Delivery
from reference.chattrain.chat.desk import Desk
from reference.chattrain.chat.door import Door
from reference.chattrain.chat.greeter import Greeter
from reference.chattrain.chat.idle import IdleWatch
from reference.chattrain.chat.turns import Turns
from reference.chattrain.commenting import Commentator
from reference.chattrain.completion import CompletionRule, SummaryMaker
from reference.chattrain.contentcare import ContentCare
from reference.chattrain.database import Database
from reference.chattrain.documents import DocumentServer
from reference.chattrain.health import HealthReporter
from reference.chattrain.limits import RateLimiter
from reference.chattrain.logbook import Logbook
from reference.chattrain.masking import Masker
from reference.chattrain.messages import MessageStore
from reference.chattrain.metrics import Metrics
from reference.chattrain.operators import OperatorGuard
from reference.chattrain.page import PageFiles
from reference.chattrain.prompts import PromptBuilder
from reference.chattrain.rest.around import (
    Layer,
    accounting,
    last_resort,
    limited_bodies,
    own_origins_only,
    safe_headers,
)
from reference.chattrain.rest.problems import Problems
from reference.chattrain.scoring import Scorer
from reference.chattrain.sessions import SessionStore
from reference.chattrain.settings import Settings
from reference.chattrain.showcase import Showcase
from reference.chattrain.validating import Validator


@dataclass
class Parts:
    """One ChatTrain in pieces. `layers` stand around every HTTP request, the outermost first."""

    settings: Settings
    logbook: Logbook
    metrics: Metrics
    database: Database
    catalogue: Catalogue
    showcase: Showcase
    documents: DocumentServer
    content_care: ContentCare
    operators: OperatorGuard
    page: PageFiles
    sessions: SessionStore
    messages: MessageStore
    validator: Validator
    masker: Masker
    line_limits: RateLimiter
    session_limits: RateLimiter
    scorer: Scorer
    commentator: Commentator
    completion: CompletionRule
    summaries: SummaryMaker
    prompts: PromptBuilder
    customer: Customer
    door: Door
    greeter: Greeter
    delivery: Delivery
    problems: Problems
    layers: list[Layer]
    health: HealthReporter = field(init=False)
    conversations: Conversations = field(init=False)
    turns: Turns = field(init=False)
    desk: Desk = field(init=False)
    idle_watch: IdleWatch = field(init=False)

    def __post_init__(self) -> None:
        """Add the pieces that work with all the others."""
        self.health = HealthReporter(self)
        self.conversations = Conversations(self)
        self.turns = Turns(self)
        self.desk = Desk(self)
        self.idle_watch = IdleWatch(self, self.settings.idle_seconds)


def healthy_parts(settings: Settings) -> Parts:
    """Make all pieces as the product has them. Nothing is opened yet but the log."""
    logbook, metrics, database = Logbook(settings.log_path), Metrics(), Database(settings.database_path)
    catalogue, documents, sessions = (
        Catalogue(settings.content_path, database),
        DocumentServer(),
        SessionStore(database),
    )
    return Parts(
        settings=settings,
        logbook=logbook,
        metrics=metrics,
        database=database,
        catalogue=catalogue,
        showcase=Showcase(),
        documents=documents,
        content_care=ContentCare(catalogue, documents),
        operators=OperatorGuard(settings.operator_key),
        page=PageFiles(settings.page_path),
        sessions=sessions,
        messages=MessageStore(database),
        validator=Validator(settings.max_message_length, settings.max_metadata_size),
        masker=Masker(settings.masking),
        line_limits=RateLimiter(settings.requests_per_minute, settings.burst_allowance),
        session_limits=RateLimiter(settings.requests_per_minute, settings.burst_allowance),
        scorer=Scorer(),
        commentator=Commentator(),
        completion=CompletionRule(),
        summaries=SummaryMaker(),
        prompts=PromptBuilder(settings),
        customer=Customer(AiClient(settings), metrics),
        door=Door(sessions, settings.origins),
        greeter=Greeter(),
        delivery=Delivery(),
        problems=Problems(),
        layers=[
            accounting(metrics, logbook),
            last_resort(logbook),
            safe_headers,
            own_origins_only(settings),
            limited_bodies,
        ],
    )
