"""The tables. Times are texts as `clock.iso_exact` writes them, or seconds since 1970; `*_json` columns hold JSON."""

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, String, Table, UniqueConstraint

metadata = MetaData()

_SERIAL = BigInteger().with_variant(Integer, "sqlite")

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("username", String, nullable=False),
    Column("username_key", String, nullable=False, unique=True),
    Column("email", String, nullable=False),
    Column("email_key", String, nullable=False, unique=True),
    Column("password_hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", String, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String, nullable=False),
    Column("name", String, nullable=False),
    Column("key_hash", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
    Column("expires_at", String),
)

catalogue = Table(
    "catalogue",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("version", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("listed", Boolean, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("release_notes", String, nullable=False),
    Column("published_at", String, nullable=False),
    Column("files_json", String, nullable=False),
)

model_installs = Table(
    "model_installs",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("version", String),
    Column("previous_version", String),
    Column("state", String, nullable=False),
    Column("state_since", Float, nullable=False, default=0.0),
    Column("epoch", Integer, nullable=False, default=0),
    Column("installed_at", String),
    Column("last_check", String),
    Column("health_status", String),
    Column("repairs_tried", Integer, nullable=False, default=0),
)

model_files = Table(
    "model_files",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("version", String),
    Column("size", Integer),
    Column("sha256", String),
    Column("state", String, nullable=False),
    Column("seen_size", Integer),
    Column("seen_mtime_ns", BigInteger),
    Column("verified_at", String),
)

partial_files = Table(
    "partial_files",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("sha256", String, nullable=False),
)

downloads = Table(
    "downloads",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("model_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("version", String),
    Column("owner_id", String),
    Column("status", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("limit_mbps", Float),
    Column("max_retries", Integer, nullable=False),
    Column("force", Boolean, nullable=False, default=False),
    Column("bytes_total", BigInteger, nullable=False, default=0),
    Column("bytes_done", BigInteger, nullable=False, default=0),
    Column("resumed_from", BigInteger, nullable=False, default=0),
    Column("speed_bps", Float, nullable=False, default=0.0),
    Column("retry_count", Integer, nullable=False, default=0),
    Column("total_retries", Integer, nullable=False, default=0),
    Column("next_retry_at", Float),
    Column("error", String),
    Column("failure_reason", String),
    Column("guidance_json", String, nullable=False, default="[]"),
    Column("created_at", String, nullable=False),
    Column("completed_at", String),
    Column("last_update", String, nullable=False),
    Column("cleaned", Boolean, nullable=False, default=True),
    Index("downloads_by_model", "model_id", "number"),
    Index("downloads_by_status", "status"),
    sqlite_autoincrement=True,
)

repairs = Table(
    "repairs",
    metadata,
    Column("id", String, primary_key=True),
    Column("model_id", String, nullable=False),
    Column("repair_type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("progress", Float, nullable=False, default=0.0),
    Column("actions_json", String, nullable=False, default="[]"),
    Column("files_json", String, nullable=False, default="[]"),
    Column("error", String),
    Column("download_id", String),
    Column("automatic", Boolean, nullable=False, default=False),
    Column("created_at", String, nullable=False),
    Index("repairs_by_model", "model_id", "created_at"),
)

model_updates = Table(
    "model_updates",
    metadata,
    Column("id", String, primary_key=True),
    Column("model_id", String, nullable=False),
    Column("action", String, nullable=False),
    Column("from_version", String, nullable=False),
    Column("to_version", String, nullable=False),
    Column("status", String, nullable=False),
    Column("error", String),
    Column("download_id", String),
    Column("created_at", String, nullable=False),
    Index("updates_by_model", "model_id", "created_at"),
)

generation_tasks = Table(
    "generation_tasks",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("owner_id", String, nullable=False),
    Column("model_id", String, nullable=False),
    Column("prompt", String, nullable=False),
    Column("resolution", String, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("lora_path", String),
    Column("lora_strength", Float, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("progress", Float, nullable=False, default=0.0),
    Column("created_at", String, nullable=False),
    Column("started_at", String),
    Column("completed_at", String),
    Column("output_path", String),
    Column("error", String),
    Column("attempts", Integer, nullable=False, default=0),
    Column("lease_owner", String),
    Column("lease_until", Float),
    Column("version", String),
    Column("others_waited", Boolean, nullable=False, default=False),
    Column("waiting_id", String),
    Index("tasks_by_status", "status", "priority", "number"),
    Index("tasks_by_owner", "owner_id", "number"),
    sqlite_autoincrement=True,
)

waiting_requests = Table(
    "waiting_requests",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("owner_id", String, nullable=False),
    Column("model_id", String, nullable=False),
    Column("prompt", String, nullable=False),
    Column("parameters_json", String, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("task_id", String),
    Column("error", String),
    Index("waiting_by_status", "status", "model_id"),
    sqlite_autoincrement=True,
)

model_usage_events = Table(
    "model_usage_events",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("model_id", String, nullable=False),
    Column("event_type", String, nullable=False),
    Column("timestamp", Float, nullable=False),
    Column("duration_seconds", Float),
    Column("success", Boolean),
    Column("resolution", String),
    Column("version", String),
    Column("others_waited", Boolean),
    Index("usage_by_time", "timestamp"),
    sqlite_autoincrement=True,
)

health_checks = Table(
    "health_checks",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("model_id", String, nullable=False),
    Column("at", String, nullable=False),
    Column("health_status", String, nullable=False),
    Column("integrity_score", Float, nullable=False),
    sqlite_autoincrement=True,
)

preferences = Table(
    "preferences",
    metadata,
    Column("user_id", String, primary_key=True),
    Column("document_json", String, nullable=False),
    Column("updated_at", String, nullable=False),
)

feature_flags = Table(
    "feature_flags",
    metadata,
    Column("name", String, primary_key=True),
    Column("enabled", Boolean, nullable=False),
)

recovery_attempts = Table(
    "recovery_attempts",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("failure_type", String, nullable=False),
    Column("at", Float, nullable=False),
    Column("outcome", String, nullable=False),
    Column("success", Boolean, nullable=False),
    Column("action", String, nullable=False),
    Column("seconds", Float, nullable=False),
    sqlite_autoincrement=True,
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("user_id", String),
    Column("role", String),
    Column("action", String, nullable=False),
    Column("about", String),
    sqlite_autoincrement=True,
)

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value_json", String, nullable=False),
    Column("at", Float, nullable=False),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("process", String, primary_key=True),
    Column("pid", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Column("resident_bytes", BigInteger, nullable=False),
    Column("cpu_seconds", Float, nullable=False),
    Column("open_files", Integer, nullable=False),
)

counters = Table(
    "counters",
    metadata,
    Column("name", String, primary_key=True),
    Column("label", String, primary_key=True),
    Column("value", Float, nullable=False),
)

alerts = Table(
    "alerts",
    metadata,
    Column("key", String, primary_key=True),
    Column("alert_type", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("began_at", String, nullable=False),
    UniqueConstraint("key"),
)

events = Table(
    "events",
    metadata,
    Column("number", _SERIAL, primary_key=True, autoincrement=True),
    Column("topic", String, nullable=False),
    Column("type", String, nullable=False),
    Column("owner_id", String),
    Column("data_json", String, nullable=False),
    Column("at", Float, nullable=False),
    sqlite_autoincrement=True,
)
