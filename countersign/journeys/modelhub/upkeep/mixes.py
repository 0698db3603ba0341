"""Bring the three models into mixes of states, and read the health of the whole store for each."""

from collections.abc import Mapping, Sequence
from typing import Any

import personas
from countersign.expect.modelhub.overall import Store
from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.journeys.modelhub.upkeep.damage import FolderCopy, deleted, folder_deleted, left_over, nothing
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import MB

CAPACITY_MB = 40
INSTALLED: Sequence[Sequence[int]] = ((), (0,), (0, 2), (0, 1, 2))
"""Which of the three models are installed, mix by mix."""

DAMAGED: Sequence[str] = ("HHD", "HDC", "DCM", "CCM", "CCC", "MDH")
"""Mixes of healthy, degraded, corrupted and missing models, where the suite may change their files."""

STATES = {
    "H": ("healthy", nothing),
    "D": ("degraded", left_over),
    "C": ("corrupted", deleted),
    "M": ("missing", folder_deleted),
}


def reads_of_mixes(user: HubUser) -> list[Store]:
    """Install and delete models, and damage some where their files can be reached; read the health each time."""
    hub = hub_of(user.stage)
    hub.admin.config.prefer(storage_config={"max_storage_gb": CAPACITY_MB / 1024})
    names = list(personas.material("modelhub")["models"].values())
    found = []
    for mix in INSTALLED:
        hub.has_installed([names[number] for number in mix])
        states = {name: "healthy" if number in mix else "missing" for number, name in enumerate(names)}
        found.append(_read(hub, user, states))
    if "model-files" in user.system.capabilities:
        found += _damaged(hub, user, names)
    return found


def _damaged(hub: Hub, user: HubUser, names: Sequence[str]) -> list[Store]:
    copies = [FolderCopy(hub.models_folder / name) for name in names]
    for copy in copies:
        user.stage.at_end(copy.restores, f"bringing the files of {copy.folder.name} back")
    found = []
    for mix in DAMAGED:
        for copy, letter in zip(copies, mix, strict=True):
            copy.restores()
            STATES[letter][1](copy.folder)
            user.api.caring.verify(copy.folder.name)
        states = {copy.folder.name: STATES[letter][0] for copy, letter in zip(copies, mix, strict=True)}
        found.append(_read(hub, user, states))
    return found


def _read(hub: Hub, user: HubUser, states: dict[str, str]) -> Store:
    told = user.api.models.overall_health()
    due = {name: _due(state, told["model_health"].get(name, {})) for name, state in states.items()}
    return Store(due, told, used_bytes(hub) / (CAPACITY_MB * MB) * 100)


def _due(state: str, told: Mapping[str, Any]) -> str:
    """Give how a model is to be told: one whose runs became slower is degraded even if its files are right (6.5)."""
    slower = state == "healthy" and told.get("performance_trend") == "degrading"
    return "degraded" if slower else state
