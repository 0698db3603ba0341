"""Matchers for a damaged model: it is shown as damaged, both ways out are offered, and each works."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Health, Status


@dataclass(frozen=True)
class Choices:
    """What is said of a damaged model. `recommendations` are those for the whole store."""

    model_id: str
    status: Status
    health: Health
    recommendations: tuple[Mapping[str, Any], ...]


class OffersBothWays(Lacking[Choices]):
    """See `offering_repair_and_new_download`."""

    expected = "a model shown as damaged, with repair and new download on offer, and a recommendation that names both"

    def lack(self, item: Any) -> str:
        """Say what is not offered."""
        if item.status.availability != "corrupted" or item.health.status != "corrupted":
            return f"it is shown as {item.status.availability} and its health as {item.health.status}"
        missing = [action for action in ("repair", "redownload") if action not in item.status.actions]
        if missing:
            return f"{' and '.join(missing)} is not offered but {', '.join(item.status.actions) or 'nothing'}"
        if not item.health.repair_suggestions:
            return "nothing is suggested to mend it"
        if not item.health.can_auto_repair:
            return "it is said not to be repairable"
        fitting = [each for each in item.recommendations if each.get("model_id") == item.model_id]
        if not any(each.get("action") in ("repair", "redownload") and each.get("message") for each in fitting):
            return f"{len(fitting)} recommendations name it, none says to repair it or to download it again"
        return ""


def offering_repair_and_new_download() -> OffersBothWays:
    """Match what is said of a damaged model if both ways out are offered, suggested and recommended."""
    return OffersBothWays()


@dataclass(frozen=True)
class Mended:
    """A model after a choice was taken. `changed` are its files that are not what they were before the damage."""

    choice: str
    status: Status
    health: Health
    changed: tuple[str, ...]


class WholeAgain(Lacking[Mended]):
    """See `whole_again`."""

    expected = "a model that is usable and undamaged, with every file as it was before the damage"

    def lack(self, item: Any) -> str:
        """Say what is still wrong."""
        if item.changed:
            return f"after {item.choice} {', '.join(item.changed)} is not what it was before the damage"
        whole = item.health.integrity_score == 1 and not item.health.corruption_types
        if item.status.availability != "available" or not whole:
            integrity = f"its integrity is {item.health.integrity_score:g}"
            return f"after {item.choice} it is {item.status.availability}, {integrity}"
        return ""


def whole_again() -> WholeAgain:
    """Match a model that was mended, by what is said of it and by its files."""
    return WholeAgain()
