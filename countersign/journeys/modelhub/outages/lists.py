"""Everything that the hub keeps for a user and for itself, read as lists that can be compared."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.kept import Entry, Lists
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE, need
from countersign.transport import eventually

FRESH_WITHIN = 2.0
"""Seconds after which what is told shows a change (contract, section 3.2)."""


def uses_told(user: HubUser) -> int:
    """Give how many uses of models are told in all."""
    told = need(user.api.models.get("models/analytics"), "system_analytics", dict, "the figures of use")
    uses: int = need(told, "total_uses", int, "the figures of use")
    return uses


def lists_of(user: HubUser, uses_before: int) -> Lists:
    """Read downloads, generations, waiting requests, keys, settings and counts.

    `uses_before` are the uses that were told before the person's first generation.
    """
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
        "count": _counts(user, uses_before + len(tasks)),
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


def _counts(user: HubUser, due: int) -> dict[str, Entry]:
    """Compare the uses that are told with those that are due, as soon as they have to be right."""
    seen = [0]

    def right() -> None:
        seen[0] = uses_told(user)
        assert seen[0] == due, f"{seen[0]} uses are told, {due} are due"

    with suppress(DeadlineExceeded):  # what is told then is compared with what was told before
        eventually(right, FRESH_WITHIN, every=0.2, what="the uses to be told")
    return {"uses": Entry(f"{seen[0] - due} uses more than generations")}
