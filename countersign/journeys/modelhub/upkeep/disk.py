"""What happens to the files of models on the disk: lost, damaged, put there by hand. All of it is put back."""

import hashlib
import json
import shutil
from pathlib import Path

from countersign.journeys.modelhub.hub import Hub

WEIGHT_BYTES = 4096


def files_of(hub: Hub, model_id: str) -> tuple[str, ...]:
    """Give the names of the files that lie in a model's folder, in the order of the alphabet."""
    folder = hub.models_folder / model_id
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_file())) if folder.is_dir() else ()


def digests_of(hub: Hub, model_id: str) -> dict[str, str]:
    """Give the SHA-256 of every file of a model."""
    folder = hub.models_folder / model_id
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files_of(hub, model_id)}


def lose(hub: Hub, model_id: str, count: int) -> tuple[str, ...]:
    """Delete the last files of a model, so many of them; give their names."""
    _put_back_at_end(hub, model_id)
    names = files_of(hub, model_id)[-count:]
    for name in names:
        (hub.models_folder / model_id / name).unlink()
    return names


def damage(hub: Hub, model_id: str) -> str:
    """Overwrite the middle of a model's last file, its size kept; give its name."""
    _put_back_at_end(hub, model_id)
    name = files_of(hub, model_id)[-1]
    path = hub.models_folder / model_id / name
    body = bytearray(path.read_bytes())
    middle = slice(len(body) // 2, len(body) // 2 + 64)
    body[middle] = bytes(255 - byte for byte in body[middle])
    path.write_bytes(bytes(body))
    return name


def place_by_hand(hub: Hub, name: str) -> Path:
    """Put a complete model that nobody publishes into the models folder."""
    folder = hub.models_folder / name
    hub.stage.at_end(lambda: shutil.rmtree(folder, ignore_errors=True), f"removing {name}")
    folder.mkdir()
    for part in ("config.json", "model_index.json"):
        (folder / part).write_text(json.dumps({"name": name}), encoding="utf-8")
    (folder / "weights.safetensors").write_bytes(bytes(range(256)) * (WEIGHT_BYTES // 256))
    return folder


def _put_back_at_end(hub: Hub, model_id: str) -> None:
    hub.leaves_damage_alone()
    hub.stage.at_end(lambda: hub.removes(model_id), f"removing the damaged {model_id}")
