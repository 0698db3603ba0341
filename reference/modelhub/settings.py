"""What can be set from outside, with the values of the reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reference.common.environment import Environment, SettingError

HERE = Path(__file__).parent
LEAST_SECRET = 32


@dataclass(frozen=True)
class Settings:
    """Settings of one running model hub. Durations are in the unit that their name says."""

    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 9000
    database_url: str = "sqlite:///modelhub.sqlite3"
    redis_url: str = "redis://127.0.0.1:6379/0"
    models_dir: Path = Path("models")
    outputs_dir: Path = Path("outputs")
    source_url: str = ""
    engine_url: str = ""
    engine_key: str = field(default="", repr=False)
    admin_username: str = ""
    admin_password: str = field(default="", repr=False)
    cors_origins: tuple[str, ...] = ("http://localhost:3000",)
    page_path: Path = HERE / "page"
    log_path: Path | None = None
    ready_file: Path | None = None
    health_interval: float = 5.0
    update_interval: float = 10.0
    source_idle: float = 5.0
    source_probe: float = 3.0
    engine_timeout: float = 10.0
    task_lease: float = 10.0
    recovery_cooldown: float = 30.0
    access_seconds: float = 1800.0
    max_sockets: int = 300
    clock_offset_days: float = 0.0
    faults: tuple[str, ...] = ()


def from_environment(variables: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables. Raises SettingError that names the variable and a good form."""
    given = Environment(variables)
    secret = given.text("SECRET_KEY")
    if len(secret) < LEAST_SECRET:
        raise SettingError(f"SECRET_KEY must be set and have at least {LEAST_SECRET} characters")
    plain = Settings(secret)
    log, ready = given.text("MODELHUB_LOG_PATH"), given.text("READY_FILE")
    return Settings(
        secret_key=secret,
        host=given.text("MODELHUB_HOST", plain.host),
        port=given.integer("MODELHUB_PORT", plain.port),
        database_url=given.text("DATABASE_URL", plain.database_url),
        redis_url=given.text("REDIS_URL", plain.redis_url),
        models_dir=given.path("MODELHUB_MODELS_DIR", plain.models_dir),
        outputs_dir=given.path("MODELHUB_OUTPUTS_DIR", plain.outputs_dir),
        source_url=given.text("MODELHUB_SOURCE_URL").rstrip("/"),
        engine_url=given.text("OPENAI_BASE_URL").rstrip("/"),
        engine_key=given.text("OPENAI_API_KEY"),
        admin_username=given.text("MODELHUB_ADMIN_USERNAME"),
        admin_password=given.text("MODELHUB_ADMIN_PASSWORD"),
        cors_origins=given.items("MODELHUB_CORS_ORIGINS", plain.cors_origins),
        log_path=Path(log).absolute() if log else None,
        ready_file=Path(ready) if ready else None,
        health_interval=given.number("MODELHUB_HEALTH_INTERVAL_SECONDS", plain.health_interval),
        update_interval=given.number("MODELHUB_UPDATE_INTERVAL_SECONDS", plain.update_interval),
        source_idle=given.number("MODELHUB_SOURCE_IDLE_SECONDS", plain.source_idle),
        source_probe=given.number("MODELHUB_SOURCE_PROBE_SECONDS", plain.source_probe),
        engine_timeout=given.number("MODELHUB_ENGINE_TIMEOUT_SECONDS", plain.engine_timeout),
        task_lease=given.number("MODELHUB_TASK_LEASE_SECONDS", plain.task_lease),
        recovery_cooldown=given.number("MODELHUB_RECOVERY_COOLDOWN_SECONDS", plain.recovery_cooldown),
        access_seconds=given.number("MODELHUB_ACCESS_TOKEN_SECONDS", plain.access_seconds),
        max_sockets=given.integer("MODELHUB_MAX_SOCKETS", plain.max_sockets),
        clock_offset_days=given.number("MODELHUB_CLOCK_OFFSET_DAYS", plain.clock_offset_days),
        faults=given.items("MODELHUB_FAULTS"),
    )
