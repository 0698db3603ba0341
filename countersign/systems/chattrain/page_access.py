"""What assistive technology is told of the pilot page: which of its parts are announced."""

from countersign.systems.chattrain.page import PilotPage
from countersign.systems.pages.access import live_region
from countersign.systems.pages.model import LiveRegion


def live_regions(page: PilotPage) -> tuple[LiveRegion, ...]:
    """Read how the conversation and the status of the connection are announced."""
    return (
        live_region(page.window, page.log, "the conversation"),
        live_region(page.window, page.connection, "the state of the connection"),
    )
