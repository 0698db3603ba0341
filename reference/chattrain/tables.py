"""The four tables. Times are texts as `clock.iso` writes them, `*_json` columns hold JSON."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table

metadata = MetaData()

scenarios = Table(
    "scenarios",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text_id", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("config_json", String, nullable=False),
    Column("file_path", String, nullable=False),
    Column("updated_at", String, nullable=False),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scenario_id", Integer, ForeignKey("scenarios.id"), nullable=False),
    Column("user_id", String, nullable=False),
    Column("status", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("completed_at", String),
    Column("data_json", String, nullable=False),
    Column("token_hash", String, nullable=False),
    Index("sessions_by_status", "status"),
    sqlite_autoincrement=True,
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", Integer, ForeignKey("sessions.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("content", String, nullable=False),
    Column("timestamp", String, nullable=False),
    Column("metadata_json", String, nullable=False),
    Index("messages_by_session", "session_id", "id"),
    sqlite_autoincrement=True,
)

evaluations = Table(
    "evaluations",
    metadata,
    Column("message_id", Integer, ForeignKey("messages.id"), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("feedback", String, nullable=False),
    Column("suggestions_json", String, nullable=False),
    Column("details_json", String, nullable=False),
)
