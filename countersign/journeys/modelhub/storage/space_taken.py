"""What the models take on disk, as the suite sees it."""

from pathlib import Path

from countersign.journeys.modelhub.hub import Hub
from countersign.systems.modelhub.model import MB


def used_bytes(hub: Hub) -> int:
    """Give the bytes of everything in the models folder, or, where it is out of reach, of all models as told."""
    if "model-files" in hub.system.capabilities:
        return bytes_below(hub.models_folder)
    return round(sum(status.size_mb for status in hub.admin.models.statuses().values()) * MB)


def bytes_below(folder: Path) -> int:
    """Give the bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def listing(folder: Path) -> dict[str, int]:
    """Give the size of every file below a folder, by its path there."""
    return {str(path.relative_to(folder)): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
