"""Everything that the hub keeps for a user and for itself, read as lists that can be compared."""

import json
from collections.abc import Mapping
from typing import Any

from countersign.expect.hub_kept import Entry, Lists
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE, need


def lists_of(user: HubUser) -> Lists:
    """Read downloads, generations, waiting requests, keys, settings and counts."""
    tasks = user.api.generation.tasks()
    return {
        "download": {
            each.download_id: Entry(
                f"{each.model_id}, {each.priority}, at most {each.raw.get('bandwidth_limit_mbps')} Mbps",
                "" if each.status in ACTIVE else each.status,
            )
            for each in user.api.downloads.all().values()
        },
        "generation": {
            task.id: Entry(f"{task.model_type}: {task.prompt}", task.status if task.final else "") for task in tasks
        },
        "waiting request": _waiting(user),
        "key": _keys(user),
        "setting": _settings(user),
        "count": _counts(user, len(tasks)),
    }


def _waiting(user: HubUser) -> dict[str, Entry]:
    if "fallback-queue" not in user.system.capabilities:
        return {}
    listed = need(user.api.fallback.waiting(), "requests", list, "the waiting requests")
    facts = ("model_id", "prompt", "priority", "position", "created_at", "expires_at", "status")
    return {str(each["queue_id"]): Entry(", ".join(str(each.get(name)) for name in facts)) for each in listed}


def _keys(user: HubUser) -> dict[str, Entry]:
    told = user.api.ask("GET", "/auth/api-keys").must_be(200).json()
    listed = told if isinstance(told, list) else next(each for each in told.values() if isinstance(each, list))
    return {str(each["key_id"]): Entry(f"{each['name']}, until {each['expires_at']}") for each in listed}


def _settings(user: HubUser) -> dict[str, Entry]:
    told: Mapping[str, Any] = {
        f"of {user.name}": user.api.config.preferences(),
        "of the installation": user.hub.admin.config.preferences(),
        "policy": user.hub.admin.config.policies(),
        "switch": user.api.config.flags()["flags"],
    }
    return {
        f"{whose}: {name}": Entry(f"{whose} {name} = {json.dumps(value, sort_keys=True)}")
        for whose, document in told.items()
        for name, value in document.items()
    }


def _counts(user: HubUser, tasks: int) -> dict[str, Entry]:
    """Give what must not change beside the lists: the uses that are told and are none of the person's generations."""
    told = need(user.api.models.get("models/analytics"), "system_analytics", dict, "the figures of use")
    others = int(need(told, "total_uses", int, "the figures of use")) - tasks
    return {"uses": Entry(f"{others} uses beside the listed generations")}
