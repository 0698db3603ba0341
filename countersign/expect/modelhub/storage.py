"""Matchers for storage: warnings when it runs low, what a clean-up proposes, and what it really frees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import need

GB, MB = 2**30, 2**20
PERCENT_ROUNDED = 0.5
SHARE_OFF = 0.01
"""By how much of 1 told and real bytes may differ (MH-STORE-02)."""

NO_WARNING = "none"


def differs(told: float, real: float) -> bool:
    """Say whether two amounts of bytes differ by more than 1 %."""
    return abs(told - real) > max(SHARE_OFF * real, 0.5)


@dataclass(frozen=True)
class Fullness:
    """What was told while the storage was so full: by the recommendations, the alerts and the figures.

    `percent` is what was set, `used` and `capacity` are in bytes; `alerts` came since it was set. `due` is the
    priority of the warning, or `NO_WARNING`.
    """

    percent: float
    due: str
    used: int
    capacity: int
    health: Mapping[str, Any]
    storage: Mapping[str, Any]
    alerts: Sequence[Mapping[str, Any]]
    sizes: Mapping[str, int]


class WarnedAsDue(Lacking[Fullness]):
    """See `warned_as_due`."""

    expected = "a warning above 80 and above 95 % with what could be removed, none below, and figures as on disk"

    def lack(self, item: Any) -> str:
        """Say which warning is missing or too much, or which figure is wrong."""
        wrong = self._warning(item) or self._figures(item)
        return f"at {item.percent:g} %: {wrong}" if wrong else ""

    def _warning(self, item: Fullness) -> str:
        low = [each for each in item.alerts if each["alert_type"] == "storage_low"]
        told = [each["priority"] for each in item.health["recommendations"] if each["type"] == "storage"]
        begun = [each["severity"] for each in low if each["severity"] != "info"]
        due = [] if item.due == NO_WARNING else [item.due]
        for where, found in (("the recommendations", told), ("the alerts", begun)):
            if found != due:
                return f"{where} warn {', '.join(found) or 'of nothing'} instead of {item.due}"
        candidates = need(item.storage, "cleanup_suggestions", dict, "the storage")["candidates"]
        if due and not candidates:
            return "nothing is shown that could be removed"
        return ""

    def _figures(self, item: Fullness) -> str:
        summary = need(item.storage, "storage_summary", dict, "the storage")
        for name, real in (
            ("total_capacity_gb", item.capacity),
            ("used_space_gb", item.used),
            ("available_space_gb", item.capacity - item.used),
        ):
            if differs(summary[name] * GB, real):
                return (
                    f"{name.replace('_gb', '').replace('_', ' ')} is told as {summary[name] * GB:.0f} bytes of {real}"
                )
        percent = item.used / item.capacity * 100
        for told in (summary["usage_percent"], item.health["system_health"]["storage_usage_percent"]):
            if abs(told - percent) > PERCENT_ROUNDED:
                return f"it is told as {told:g} % full, it is {percent:.1f} %"
        listed = {each["model_id"]: each["size_gb"] * GB for each in item.storage["models_storage"]}
        for name, real in item.sizes.items():
            if differs(listed.get(name, 0.0), real):
                return f"{name} is told with {listed.get(name, 0):.0f} bytes of {real}"
        return ""


def warned_as_due() -> WarnedAsDue:
    """Match what is told of a storage that is so full."""
    return WarnedAsDue()


@dataclass(frozen=True)
class Freeing:
    """Something that frees space or only says so: bytes told, and files and bytes before and after.

    `free_before` and `free_after` are the free bytes that the hub tells; `missing_after` says whether every model that
    was told as removed is shown as missing.
    """

    what: str
    told_bytes: float
    removed: Sequence[str]
    before: Mapping[str, int]
    after: Mapping[str, int]
    free_before: float
    free_after: float
    missing_after: bool

    @property
    def real_bytes(self) -> int:
        """The bytes that are gone from the disk."""
        return sum(self.before.values()) - sum(self.after.values())


class FreesWhatItTells(Lacking[Freeing]):
    """Match something that removed models and freed the bytes that it told."""

    expected = "the bytes told to be the bytes freed, and the model to be missing"

    def lack(self, item: Any) -> str:
        """Say what was freed instead."""
        if not item.removed or not item.real_bytes:
            return (
                f"{item.what}: {item.told_bytes:.0f} bytes are told as freed, {item.real_bytes} are gone from the disk"
            )
        if differs(item.told_bytes, item.real_bytes):
            return f"{item.what}: {item.told_bytes:.0f} bytes are told as freed, {item.real_bytes} are"
        if differs(item.free_after - item.free_before, item.real_bytes):
            return f"{item.what}: the free space grew by {item.free_after - item.free_before:.0f} of {item.real_bytes}"
        left = [path for path in item.after if path.split("/")[0] in item.removed]
        if left:
            return f"{item.what}: {len(left)} files of {', '.join(item.removed)} are left"
        return "" if item.missing_after else f"{item.what}: {', '.join(item.removed)} is not shown as missing"


def frees_what_it_tells() -> FreesWhatItTells:
    """Match something that freed what it told."""
    return FreesWhatItTells()


class FreesNothing(Lacking[Freeing]):
    """Match something that freed nothing and claims nothing."""

    expected = "nothing to be told as freed, and every file to stay"

    def lack(self, item: Any) -> str:
        """Say what is gone or claimed."""
        if item.before != item.after:
            return f"{item.what}: {item.real_bytes} bytes are gone"
        return f"{item.what}: {item.told_bytes:.0f} bytes are told as freed" if item.told_bytes else ""


def frees_nothing() -> FreesNothing:
    """Match something that freed nothing and claims nothing."""
    return FreesNothing()


@dataclass(frozen=True)
class Proposal:
    """What a clean-up proposed, and what the rules take, in their order. `words` names the models for the owner."""

    what: str
    proposed: Sequence[str]
    due: Sequence[str]
    space_to_free: float
    due_to_free: float
    words: Mapping[str, str]

    def named(self, names: Sequence[str]) -> str:
        """Give models by their words."""
        return ", ".join(self.words.get(name, name) for name in names) or "nothing"


class ProposedAsDue(Lacking[Proposal]):
    """See `proposed_as_due`."""

    expected = "the least used models first and only as many as needed, never a preferred, recent or busy one"

    def lack(self, item: Any) -> str:
        """Say what was proposed instead."""
        if list(item.proposed) != list(item.due):
            return f"{item.what}: proposed is {item.named(item.proposed)} instead of {item.named(item.due)}"
        if differs(item.space_to_free, item.due_to_free):
            return f"{item.what}: {item.space_to_free:.0f} bytes are to be freed instead of {item.due_to_free:.0f}"
        return ""


def proposed_as_due() -> ProposedAsDue:
    """Match the proposal of a clean-up."""
    return ProposedAsDue()


@dataclass(frozen=True)
class Forgotten:
    """What is told of models a month after their last use: recommended for removal, and proposed by a clean-up."""

    models: Sequence[str]
    recommended: Sequence[str]
    proposed: Sequence[str]


class RecommendedForRemoval(Lacking[Forgotten]):
    """Match models that are recommended for removal because nobody used them for a month."""

    expected = "every model that nobody used for 30 days to be recommended for removal and proposed by a clean-up"

    def lack(self, item: Any) -> str:
        """Name the models that are not."""
        for where, names in (("recommended", item.recommended), ("proposed", item.proposed)):
            lost = [name for name in item.models if name not in names]
            if lost:
                return f"{len(lost)} of {len(item.models)} are not {where}"
        return ""


def recommended_for_removal() -> RecommendedForRemoval:
    """Match models that are recommended for removal."""
    return RecommendedForRemoval()
