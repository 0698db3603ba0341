"""What can be set from outside, with the defaults of the product."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reference.common.environment import Environment

HERE = Path(__file__).parent
IDLE_SECONDS = 60 * 60.0


@dataclass(frozen=True)
class Settings:
    """Settings of one running ChatTrain. Durations are seconds, lengths characters."""

    host: str = "127.0.0.1"
    port: int = 8000
    database_path: Path = Path("chattrain.sqlite3")
    content_path: Path = HERE / "content"
    page_path: Path = HERE / "page"
    log_path: Path | None = None
    ai_base_url: str = ""
    ai_key: str = ""
    ai_model: str = "gpt-4o-mini"
    max_tokens: int = 200
    temperature: float = 0.7
    ai_timeout_seconds: float = 8.0
    masking: bool = True
    max_message_length: int = 2000
    max_metadata_size: int = 1000
    requests_per_minute: int = 20
    burst_allowance: int = 5
    cors_origins: tuple[str, ...] = ()
    operator_key: str = ""
    idle_seconds: float = IDLE_SECONDS
    faults: tuple[str, ...] = ()

    @property
    def own_origins(self) -> tuple[str, ...]:
        """Give the origins under which a browser sees the page that this backend serves itself."""
        hosts = {self.host, "127.0.0.1", "localhost"} - {"0.0.0.0", "::"}
        return tuple(sorted(f"http://{host}:{self.port}" for host in hosts))

    @property
    def origins(self) -> frozenset[str]:
        """Give every origin whose pages may talk to this backend."""
        return frozenset((*self.own_origins, *self.cors_origins))


def from_environment(variables: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables. Raises SettingError that names the variable and a good form."""
    given = Environment(variables)
    plain = Settings()
    log = given.text("LOG_PATH")
    return Settings(
        host=given.text("HOST", plain.host),
        port=given.integer("PORT", plain.port),
        database_path=given.path("DATABASE_PATH", plain.database_path),
        content_path=given.path("CONTENT_PATH", plain.content_path),
        log_path=Path(log).absolute() if log else None,
        ai_base_url=given.text("OPENAI_BASE_URL"),
        ai_key=given.text("OPENAI_API_KEY"),
        ai_model=given.text("OPENAI_MODEL", plain.ai_model),
        max_tokens=given.integer("MAX_TOKENS", plain.max_tokens),
        temperature=given.number("TEMPERATURE", plain.temperature),
        ai_timeout_seconds=given.number("AI_TIMEOUT_SECONDS", plain.ai_timeout_seconds),
        masking=given.flag("ENABLE_MASKING", plain.masking),
        max_message_length=given.integer("MAX_MESSAGE_LENGTH", plain.max_message_length),
        max_metadata_size=given.integer("MAX_METADATA_SIZE", plain.max_metadata_size),
        requests_per_minute=given.integer("RATE_LIMIT_REQUESTS_PER_MINUTE", plain.requests_per_minute),
        burst_allowance=given.integer("RATE_LIMIT_BURST_ALLOWANCE", plain.burst_allowance),
        cors_origins=given.items("CORS_ORIGINS"),
        operator_key=given.text("OPERATOR_KEY"),
        idle_seconds=given.number("SESSION_IDLE_SECONDS", plain.idle_seconds),
        faults=given.items("CHATTRAIN_FAULTS"),
    )
