"""Matchers for how the hub judges damaged models, and for what it does about damage without being asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Health, Status, need

KINDS = {
    "none": frozenset[str](),
    "wrong contents": frozenset({"checksum_mismatch"}),
    "incomplete": frozenset({"incomplete_download"}),
    "unreadable": frozenset({"invalid_format"}),
    "missing file": frozenset({"file_missing"}),
}
"""Kinds of damage by the words of the features."""

USABLE = frozenset({"healthy", "degraded"})
SCORE_ROUNDED = 0.001


def kinds_of(words: str) -> frozenset[str]:
    """Give the kinds of damage that a cell of a table names ("missing file, wrong contents")."""
    return frozenset[str]().union(*(KINDS[word.strip()] for word in words.split(",")))


@dataclass(frozen=True)
class Due:
    """How a model has to be judged after something happened to its files. `score` is a number, or "below 1"."""

    what: str
    health: str
    kinds: frozenset[str]
    score: str
    availability: str


@dataclass(frozen=True)
class Judged:
    """How the hub judged a model: by a look at its files of two kinds, and by health and status afterwards."""

    due: Due
    verified: Mapping[str, Any]
    validated: Mapping[str, Any]
    health: Health
    status: Status
    gone: tuple[str, ...] = ()


class JudgedAsDue(Lacking[Judged]):
    """See `judged_as_due`."""

    expected = "every state of the files recognised for what it is, and the same told everywhere"

    def lack(self, item: Any) -> str:
        """Say what the hub told otherwise."""
        wrong = _wrong(item)
        return f"{item.due.what}: {wrong}" if wrong else ""


def judged_as_due() -> JudgedAsDue:
    """Match what the hub tells of a model after something happened to its files."""
    return JudgedAsDue()


def _wrong(item: Judged) -> str:
    due, health, status = item.due, item.health, item.status
    if health.status != due.health:
        return f"its health is {health.status} instead of {due.health}"
    if frozenset(health.corruption_types) != due.kinds:
        named, wanted = _named(health.corruption_types), _named(due.kinds)
        return f"the kind of damage is told as {named} instead of {wanted}"
    if not _scored(health.integrity_score, due.score):
        return f"its integrity is {health.integrity_score:g} instead of {due.score}"
    if status.availability != due.availability:
        return f"it is shown as {status.availability} instead of {due.availability}"
    if abs(status.integrity_score - health.integrity_score) > SCORE_ROUNDED:
        return f"status tells an integrity of {status.integrity_score:g}, health one of {health.integrity_score:g}"
    return _disagreement(item)


def _disagreement(item: Judged) -> str:
    good = item.due.health in USABLE
    state = "valid" if good else "not_available" if item.due.health == "missing" else "corrupted"
    told = need(item.validated, "integrity_status", str, "a validation")
    if told != state or item.validated["is_valid"] is not good:
        return f"validating tells {told.replace('_', ' ')}, health {item.health.status}"
    if need(item.verified, "is_valid", bool, "a verification") is not good:
        return f"verifying tells {'good' if not good else 'damaged'}, health {item.health.status}"
    if good and (item.health.is_healthy is not (item.due.health == "healthy") or not item.status.is_available):
        return f"its health is {item.health.status}, and yet it is not shown as usable"
    if not good and (item.health.is_healthy or item.status.is_available):
        return f"its health is {item.health.status}, and yet it is shown as usable"
    if item.gone:
        for where, names in (("validating", item.validated["missing_files"]), ("status", item.status.missing_files)):
            if sorted(names) != sorted(item.gone):
                return f"{where} names {_listed(names)} as missing, {_listed(item.gone)} is"
    return ""


def _named(kinds: Sequence[str] | frozenset[str]) -> str:
    words = [word for word, each in KINDS.items() if each and each <= frozenset(kinds)]
    return ", ".join(words) or "none"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _scored(score: float, due: str) -> bool:
    return score < 1 if due == "below 1" else abs(score - float(due)) <= SCORE_ROUNDED


@dataclass(frozen=True)
class Noticed:
    """What the hub told and did by itself after a model was damaged. Times in seconds after the damage, None: never."""

    what: str
    model_id: str
    harmed: tuple[str, ...]
    warning: Mapping[str, Any] = field(default_factory=dict)
    noticed_after: float | None = None
    repaired_after: float | None = None
    told_score: float | None = None
    files_right: bool = False
    files_untouched: bool = False


def times_noticed(found: Sequence[Noticed]) -> list[float]:
    """Give the seconds until each damage was told."""
    return [each.noticed_after for each in found if each.noticed_after is not None]


def times_repaired(found: Sequence[Noticed]) -> list[float]:
    """Give the seconds until each repair was told."""
    return [each.repaired_after for each in found if each.repaired_after is not None]


class NoticedWithin(Lacking[Noticed]):
    """See `noticed_within`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"the damage to be told within {seconds:g} s with the files it is in"

    def lack(self, item: Any) -> str:
        """Say what was not told."""
        if item.noticed_after is None or item.noticed_after > self.seconds:
            late = "was not told" if item.noticed_after is None else f"was told after {item.noticed_after:.1f} s"
            return f"{item.what}: the damage {late}"
        if not item.warning.get("severity") or not item.warning.get("repair_action"):
            return f"{item.what}: how grave it is and what can be done is not told"
        unnamed = [name for name in item.harmed if name not in item.warning.get("files", ())]
        return f"{item.what}: {', '.join(unnamed)} is not named as damaged" if unnamed else ""


def noticed_within(seconds: float) -> NoticedWithin:
    """Match damage that everybody was told of in time, with its files."""
    return NoticedWithin(seconds)


class RepairedWithin(Lacking[Noticed]):
    """See `repaired_within`."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.expected = f"the model to be whole again within {seconds:g} s, and to be told as healthy with integrity 1"

    def lack(self, item: Any) -> str:
        """Say what is still damaged, or told wrongly."""
        if item.repaired_after is None:
            return f"{item.what}: no repair was told, and the files are {'right' if item.files_right else 'damaged'}"
        if not item.files_right:
            return f"{item.what}: it is told as repaired, and its files are still damaged"
        if item.repaired_after > self.seconds:
            return f"{item.what}: it was repaired after {item.repaired_after:.1f} s"
        return "" if item.told_score == 1 else f"{item.what}: its integrity is told as {item.told_score}"


def repaired_within(seconds: float) -> RepairedWithin:
    """Match damage after which the files are as they were published, in time."""
    return RepairedWithin(seconds)


class LeftToTheUser(Lacking[Noticed]):
    """See `left_to_the_user`."""

    expected = "the user to be told that something is to be done, and nothing to be changed"

    def lack(self, item: Any) -> str:
        """Say what was done without being asked, or not told."""
        if item.warning.get("requires_user_action") is not True:
            return f"{item.what}: it is not said that somebody has to do something"
        if item.repaired_after is not None or not item.files_untouched:
            return f"{item.what}: the files were changed although automatic repair is off"
        return ""


def left_to_the_user() -> LeftToTheUser:
    """Match damage that was told and left as it is."""
    return LeftToTheUser()
