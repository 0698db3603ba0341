"""Files that were written where nothing is to be written: found by the run's mark in their names."""

import os
import shutil
import tempfile
from pathlib import Path

from countersign.journeys.modelhub.hub import Hub

MOST_FILES = 50_000
OWN_ROOMS = (".partial", ".backups")


def escaped_name(hub: Hub) -> str:
    """Give the name that whatever escapes bears in this scenario."""
    return f"escaped-{hub.stage.tag}.safetensors"


def escaped(hub: Hub) -> list[str]:
    """Give every file that bears the name: around the folder of models, in it, and where temporary files are.

    Raises CapabilityMissing where the suite may not look into the folder of models.
    """
    models, name = hub.models_folder.resolve(), escaped_name(hub)
    found = [path for place in (models.parent.parent, Path(tempfile.gettempdir())) for path in _directly(place, name)]
    looked = 0
    for root, folders, files in os.walk(models.parent):
        looked += len(files)
        if looked > MOST_FILES:
            break
        found += [str(Path(root) / each) for each in (*folders, *files) if name in each]
    return sorted(set(found))


def removes_escaped(hub: Hub) -> None:
    """Remove every file and folder that bears the name: a system that let it escape does not tidy up."""
    for path in sorted(map(Path, escaped(hub)), reverse=True):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _directly(place: Path, name: str) -> list[str]:
    return [str(path) for path in place.iterdir() if name in path.name]


def bytes_of(hub: Hub, model_id: str) -> int:
    """Give the bytes that lie in the folder of models for a model: in use, unfinished and kept."""
    folder = hub.models_folder
    places = [folder / model_id, *(path for room in OWN_ROOMS for path in (folder / room).glob(f"{model_id}*"))]
    return sum(_size(path) for place in places for path in (place, *place.rglob("*")))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        # It went away while it was looked at.
        return 0
