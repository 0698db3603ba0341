"""The frames about transfers (contract 4.2)."""

from typing import TYPE_CHECKING, Any

from reference.modelhub.store.view import HubView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

SHOWN = (
    "model_id",
    "status",
    "progress_percent",
    "downloaded_mb",
    "total_mb",
    "speed_mbps",
    "eta_seconds",
    "can_pause",
    "can_resume",
    "can_cancel",
)


class TransferFrames:
    """Makes the data of frames."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def progress(self, view: HubView, row: Any) -> dict[str, Any]:
        """Give the data of a progress frame."""
        shown = self._parts.shower.progress(view, row)
        return {name: shown[name] for name in SHOWN}
