"""Which systems there are, and what each needs to be started."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reference.stack.entry import Place, Registry, SystemEntry, Timing
from reference.stack.modelhub import MODELHUB
from reference.stack.ports import LOOPBACK

REFERENCE = Path(__file__).parents[1]


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


def _staff(place: Place) -> list[dict[str, str]]:
    people = (("admin", "Ada Admin"), ("nurse", "Nora Nightshift"), ("nurse", "Nils Dayshift"))
    return [
        {
            "role": role,
            "full_name": name,
            "email": f"{name.replace(' ', '.').lower()}@staff.example",
            "password": f"Staff-1-{place.operator_key}",
        }
        for role, name in people
    ]


def _medassist(place: Place) -> Mapping[str, str]:
    return {
        "HOST": LOOPBACK,
        "PORT": str(place.port),
        "DATABASE_URL": f"sqlite:///{place.database}",
        "LOG_PATH": str(place.log),
        "AI_BASE_URL": place.ai_base_url,
        "AI_API_KEY": "sk-embedded-reference",
        "SECRET_KEY": f"signed-with-{place.operator_key}",
        "STAFF_ACCOUNTS": json.dumps(_staff(place)),
    }


def _medassist_facts(place: Place) -> Mapping[str, Any]:
    address = f"{LOOPBACK}:{place.port}"
    pages = {"patient": f"http://{address}/patient", "nurse": f"http://{address}/nurse"}
    return {"socket_url": f"ws://{address}/ws", "pages": pages, "staff": _staff(place)}


MEDASSIST = SystemEntry(
    name="medassist",
    arguments=("-m", "reference.medassist"),
    variables=_medassist,
    faults_variable="MEDASSIST_FAULTS",
    replaceable=frozenset({"AI_BASE_URL", "AI_API_KEY", "DATABASE_URL", "SECRET_KEY"}),
    health_path="/api/health/ready",
    page_path="/patient",
    database_can_pause=True,
    keeps_backups=True,
    facts=_medassist_facts,
    timings=(
        Timing("ai_timeout_seconds", 5.0, "AI_TIMEOUT_SECONDS"),
        Timing("access_minutes", 30.0, "ACCESS_TOKEN_EXPIRE_MINUTES"),
        Timing("refresh_days", 7.0, "REFRESH_TOKEN_EXPIRE_DAYS"),
        Timing("heartbeat_seconds", 30.0, "WS_HEARTBEAT_INTERVAL"),
        Timing("requests_per_minute", 600.0, "RATE_LIMIT_PER_MINUTE"),
        Timing("request_burst", 100.0, "RATE_LIMIT_BURST"),
        Timing("chat_burst_per_10s", 20.0, "CHAT_BURST_PER_10S"),
        Timing("breaker_failures", 5.0, "BREAKER_FAILURES"),
        Timing("breaker_open_seconds", 10.0, "BREAKER_OPEN_SECONDS"),
        Timing("cache_ttl_seconds", 3600.0, "CACHE_TTL_SECONDS"),
        Timing("model_max_concurrent", 600.0, "MODEL_MAX_CONCURRENT"),
        Timing("alert_immediate_wait_seconds", 300.0, "ALERT_IMMEDIATE_WAIT_SECONDS"),
        Timing("database_wait_seconds", 1.0),
        Timing("emergency_number", 911.0, "EMERGENCY_NUMBER"),
        Timing("crisis_line", 988.0, "CRISIS_LINE"),
    ),
)

SYSTEMS: Registry = {entry.name: entry for entry in (CHATTRAIN, MEDASSIST, MODELHUB)}
