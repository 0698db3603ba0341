"""Matcher for what the health report of ChatTrain says."""

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Health


class Healthy(Lacking[Health]):
    """See `healthy`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"a report that calls the system healthy, in version {version}"

    def lack(self, item: Health) -> str:
        """Say what the report says instead."""
        if item.status_code != 200 or item.status != "healthy":
            return f"it said {item.status!r} with {item.status_code} ({dict(item.checks)})"
        return "" if item.version == self.version else f"it named version {item.version!r}"


def healthy(version: str) -> Healthy:
    """Match a report with the status healthy and this version."""
    return Healthy(version)
