"""What ChatTrain tells a client, typed. Unknown fields are ignored, as the contract asks of every client."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.systems.reading import Reading

READING = Reading("chattrain")
need, moment, _texts = READING.need, READING.moment, READING.texts


@dataclass(frozen=True)
class Health:
    """What the health check says; `status_code` is 200, or 503 when the system cannot work."""

    status: str
    version: str
    timestamp: str
    checks: Mapping[str, str]
    status_code: int


@dataclass(frozen=True)
class Scenario:
    """A training on offer. `id` is the number sessions use, `text_id` the name documents use."""

    id: int
    text_id: str
    title: str
    description: str
    duration_minutes: int
    difficulty: str
    documents: tuple[str, ...]
    min_exchanges: int
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Session:
    """A training session as the system describes it. `token` is empty where the system gives none."""

    id: int
    scenario_id: int
    user_id: str
    status: str
    created_at: str
    completed_at: str | None
    token: str
    socket_path: str
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A document of a scenario as it is listed."""

    filename: str
    title: str
    can_serve: bool
    size: int
    mime_type: str
    etag: str
    url: str


@dataclass(frozen=True)
class Frame:
    """One frame of the chat socket. `arrived` is monotonic seconds, stamped when it came in."""

    type: str
    content: str
    timestamp: str
    arrived: float
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Feedback:
    """The rating of one line."""

    score: int
    comment: str
    suggestions: tuple[str, ...]
    matched: tuple[str, ...]
    missed: tuple[str, ...]
    match_percentage: float
    quality: Mapping[str, float]


@dataclass(frozen=True)
class Summary:
    """The summary at the end of a session."""

    status: str
    total_exchanges: int
    average_score: float
    completion_time_minutes: float
    overall_feedback: str
    strengths: tuple[str, ...]
    improvements: tuple[str, ...]


@dataclass(frozen=True)
class Exchange:
    """A trainee's line and what came back, in the order it came. Times are monotonic seconds.

    `frames` are all frames that belong to the line: receipt, answer, feedback - or one refusal.
    """

    line: str
    sent: float
    frames: tuple[Frame, ...]

    def first(self, kind: str) -> Frame | None:
        """Give the first frame of a kind, or None."""
        return next((frame for frame in self.frames if frame.type == kind), None)

    @property
    def types(self) -> tuple[str, ...]:
        """The kinds of the frames, in the order they came."""
        return tuple(frame.type for frame in self.frames)

    @property
    def refusal(self) -> Frame | None:
        """The error that came in place of the three answers, or None."""
        return self.first("security_error") or self.first("error")

    @property
    def accepted(self) -> bool:
        """Whether the line was confirmed."""
        return self.first("message_received") is not None

    @property
    def message_id(self) -> int:
        """The number under which the line is kept. Raises ContractBroken if it was not confirmed with one."""
        number: int = need(self._must("message_received").data, "message_id", int, "the receipt")
        return number

    @property
    def reply_id(self) -> int:
        """The number under which the reply is kept. Raises ContractBroken if it came without one."""
        number: int = need(self._must("assistant_message").data, "message_id", int, "the reply")
        return number

    @property
    def reply(self) -> str:
        """What the customer said. Raises ContractBroken if nothing was said."""
        return self._must("assistant_message").content

    @property
    def is_fallback(self) -> bool:
        """Whether the reply is the polite notice that stands in for a failed AI."""
        metadata = self._must("assistant_message").data.get("metadata")
        return isinstance(metadata, Mapping) and metadata.get("error") is True

    @property
    def reply_seconds(self) -> float:
        """Seconds from sending the line to the customer's reply."""
        return self._must("assistant_message").arrived - self.sent

    @property
    def feedback_seconds(self) -> float:
        """Seconds from sending the line to its rating."""
        return self._must("evaluation_feedback").arrived - self.sent

    @property
    def feedback(self) -> Feedback:
        """The rating of the line. Raises ContractBroken if there is none or it is not as promised."""
        return read_feedback(self._must("evaluation_feedback").data)

    def _must(self, kind: str) -> Frame:
        frame = self.first(kind)
        if frame is None:
            seen = ", ".join(self.types) or "nothing"
            raise ContractBroken(f"chattrain: no {kind} for the line {self.line[:60]!r}; what came: {seen}")
        return frame


def read_feedback(data: Mapping[str, Any]) -> Feedback:
    """Read an evaluation_feedback frame. Raises ContractBroken naming the first field that is not as promised."""
    where = "the feedback"
    metadata = need(data, "metadata", Mapping, where)
    keywords = need(metadata, "keyword_matches", Mapping, where)
    quality = need(metadata, "quality_scores", Mapping, where)
    return Feedback(
        score=need(data, "score", int, where),
        comment=need(data, "content", str, where),
        suggestions=_texts(data.get("suggestions"), "suggestions of the feedback"),
        matched=_texts(keywords.get("matched"), "matched keywords"),
        missed=_texts(keywords.get("missed"), "missed keywords"),
        match_percentage=float(need(keywords, "match_percentage", (int, float), where)),
        quality={name: float(need(quality, name, (int, float), where)) for name in quality},
    )


def read_summary(data: Mapping[str, Any]) -> Summary:
    """Read a session_complete frame. Raises ContractBroken naming the first field that is not as promised."""
    where = "the session summary"
    summary = need(data, "summary", Mapping, "session_complete")
    return Summary(
        status=need(data, "status", str, "session_complete"),
        total_exchanges=need(summary, "total_exchanges", int, where),
        average_score=float(need(summary, "average_score", (int, float), where)),
        completion_time_minutes=float(need(summary, "completion_time_minutes", (int, float), where)),
        overall_feedback=need(summary, "overall_feedback", str, where),
        strengths=_texts(summary.get("strengths"), "strengths of the summary"),
        improvements=_texts(summary.get("improvements"), "improvements of the summary"),
    )


def read_scenario(data: Mapping[str, Any]) -> Scenario:
    """Read an item of the scenario list."""
    where = "a scenario of the list"
    config = need(data, "config", Mapping, where)
    documents = config.get("documents") or []
    completion = config.get("completion") or {}
    return Scenario(
        id=need(data, "id", int, where),
        text_id=need(config, "id", str, where),
        title=need(data, "title", str, where),
        description=need(config, "description", str, where),
        duration_minutes=need(config, "duration_minutes", int, where),
        difficulty=str(config.get("difficulty", "")),
        documents=tuple(str(need(item, "filename", str, where)) for item in documents),
        min_exchanges=int(completion.get("min_exchanges", 0)),
        raw=data,
    )


def read_session(data: Any) -> Session:
    """Read a session."""
    where = "a session"
    return Session(
        id=need(data, "id", int, where),
        scenario_id=need(data, "scenario_id", int, where),
        user_id=need(data, "user_id", str, where),
        status=need(data, "status", str, where),
        created_at=need(data, "created_at", str, where),
        completed_at=data.get("completed_at"),
        token=str(data.get("session_token") or ""),
        socket_path=str(data.get("websocket_url") or ""),
        raw=data,
    )


def read_document(data: Any) -> Document:
    """Read an item of a document list."""
    where = "a document of the list"
    return Document(
        filename=need(data, "filename", str, where),
        title=str(data.get("title", "")),
        can_serve=bool(data.get("can_serve", True)),
        size=need(data, "size", int, where),
        mime_type=str(data.get("mime_type", "")),
        etag=str(data.get("etag", "")),
        url=need(data, "url", str, where),
    )
