"""The tables. Ids are UUIDs as text, times texts as `clock.iso_exact` writes them, `*_json` columns hold JSON."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

LARGEST_NUMBER = 2**31 - 1
"""The largest number that an Integer column holds, and can be compared with, on every database."""

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("email", String, nullable=False),
    Column("email_key", String, nullable=False, unique=True),
    Column("full_name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("is_verified", Boolean, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("last_login", String),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("jti", String, primary_key=True),
    Column("sign_in", String, nullable=False),
    Column("user_id", String, ForeignKey("users.id"), nullable=False),
    Column("access_jti", String, nullable=False, unique=True),
    Column("created_at", String, nullable=False),
    Column("used_at", String),
    Column("ended_at", String),
    Index("refresh_tokens_by_sign_in", "sign_in"),
    Index("refresh_tokens_by_user", "user_id"),
)

consents = Table(
    "consents",
    metadata,
    Column("id", String, primary_key=True),
    Column("consent_id", String, nullable=False),
    Column("user_id", String, ForeignKey("users.id"), nullable=False),
    Column("responses_json", String, nullable=False),
    Column("signed_at", String, nullable=False),
    UniqueConstraint("user_id", "consent_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("patient_id", String, ForeignKey("users.id"), nullable=False),
    Column("status", String, nullable=False),
    Column("metadata_json", String, nullable=False),
    Column("notes", String),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("completed_at", String),
    Column("last_sequence", Integer, nullable=False),
    Index("sessions_by_patient", "patient_id", "created_at"),
    Index("sessions_by_status", "status", "created_at"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False),
    Column("role", String, nullable=False),
    Column("content", String, nullable=False),
    Column("sequence_number", Integer, nullable=False),
    Column("metadata_json", String, nullable=False),
    Column("token_count", Integer),
    Column("created_at", String, nullable=False),
    Column("client_message_id", String),
    Column("in_reply_to", String, unique=True),
    UniqueConstraint("session_id", "sequence_number"),
    UniqueConstraint("session_id", "client_message_id"),
)

pars = Table(
    "pars",
    metadata,
    Column("id", String, primary_key=True),
    Column("session_id", String, ForeignKey("sessions.id"), nullable=False, unique=True),
    Column("patient_id", String, ForeignKey("users.id"), nullable=False),
    Column("chief_complaint", String, nullable=False),
    Column("symptoms_json", String, nullable=False),
    Column("assessment", String, nullable=False),
    Column("urgency", String, nullable=False),
    Column("urgency_rank", Integer, nullable=False),
    Column("red_flags_json", String, nullable=False),
    Column("has_red_flags", Boolean, nullable=False),
    Column("rag_sources_json", String, nullable=False),
    Column("additional_notes", String),
    Column("confidence", Float, nullable=False),
    Column("degraded", Boolean, nullable=False),
    Column("awaits_ai", Boolean, nullable=False),
    Column("status", String, nullable=False),
    Column("assigned_nurse_id", String),
    Column("reviewed_by_id", String),
    Column("reviewed_at", String),
    Column("approved", Boolean),
    Column("override_reason", String),
    Column("override_assessment", String),
    Column("notes", String),
    Column("model_version", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Index("pars_by_place", "status", "has_red_flags", "urgency_rank", "created_at"),
)

par_decisions = Table(
    "par_decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("par_id", String, ForeignKey("pars.id"), nullable=False),
    Column("action", String, nullable=False),
    Column("nurse_id", String, nullable=False),
    Column("notes", String),
    Column("override_reason", String),
    Column("override_assessment", String),
    Column("previous_status", String, nullable=False),
    Column("new_status", String, nullable=False),
    Column("created_at", String, nullable=False),
    Index("par_decisions_by_par", "par_id"),
)

audit_logs = Table(
    "audit_logs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("action", String, nullable=False),
    Column("user_id", String),
    Column("user_email", String),
    Column("role", String),
    Column("resource_type", String, nullable=False),
    Column("resource_id", String),
    Column("ip_address", String),
    Column("user_agent", String),
    Column("details_json", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("created_at", String, nullable=False),
    Index("audit_logs_by_user", "user_id", "number"),
    Index("audit_logs_by_resource", "resource_id"),
)

notices = Table(
    "notices",
    metadata,
    Column("event_id", Integer, primary_key=True, autoincrement=False),
    Column("type", String, nullable=False),
    Column("payload_json", String, nullable=False),
    Column("created_at", String, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("model_id", String, primary_key=True),
    Column("description", String, nullable=False),
    Column("active_version", String),
    Column("earlier_json", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
)

model_versions = Table(
    "model_versions",
    metadata,
    Column("model_id", String, ForeignKey("models.model_id"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("status", String, nullable=False),
    Column("metrics_json", String, nullable=False),
    Column("description", String, nullable=False),
    Column("source", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("created_by", String),
)

deployments = Table(
    "deployments",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("deployment_id", String, nullable=False, unique=True),
    Column("model_id", String, ForeignKey("models.model_id"), nullable=False),
    Column("version", String, nullable=False),
    Column("previous_version", String),
    Column("strategy", String, nullable=False),
    Column("percentage", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("reason", String),
    Column("created_at", String, nullable=False),
    Column("updated_at", String, nullable=False),
    Column("created_by", String),
)

flags = Table(
    "flags",
    metadata,
    Column("name", String, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("percentage", Float, nullable=False),
    Column("model_id", String, ForeignKey("models.model_id"), nullable=False),
    Column("version", String, nullable=False),
    Column("updated_at", String, nullable=False),
)

experiments = Table(
    "experiments",
    metadata,
    Column("experiment_id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("model_id", String, ForeignKey("models.model_id"), nullable=False),
    Column("control_version", String, nullable=False),
    Column("treatment_version", String, nullable=False),
    Column("split", Float, nullable=False),
    Column("min_sample", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("stopped_at", String),
    Column("created_by", String),
)

experiment_outcomes = Table(
    "experiment_outcomes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("experiment_id", String, ForeignKey("experiments.experiment_id"), nullable=False),
    Column("user_id", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("success", Boolean, nullable=False),
    Column("created_at", String, nullable=False),
    Index("experiment_outcomes_by_experiment", "experiment_id", "variant"),
)

training_jobs = Table(
    "training_jobs",
    metadata,
    Column("job_id", String, primary_key=True),
    Column("model_id", String, ForeignKey("models.model_id"), nullable=False),
    Column("version", String, nullable=False),
    Column("dataset", String, nullable=False),
    Column("status", String, nullable=False),
    Column("progress", Float, nullable=False),
    Column("metrics_json", String),
    Column("error", String),
    Column("created_at", String, nullable=False),
    Column("finished_at", String),
    Column("created_by", String),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("status", String, nullable=False),
    Column("model_id", String),
    Column("message", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("resolved_at", String),
)
