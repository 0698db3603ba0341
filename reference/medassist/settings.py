"""What can be set from outside, with the defaults of the product."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reference.common.environment import Environment, SettingError

HERE = Path(__file__).parent
STAFF_FORM = '[{"email": "admin@clinic.example", "password": "...", "full_name": "...", "role": "admin"}]'


@dataclass(frozen=True)
class StaffAccount:
    """A member of staff who is created at the first start."""

    email: str
    password: str = field(repr=False)
    full_name: str
    role: str


@dataclass(frozen=True)
class Settings:
    """Settings of one running MedAssist. Durations are in the unit that their name says."""

    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = "sqlite:///medassist.sqlite3"
    page_path: Path = HERE / "page"
    log_path: Path | None = None
    log_level: str = "INFO"
    debug: bool = False
    app_name: str = "Medical AI Assistant"
    app_version: str = "1.0.0"
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    ai_base_url: str = ""
    ai_key: str = field(default="", repr=False)
    ai_timeout_seconds: float = 5.0
    access_minutes: float = 30.0
    refresh_days: float = 7.0
    password_min_length: int = 8
    requests_per_minute: int = 600
    request_burst: int = 100
    chat_burst_per_10s: int = 20
    heartbeat_seconds: float = 30.0
    cache_ttl_seconds: float = 3600.0
    model_max_concurrent: int = 600
    breaker_failures: int = 5
    breaker_open_seconds: float = 10.0
    alert_immediate_wait_seconds: float = 300.0
    require_consent: bool = True
    emergency_number: str = "911"
    crisis_line: str = "988"
    allowed_origins: tuple[str, ...] = ()
    staff: tuple[StaffAccount, ...] = ()
    faults: tuple[str, ...] = ()


def from_environment(variables: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables. Raises SettingError that names the variable and a good form."""
    given = Environment(variables)
    plain = Settings()
    log = given.text("LOG_PATH")
    return Settings(
        host=given.text("HOST", plain.host),
        port=given.integer("PORT", plain.port),
        database_url=given.text("DATABASE_URL", plain.database_url),
        log_path=Path(log).absolute() if log else None,
        log_level=given.text("LOG_LEVEL", plain.log_level).upper(),
        debug=given.flag("DEBUG", plain.debug),
        app_name=given.text("APP_NAME", plain.app_name),
        app_version=given.text("APP_VERSION", plain.app_version),
        secret_key=given.text("SECRET_KEY", plain.secret_key),
        ai_base_url=given.text("AI_BASE_URL"),
        ai_key=given.text("AI_API_KEY"),
        ai_timeout_seconds=given.number("AI_TIMEOUT_SECONDS", plain.ai_timeout_seconds),
        access_minutes=given.number("ACCESS_TOKEN_EXPIRE_MINUTES", plain.access_minutes),
        refresh_days=given.number("REFRESH_TOKEN_EXPIRE_DAYS", plain.refresh_days),
        password_min_length=given.integer("PASSWORD_MIN_LENGTH", plain.password_min_length),
        requests_per_minute=given.integer("RATE_LIMIT_PER_MINUTE", plain.requests_per_minute),
        request_burst=given.integer("RATE_LIMIT_BURST", plain.request_burst),
        chat_burst_per_10s=given.integer("CHAT_BURST_PER_10S", plain.chat_burst_per_10s),
        heartbeat_seconds=given.number("WS_HEARTBEAT_INTERVAL", plain.heartbeat_seconds),
        cache_ttl_seconds=given.number("CACHE_TTL_SECONDS", plain.cache_ttl_seconds),
        model_max_concurrent=given.integer("MODEL_MAX_CONCURRENT", plain.model_max_concurrent),
        breaker_failures=given.integer("BREAKER_FAILURES", plain.breaker_failures),
        breaker_open_seconds=given.number("BREAKER_OPEN_SECONDS", plain.breaker_open_seconds),
        alert_immediate_wait_seconds=given.number("ALERT_IMMEDIATE_WAIT_SECONDS", plain.alert_immediate_wait_seconds),
        require_consent=given.flag("REQUIRE_PATIENT_CONSENT", plain.require_consent),
        emergency_number=given.text("EMERGENCY_NUMBER", plain.emergency_number),
        crisis_line=given.text("CRISIS_LINE", plain.crisis_line),
        allowed_origins=_origins(given.text("ALLOWED_ORIGINS")),
        staff=_staff(given.text("STAFF_ACCOUNTS")),
        faults=given.items("MEDASSIST_FAULTS"),
    )


def _origins(raw: str) -> tuple[str, ...]:
    if not raw.startswith("["):
        return tuple(item.strip() for item in raw.split(",") if item.strip())
    try:
        listed = json.loads(raw)
    except ValueError:
        raise SettingError('ALLOWED_ORIGINS must be a comma list or a JSON list: ["https://clinic.example"]') from None
    return tuple(str(item) for item in listed)


def _staff(raw: str) -> tuple[StaffAccount, ...]:
    if not raw:
        return ()
    try:
        return tuple(
            StaffAccount(item["email"], item["password"], item["full_name"], _staff_role(item["role"]))
            for item in json.loads(raw)
        )
    except (ValueError, KeyError, TypeError):
        raise SettingError(f"STAFF_ACCOUNTS must be a JSON list with roles admin and nurse: {STAFF_FORM}") from None


def _staff_role(role: str) -> str:
    if role not in ("nurse", "admin"):
        raise ValueError(role)
    return role
