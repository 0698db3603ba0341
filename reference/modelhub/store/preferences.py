"""Preferences: defaults, rules, and who may write what (contract 3.10)."""

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from reference.common import jsontext
from reference.common.clock import iso, now
from reference.modelhub import tables

HUB = ""
"""Stands in place of a user for what holds for the whole installation."""
POLICIES = "policies"
"""Stands in place of a user for the administrators' policies."""

LEVELS = ("manual", "semi_automatic", "fully_automatic")

DEFAULTS: dict[str, Any] = {
    "automation_level": "semi_automatic",
    "download_config": {
        "max_retries": 3,
        "retry_delay_base": 2.0,
        "max_retry_delay": 300.0,
        "bandwidth_limit_mbps": None,
        "max_concurrent_downloads": 2,
    },
    "health_monitoring": {"enabled": True, "auto_repair_enabled": True},
    "fallback_config": {
        "compatibility_threshold": 0.7,
        "max_wait_time_minutes": 60,
        "fallback_to_mock_enabled": True,
    },
    "update_config": {"auto_check_updates": True, "auto_install_updates": False, "rollback_on_failure": True},
    "notification_config": {
        "download_progress": True,
        "health_alerts": True,
        "update_notifications": True,
        "fallback_notifications": True,
    },
    "storage_config": {
        "max_storage_gb": None,
        "cleanup_threshold_percent": 85,
        "preserve_recent_models_days": 7,
    },
    "preferred_models": [],
    "blocked_models": [],
}

POLICY_DEFAULTS: dict[str, Any] = {
    "bandwidth_limit_per_user_mbps": None,
    "require_approval_for_updates": True,
    "allow_external_downloads": True,
    "blocked_model_patterns": [],
}

FLAGS = (
    "enhanced_downloads",
    "health_monitoring",
    "intelligent_fallback",
    "usage_analytics",
    "auto_updates",
    "real_time_notifications",
)

HUB_WIDE = ("automation_level", "health_monitoring", "update_config", "storage_config")
HUB_WIDE_DOWNLOAD = "max_concurrent_downloads"


@dataclass(frozen=True)
class _Number:
    low: float
    high: float
    whole: bool = False
    optional: bool = False
    above: bool = False


RULES: dict[str, _Number] = {
    "download_config.max_retries": _Number(0, 10, whole=True),
    "download_config.retry_delay_base": _Number(0.1, 60),
    "download_config.max_retry_delay": _Number(1, 3600),
    "download_config.bandwidth_limit_mbps": _Number(0.1, 10000, optional=True),
    "download_config.max_concurrent_downloads": _Number(1, 10, whole=True),
    "fallback_config.compatibility_threshold": _Number(0, 1),
    "fallback_config.max_wait_time_minutes": _Number(1, 1440, whole=True),
    "storage_config.max_storage_gb": _Number(0, 1e9, optional=True, above=True),
    "storage_config.cleanup_threshold_percent": _Number(50, 99),
    "storage_config.preserve_recent_models_days": _Number(0, 3650, whole=True),
    "bandwidth_limit_per_user_mbps": _Number(0.1, 10000, optional=True),
}


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, and a value that would do."""

    field: str
    message: str
    suggested: Any = None

    def shown(self) -> dict[str, Any]:
        """Give the problem as it is shown."""
        told = {"field": self.field, "message": self.message, "severity": "error"}
        return {**told, "suggested_value": self.suggested}


class PreferenceRules:
    """Checks documents of preferences and policies."""

    def problems(self, given: Mapping[str, Any], shape: Mapping[str, Any], whole: Mapping[str, Any]) -> list[Problem]:
        """Give what is wrong with `given`, a part of a document like `shape`; `whole` is the document merged."""
        found = self._section("", given, shape)
        preferred, blocked = whole.get("preferred_models"), whole.get("blocked_models")
        if not found and isinstance(preferred, list) and isinstance(blocked, list):
            both = {str(name).lower() for name in preferred} & {str(name).lower() for name in blocked}
            if both:
                found.append(Problem("blocked_models", "A model cannot be preferred and blocked at the same time."))
        return found

    def _section(self, path: str, given: Mapping[str, Any], shape: Mapping[str, Any]) -> list[Problem]:
        found: list[Problem] = []
        for name, value in given.items():
            field = f"{path}.{name}" if path else str(name)
            if name not in shape:
                if not path:
                    found.append(Problem(field, "There is no such section."))
                continue
            if isinstance(shape[name], dict):
                if isinstance(value, Mapping):
                    found += self._section(field, value, shape[name])
                else:
                    found.append(Problem(field, "This must be an object.", shape[name]))
            else:
                found += self._value(field, value, shape[name])
        return found

    def _value(self, field: str, value: Any, default: Any) -> list[Problem]:
        rule = RULES.get(field)
        if rule is not None:
            return self._number(field, value, rule, default)
        if field == "automation_level":
            good = isinstance(value, str) and value in LEVELS
            return [] if good else [Problem(field, f"This must be one of {', '.join(LEVELS)}.", default)]
        if isinstance(default, bool):
            return [] if isinstance(value, bool) else [Problem(field, "This must be true or false.", default)]
        if isinstance(default, list):
            good = isinstance(value, list) and all(isinstance(each, str) for each in value)
            return [] if good else [Problem(field, "This must be a list of names.", default)]
        return []

    def _number(self, field: str, value: Any, rule: _Number, default: Any) -> list[Problem]:
        if value is None and rule.optional:
            return []
        if isinstance(value, bool) or not isinstance(value, int | float):
            return [Problem(field, "This must be a number.", default)]
        low = value > rule.low if rule.above else value >= rule.low
        if not (low and value <= rule.high):
            message = f"This must be {'above' if rule.above else 'from'} {rule.low:g}"
            nearest = min(max(value, rule.low), rule.high) if math.isfinite(value) else default
            return [Problem(field, message + ("." if rule.above else f" to {rule.high:g}."), nearest)]
        if rule.whole and float(value) != int(value):
            return [Problem(field, "This must be a whole number.", round(value))]
        return []


class PreferenceStore:
    """Keeps documents. Methods work inside a transaction."""

    def document(self, connection: Connection, user_id: str) -> tuple[dict[str, Any], str | None]:
        """Give what a user, the hub or the policies hold, as it was written, and when."""
        table = tables.preferences
        row = connection.execute(select(table).where(table.c.user_id == user_id)).first()
        return (jsontext.read(row.document_json), row.updated_at) if row else ({}, None)

    def of(self, connection: Connection, user_id: str | None) -> dict[str, Any]:
        """Give the preferences in force for a user: the own ones, and those of the installation."""
        own = self.document(connection, user_id)[0] if user_id else {}
        return merged(merged(DEFAULTS, without_hub(own)), self.document(connection, HUB)[0])

    def policies(self, connection: Connection) -> dict[str, Any]:
        """Give the policies in force."""
        return merged(POLICY_DEFAULTS, self.document(connection, POLICIES)[0])

    def merge(self, connection: Connection, user_id: str, part: Mapping[str, Any]) -> None:
        """Write a part of a document; everything else stays as it is."""
        if part:
            self.write(connection, user_id, merged(self.document(connection, user_id)[0], part))

    def write(self, connection: Connection, user_id: str, document: Mapping[str, Any]) -> None:
        """Write a whole document."""
        table = tables.preferences
        values = {"document_json": jsontext.write(dict(document)), "updated_at": iso(now())}
        changed = connection.execute(update(table).where(table.c.user_id == user_id).values(values))
        if changed.rowcount == 0:
            connection.execute(insert(table).values(user_id=user_id, **values))

    def flags(self, connection: Connection) -> dict[str, bool]:
        """Give the switches of the features; what was never switched is on."""
        rows = connection.execute(select(tables.feature_flags)).all()
        return {**dict.fromkeys(FLAGS, True), **{row.name: bool(row.enabled) for row in rows}}


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one document over another, field by field."""
    result = copy.deepcopy(dict(base))
    for name, value in over.items():
        known = result.get(name)
        result[name] = merged(known, value) if isinstance(known, dict) and isinstance(value, Mapping) else value
    return result


def hub_part(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a document holds for the whole installation."""
    part = {name: value for name, value in document.items() if name in HUB_WIDE}
    download = document.get("download_config")
    if isinstance(download, Mapping) and HUB_WIDE_DOWNLOAD in download:
        part["download_config"] = {HUB_WIDE_DOWNLOAD: download[HUB_WIDE_DOWNLOAD]}
    return part


def without_hub(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give what of a document is a user's own."""
    own = {name: value for name, value in document.items() if name not in HUB_WIDE}
    download = own.get("download_config")
    if isinstance(download, Mapping):
        own["download_config"] = {name: value for name, value in download.items() if name != HUB_WIDE_DOWNLOAD}
        if not own["download_config"]:
            del own["download_config"]
    return own
