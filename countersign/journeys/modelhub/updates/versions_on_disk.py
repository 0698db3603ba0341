"""Which version of a model lies on disk, told by the checksums that the source publishes."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from countersign.journeys.modelhub.hub import Hub


def checksums(hub: Hub, model_id: str, version: str) -> dict[str, str]:
    """Give the SHA-256 of each file of a version, as published."""
    models: list[Mapping[str, Any]] = hub.source.catalogue()["models"]
    model = next(each for each in models if each["model_id"] == model_id)
    found = next(each for each in model["versions"] if each["version"] == version)
    return {file["path"]: file["sha256"] for file in found["files"]}


def version_in_use(folder: Path, versions: Mapping[str, Mapping[str, str]]) -> str:
    """Name the version whose files lie in a folder whole; empty if none does."""
    try:
        there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    except FileNotFoundError:
        return ""
    return next((name for name, files in versions.items() if files.items() <= there.items()), "")


def lies_beside(root: Path, model_id: str) -> bool:
    """Say whether something of a model lies elsewhere in the models folder than where it is used from."""
    return any(
        path.name.split("@")[0] == model_id
        for room in root.iterdir()
        if room.name.startswith(".") and room.is_dir()
        for path in room.iterdir()
    )
