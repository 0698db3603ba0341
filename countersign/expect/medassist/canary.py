"""Matchers for a canary that fails: its users are served all the same, and it is withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.served import Served
from countersign.systems.medassist.model_figures import Alert


class ServedInItsPlace(Lacking[Served]):
    """See `served_in_its_place_by`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"an answer by version {version} that says that it stands in for the canary"

    def lack(self, item: Served) -> str:
        """Say what the user got."""
        if item.prediction is None:
            return f"the user got none: {item.problem}"
        if item.version != self.version:
            return f"version {item.version} answered"
        return "" if item.prediction.fallback else "it does not say that it stands in"


def served_in_its_place_by(version: str) -> ServedInItsPlace:
    """Match a prediction by this version in place of a canary that failed."""
    return ServedInItsPlace(version)


class Withdrawn(Lacking[tuple[Mapping[str, Any], Sequence[Alert], float]]):
    """See `withdrawn_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the failing canary to be withdrawn within {limit:g} s, with an active alert"

    def lack(self, item: tuple[Mapping[str, Any], Sequence[Alert], float]) -> str:
        """Say how the deployment is and which alerts there are."""
        deployment, alerts, seconds = item
        told = [alert.status for alert in alerts]
        if deployment.get("status") != "rolled_back":
            return f"after {seconds:.2f} s the deployment is {deployment.get('status')}"
        if "active" not in told:
            return f"after {seconds:.2f} s the alerts about it are: {', '.join(told) or 'none'}"
        return "" if seconds < self.limit else f"it took {seconds:.2f} s"


def withdrawn_within(limit: float) -> Withdrawn:
    """Match a deployment, the alerts about it, and the seconds from the last failure until they were read."""
    return Withdrawn(limit)


class ServedDirectly(Lacking[Served]):
    """See `served_directly_by`."""

    def __init__(self, version: str) -> None:
        self.version = version
        self.expected = f"an answer by version {version} on the usual way, in nobody's place"

    def lack(self, item: Served) -> str:
        """Say what the user got."""
        if item.prediction is None:
            return f"the user got none: {item.problem}"
        if item.version != self.version or item.prediction.route != "active":
            return f"version {item.version} answered by way of the {item.prediction.route}"
        return "it stands in for another version" if item.prediction.fallback else ""


def served_directly_by(version: str) -> ServedDirectly:
    """Match a prediction by the version in service, without any trial between."""
    return ServedDirectly(version)
