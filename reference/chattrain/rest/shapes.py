"""The shapes that `/openapi.json` publishes. They describe the answers; the routes build them as plain JSON."""

from typing import Any, Literal

from pydantic import BaseModel


class Problem(BaseModel):
    """An error in one sentence."""

    detail: str


class InvalidField(BaseModel):
    """What is wrong with one field of the input."""

    type: str
    loc: list[str | int]
    msg: str
    input: Any


class InvalidInput(BaseModel):
    """Input that breaks a rule."""

    detail: list[InvalidField]


class Checks(BaseModel):
    """What the system depends on."""

    database: Literal["up", "down"]
    content: Literal["up", "down"]
    ai: Literal["up", "down", "unknown"]


class Health(BaseModel):
    """How the system is."""

    status: Literal["healthy", "degraded", "unhealthy"]
    timestamp: str
    version: str
    checks: Checks


class ListedDocument(BaseModel):
    """A document named in the scenario list."""

    filename: str
    title: str


class ListedCompletion(BaseModel):
    """How many exchanges a session needs at least."""

    min_exchanges: int


class ScenarioConfig(BaseModel):
    """What a trainee may know of a scenario before training it."""

    id: str
    title: str
    description: str
    duration_minutes: int
    difficulty: Literal["beginner", "intermediate", "advanced"]
    documents: list[ListedDocument]
    completion: ListedCompletion


class ListedScenario(BaseModel):
    """A scenario that can be trained."""

    id: int
    title: str
    config: ScenarioConfig
    updated_at: str


class SessionState(BaseModel):
    """A session as its trainee may see it."""

    id: int
    scenario_id: int
    user_id: str
    status: Literal["active", "completed", "abandoned"]
    created_at: str
    completed_at: str | None
    data: dict[str, Any]


class OpenedSession(SessionState):
    """A new session with what its owner needs to enter it."""

    session_token: str
    websocket_url: str


class Summary(BaseModel):
    """The whole training in a few numbers and words."""

    total_exchanges: int
    average_score: float
    completion_time_minutes: float
    overall_feedback: str
    strengths: list[str]
    improvements: list[str]


class SessionDetails(SessionState):
    """A session with its results so far."""

    exchanges: int
    average_score: float | None
    summary: Summary | None


class KeywordMatches(BaseModel):
    """Which expected terms a line held."""

    matched: list[str]
    missed: list[str]
    match_percentage: float


class QualityScores(BaseModel):
    """How the line was put, each from 0 to 1."""

    politeness: float
    empathy: float
    clarity: float
    solution: float


class ShownEvaluation(BaseModel):
    """What a line was worth."""

    score: int
    feedback: str
    suggestions: list[str]
    keyword_matches: KeywordMatches
    quality_scores: QualityScores


class ShownItem(BaseModel):
    """A line of the conversation; `evaluation` belongs to the trainee's lines only."""

    id: int
    role: Literal["user", "assistant"]
    content: str
    timestamp: str
    metadata: dict[str, Any]
    evaluation: ShownEvaluation | None = None


class DocumentItem(BaseModel):
    """A document of a scenario."""

    filename: str
    title: str
    exists: bool
    can_serve: bool
    size: int
    extension: str
    mime_type: str
    modified: str | None
    etag: str | None
    url: str


class DocumentText(BaseModel):
    """The text of a document."""

    content: str
    filename: str
    size: int
    extension: str
    mime_type: str
    etag: str


class LoaderStats(BaseModel):
    """How many scenarios there are."""

    available_scenarios: int
    cached_scenarios: int


class FileServerStats(BaseModel):
    """How many documents there are, and which are served."""

    total_files: int
    total_size_bytes: int
    max_file_size_mb: float
    allowed_extensions: list[str]


class ContentStats(BaseModel):
    """The content as an operator sees it."""

    available_scenarios: list[str]
    loader: LoaderStats
    file_server: FileServerStats


class ReloadResult(BaseModel):
    """What a reload found."""

    success: bool
    scenarios_loaded: int
    errors: list[str]
    available_scenarios: list[str]


class ScenarioValidation(BaseModel):
    """Whether a scenario's file can be used."""

    valid: bool
    warnings: list[str]
    info: dict[str, Any]


class DocumentValidation(BaseModel):
    """Whether a scenario's documents are there."""

    valid: bool
    documents: list[str]
    missing_documents: list[str]


class Validation(BaseModel):
    """A scenario as its author should see it before a release."""

    scenario_validation: ScenarioValidation
    document_validation: DocumentValidation
    overall_valid: bool
