"""The files of a model on disk: reading, damaging and deleting them."""

import hashlib

from countersign.journeys.modelhub.hub import Hub

DAMAGED_BYTES = 64


def digests(hub: Hub, model_id: str) -> dict[str, str]:
    """Give the SHA-256 of every file of a model, by name."""
    folder = hub.models_folder / model_id
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*") if path.is_file()}


def overwrites(hub: Hub, model_id: str, path: str) -> None:
    """Change bytes in the middle of a file; its size stays."""
    file = hub.models_folder / model_id / path
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + DAMAGED_BYTES] = bytes(255 - each for each in content[middle : middle + DAMAGED_BYTES])
    file.write_bytes(content)


def deletes(hub: Hub, model_id: str, path: str) -> None:
    """Delete a file."""
    (hub.models_folder / model_id / path).unlink()


def unfinished(hub: Hub, model_id: str) -> list[str]:
    """Name what lies on disk of a model that is not installed: partial files, and files in its folder."""
    folders = (hub.models_folder / ".partial" / model_id, hub.models_folder / model_id)
    return sorted(path.name for folder in folders for path in folder.glob("**/*") if path.is_file())
