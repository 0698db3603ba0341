"""Set the capacity so that the storage is so and so full, and read what is told each time."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.storage import NO_WARNING, Fullness
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import MB
from countersign.systems.modelhub.socket import TopicLine

GB = 2**30
TOLD_WITHIN = 5.0
QUIET = 1.0


def levels(user: HubUser, rows: Sequence[Any]) -> list[Fullness]:
    """Fill the storage to each level (columns: full, warning) and read what is told then."""
    hub = hub_of(user.stage)
    user.stage.need("storage", "topic-events")
    line = user.listens("alerts")
    used = used_bytes(hub)
    found = []
    for row in rows:
        percent, due = float(row["full"].split()[0]), str(row["warning"])
        capacity = used / (percent / 100) / GB
        hub.admin.config.prefer(storage_config={"max_storage_gb": capacity, "preserve_recent_models_days": 0})
        alerts = _alerts(line, due)
        sizes = {name: round(each.size_mb * MB) for name, each in hub.admin.models.statuses().items() if each.size_mb}
        found.append(
            Fullness(
                percent,
                due,
                used_bytes(hub),
                round(capacity * GB),
                user.api.models.overall_health(),
                user.api.models.get("models/storage"),
                alerts,
                sizes,
            )
        )
    return found


def _alerts(line: TopicLine, due: str) -> list[Any]:
    """Give the alerts of a level: until the one that is due came, or, where none is, for a second."""
    if due == NO_WARNING:
        return [frame.data for frame in line.silence(QUIET) if frame.type == "alert"]
    with suppress(DeadlineExceeded):
        return [line.wait_for_data("alert", TOLD_WITHIN, alert_type="storage_low", severity=due).data]
    return []
