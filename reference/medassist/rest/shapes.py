"""The published shapes of what goes in and out."""

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, StrictBool, StringConstraints

from reference.common.jsontext import has_unpaired_surrogate
from reference.medassist.models.versions import is_version

LARGEST_METADATA = 16 * 1024
LARGEST_OFFSET = 1_000_000


def can_be_kept(text: str) -> bool:
    """Say whether every database takes a text, to store it or to look for it."""
    return "\0" not in text and not has_unpaired_surrogate(text)


def _usable(text: str) -> str:
    if not can_be_kept(text):
        raise ValueError("The text holds a character that cannot be kept.")
    return text


def _email(text: str) -> str:
    name, at, host = text.rpartition("@")
    if not (name and at and "." in host.strip(".")) or any(each.isspace() for each in text):
        raise ValueError("This is no e-mail address.")
    return text


def _metadata(value: Any) -> Any:
    try:
        size = len(json.dumps(value, allow_nan=False, ensure_ascii=False).encode("utf-8", "replace"))
        text = json.dumps(value)
    except (ValueError, RecursionError):
        raise ValueError("The metadata cannot be kept as JSON.") from None
    if "\\u0000" in text:
        raise ValueError("The metadata holds a character that cannot be kept.")
    if size > LARGEST_METADATA:
        raise ValueError(f"The metadata may hold at most {LARGEST_METADATA} bytes.")
    return value


def _version(text: str) -> str:
    if not is_version(text):
        raise ValueError("A version is three whole numbers, such as 1.10.0.")
    return text


def _true_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("This must be a number.")
    return value


def text(least: int, most: int) -> Any:
    """Give the type of a text of a length, outer blanks cut off."""
    return Annotated[
        str,
        StringConstraints(strict=True, strip_whitespace=True, min_length=least, max_length=most),
        AfterValidator(_usable),
    ]


Email = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=3, max_length=254),
    AfterValidator(_usable),
    AfterValidator(_email),
]
Password = Annotated[str, StringConstraints(strict=True, max_length=1000), AfterValidator(_usable)]
Token = Annotated[str, StringConstraints(strict=True, max_length=4000)]
Sought = Annotated[str, StringConstraints(max_length=64), AfterValidator(_usable)]
"""A text that something is looked for by."""
Name = text(2, 255)
Version = Annotated[str, StringConstraints(strict=True, max_length=40), AfterValidator(_version)]
ModelId = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9_]{1,64}$")]
UserKey = text(1, 64)
Number = Annotated[float, BeforeValidator(_true_number)]
Urgency = Literal["routine", "urgent", "immediate"]
SessionStatus = Literal["active", "completed", "escalated", "cancelled"]
ParStatus = Literal["pending", "in_review", "escalated", "reviewed"]


# ---------- accounts ----------
class Registration(BaseModel):
    """A new account."""

    email: Email
    password: Password
    full_name: Name  # type: ignore[valid-type]
    role: Literal["patient", "nurse", "admin"] = "patient"


class Credentials(BaseModel):
    """An address and a password."""

    email: Annotated[
        str, StringConstraints(strict=True, strip_whitespace=True, max_length=254), AfterValidator(_usable)
    ]
    password: Password


class RefreshRequest(BaseModel):
    """A refresh token."""

    refresh_token: Token | None = None


class User(BaseModel):
    """An account."""

    id: str
    email: str
    full_name: str
    role: str
    is_active: bool
    is_verified: bool
    created_at: str
    last_login: str | None


class TokenPair(BaseModel):
    """A pair of tokens."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"]
    expires_in: int


class AccountChange(BaseModel):
    """What an administrator changes of an account."""

    is_active: StrictBool


# ---------- consent ----------
class ConsentText(BaseModel):
    """The consent text in force."""

    id: str
    version: str
    title: str
    content: str
    required_fields: list[str]
    is_active: bool
    created_at: str


class ConsentResponses(BaseModel):
    """Agreement, point by point: each must be true."""

    ai_use: Literal[True]
    preliminary_only: Literal[True]
    shared_with_nurse: Literal[True]
    limitations: Literal[True]


class ConsentSubmission(BaseModel):
    """A signature."""

    consent_id: text(1, 64)  # type: ignore[valid-type]
    responses: ConsentResponses


class SignedConsent(BaseModel):
    """A kept signature."""

    id: str
    consent_id: str
    user_id: str
    responses: dict[str, bool]
    signed_at: str


# ---------- sessions ----------
class NewSession(BaseModel):
    """A session to open."""

    metadata: Annotated[dict[str, Any], AfterValidator(_metadata)] = Field(default_factory=dict)


class StatusChange(BaseModel):
    """The state a session shall move to."""

    status: SessionStatus


class MessageInSession(BaseModel):
    """A message in the single read of a session."""

    id: str
    role: str
    content: str
    sequence_number: int
    created_at: str


class ParInSession(BaseModel):
    """A report in a session."""

    id: str
    chief_complaint: str
    urgency: Urgency
    reviewed: bool
    has_red_flags: bool
    created_at: str


class Session(BaseModel):
    """A session."""

    id: str
    patient_id: str
    status: SessionStatus
    metadata: dict[str, Any]
    notes: str | None
    created_at: str
    updated_at: str
    completed_at: str | None
    message_count: int
    has_par: bool
    messages: list[MessageInSession] | None
    par: ParInSession | None


class Message(BaseModel):
    """A message."""

    id: str
    session_id: str
    role: Literal["user", "assistant", "system"]
    content: str
    sequence_number: int
    metadata: dict[str, Any]
    token_count: int | None
    created_at: str


class Messages(BaseModel):
    """A page of messages."""

    messages: list[Message]
    total: int
    session_id: str


class NewMessage(BaseModel):
    """A patient's message over HTTP."""

    content: text(1, 5000)  # type: ignore[valid-type]
    client_message_id: text(1, 64) | None = None  # type: ignore[valid-type]


class Exchange(BaseModel):
    """A message with its answer."""

    message: Message
    reply: Message
    urgency: Urgency
    red_flags: list[str]
    advice: str | None


# ---------- reports ----------
class Par(BaseModel):
    """A report as staff see it."""

    id: str
    session_id: str
    chief_complaint: str
    symptoms: list[str]
    assessment: str
    urgency: Urgency
    rag_sources: list[dict[str, Any]]
    red_flags: list[str]
    has_red_flags: bool
    additional_notes: str | None
    confidence: float
    degraded: bool
    status: ParStatus
    assigned_nurse_id: str | None
    reviewed: bool
    reviewed_by_id: str | None
    reviewed_at: str | None
    approved: bool | None
    override_reason: str | None
    override_assessment: str | None
    notes: str | None
    model_version: str
    created_at: str
    updated_at: str


class PatientPar(BaseModel):
    """A report as its patient sees it."""

    id: str
    session_id: str
    chief_complaint: str
    symptoms: list[str]
    urgency: Urgency
    red_flags: list[str]
    has_red_flags: bool
    reviewed: bool
    reviewed_at: str | None
    approved: bool | None
    assessment: str | None


class Review(BaseModel):
    """A decision: `approved`, or one of the actions."""

    approved: StrictBool | None = None
    action: Literal["approved", "override", "escalate", "request_more_info"] | None = None
    override_reason: text(10, 1000) | None = None  # type: ignore[valid-type]
    override_assessment: text(10, 2000) | None = None  # type: ignore[valid-type]
    notes: text(0, 2000) | None = None  # type: ignore[valid-type]


class Assignment(BaseModel):
    """To whom a report is given; by default to the caller."""

    nurse_id: text(1, 64) | None = None  # type: ignore[valid-type]


class QueueItem(BaseModel):
    """A waiting report."""

    id: str
    session_id: str
    patient_id: str
    patient_name: str
    chief_complaint: str
    urgency: Urgency
    has_red_flags: bool
    red_flags: list[str]
    status: ParStatus
    assigned_nurse_id: str | None
    wait_time_minutes: float
    created_at: str


class Queue(BaseModel):
    """A page of the queue, with counts over all that match."""

    queue: list[QueueItem]
    total: int
    urgent_count: int
    immediate_count: int
    red_flag_count: int


class DecisionEntry(BaseModel):
    """A step in the history of a report."""

    id: str
    par_id: str
    action: str
    nurse_id: str
    notes: str | None
    override_reason: str | None
    override_assessment: str | None
    previous_status: str
    new_status: str
    created_at: str


class NurseFigures(BaseModel):
    """The figures of the dashboard."""

    total_pars: int
    pending_count: int
    reviewed_count: int
    approved_count: int
    overridden_count: int
    approval_rate: float
    override_rate: float
    urgency_breakdown: dict[str, int]
    average_review_time_minutes: float | None
    longest_wait_minutes: float


# ---------- audit ----------
class AuditEntry(BaseModel):
    """An entry of the trail."""

    id: str
    action: str
    user_id: str | None
    user_email: str | None
    role: str | None
    resource_type: str
    resource_id: str | None
    ip_address: str | None
    user_agent: str | None
    details: dict[str, Any]
    outcome: Literal["success", "failure", "blocked"]
    created_at: str


class AuditPage(BaseModel):
    """A page of the trail."""

    logs: list[AuditEntry]
    total: int


# ---------- health ----------
class About(BaseModel):
    """What runs here."""

    service: str
    version: str
    status: str
    docs: str


class Health(BaseModel):
    """How the system is."""

    status: Literal["healthy", "degraded", "unhealthy"]
    service: str
    version: str
    timestamp: str


class DetailedHealth(Health):
    """How each component is."""

    checks: dict[str, str]


class Ready(BaseModel):
    """Whether requests can be served."""

    ready: bool
    reason: str | None = None


class Alive(BaseModel):
    """Whether the process runs."""

    alive: bool
