"""Which systems there are, and what each needs to be started."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reference.stack.ports import LOOPBACK

REFERENCE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Place:
    """Where one system lives in a stack: its files, its address, the AI it asks, its operator's key."""

    port: int
    database: Path
    content: Path
    log: Path
    ai_base_url: str
    operator_key: str


@dataclass(frozen=True)
class Timing:
    """A waiting time or limit that the suite must know: reported under `name`, set by `variable`.

    The value in force is that of the setting (or `default`), times `factor`. Without a variable it cannot be set.
    """

    name: str
    default: float
    variable: str = ""
    factor: float = 1.0

    def in_force(self, settings: Mapping[str, str]) -> float:
        """Give the value under these settings; what is no number is left to the system to refuse."""
        try:
            return float(settings[self.variable]) * self.factor
        except (KeyError, ValueError):
            return self.default


@dataclass(frozen=True)
class SystemEntry:
    """How to start a system.

    `arguments` follow the Python interpreter; with `--list-faults` behind them the program prints the names of its
    seeded faults as a JSON list. `variables` gives the environment of a place; of these only the `replaceable` ones can
    be set by a user. `starting_content` is copied into the working folder.
    """

    name: str
    arguments: tuple[str, ...]
    variables: Callable[[Place], Mapping[str, str]]
    faults_variable: str
    replaceable: frozenset[str] = frozenset()
    health_path: str = "/api/health"
    page_path: str = ""
    starting_content: Path | None = None
    dependencies: tuple[str, ...] = ("database", "ai")
    timings: tuple[Timing, ...] = ()


Registry = Mapping[str, SystemEntry]


def _chattrain(place: Place) -> Mapping[str, str]:
    return {
        "HOST": LOOPBACK,
        "PORT": str(place.port),
        "DATABASE_PATH": str(place.database),
        "CONTENT_PATH": str(place.content),
        "LOG_PATH": str(place.log),
        "OPENAI_BASE_URL": place.ai_base_url,
        "OPENAI_API_KEY": "sk-embedded-reference",
        "OPERATOR_KEY": place.operator_key,
    }


CHATTRAIN = SystemEntry(
    name="chattrain",
    arguments=("-m", "reference.chattrain"),
    variables=_chattrain,
    faults_variable="CHATTRAIN_FAULTS",
    replaceable=frozenset({"OPENAI_BASE_URL", "OPENAI_API_KEY"}),
    starting_content=REFERENCE / "chattrain" / "content",
    timings=(
        Timing("ai_timeout_seconds", 8.0, "AI_TIMEOUT_SECONDS"),
        Timing("idle_minutes", 60.0, "SESSION_IDLE_SECONDS", 1 / 60),
        Timing("rate_limit_per_minute", 20.0, "RATE_LIMIT_REQUESTS_PER_MINUTE"),
        Timing("rate_limit_burst_allowance", 5.0, "RATE_LIMIT_BURST_ALLOWANCE"),
        Timing("database_wait_seconds", 1.0),
    ),
)

SYSTEMS: Registry = {entry.name: entry for entry in (CHATTRAIN,)}
