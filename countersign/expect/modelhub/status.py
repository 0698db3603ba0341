"""Matchers for the detailed status of models: complete, consistent, and right in every state of a model's life."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Status

TEXT, MAYBE_TEXT = (str,), (str, type(None))
NUMBER, MAYBE_NUMBER = (int, float), (int, float, type(None))
FACTS: Mapping[str, tuple[type, ...]] = {
    "model_id": TEXT,
    "availability_status": TEXT,
    "is_available": (bool,),
    "is_loaded": (bool,),
    "size_mb": NUMBER,
    "download_progress": MAYBE_NUMBER,
    "missing_files": (list,),
    "integrity_score": NUMBER,
    "last_health_check": MAYBE_TEXT,
    "performance_score": MAYBE_NUMBER,
    "corruption_detected": (bool,),
    "usage_frequency": NUMBER,
    "last_used": MAYBE_TEXT,
    "average_generation_time": MAYBE_NUMBER,
    "can_pause_download": (bool,),
    "can_resume_download": (bool,),
    "estimated_download_time": MAYBE_TEXT,
    "current_version": MAYBE_TEXT,
    "latest_version": MAYBE_TEXT,
    "update_available": (bool,),
    "available_actions": (list,),
    "source_reachable": (bool,),
}
"""What the detailed status says of every model (contract, section 3.2)."""

CLOCK = re.compile(r"\d+:\d\d:\d\d")
GB_ROUNDED = 0.00001
SCORE_ROUNDED = 0.0006
TRANSFERRING = frozenset({"queued", "downloading", "paused"})


@dataclass(frozen=True)
class Looked:
    """The detailed status of every model in one state of the life of one of them.

    `state` is the availability that was due, `seconds` how long it took until it was shown. `percent` is how far the
    transfer itself says it is, None without one. `known` are versions the model may have, empty if nobody can tell.
    """

    state: str
    model_id: str
    models: Mapping[str, Status]
    totals: Mapping[str, Any]
    seconds: float
    percent: float | None = None
    known: str = ""

    @property
    def model(self) -> Status:
        """The status of the model this is about."""
        return self.models[self.model_id]


class TellsEverything(Lacking[Looked]):
    """See `telling_everything`."""

    expected = "a status that tells everything about every model, without contradicting itself"

    def lack(self, item: Any) -> str:
        """Say what is missing or contradicts what."""
        for name, status in item.models.items():
            if wrong := _incomplete(status) or _contradiction(status):
                return f"when {item.model_id} was {item.state}, {name} {wrong}"
        return _sums(item)


def telling_everything() -> TellsEverything:
    """Match a status in which no model lacks a fact, none contradicts itself, and the totals equal the list."""
    return TellsEverything()


def _incomplete(status: Status) -> str:
    for fact, kinds in FACTS.items():
        if fact not in status.raw:
            return f"has no {fact}"
        value = status.raw[fact]
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            return f"says {value!r} as its {fact}"
    return ""


def _contradiction(status: Status) -> str:
    raw, actions = status.raw, status.actions
    pairs = {
        "generate": status.is_available,
        "pause": raw["can_pause_download"],
        "resume": raw["can_resume_download"],
    }
    for action, possible in pairs.items():
        if (action in actions) != possible:
            return f"offers {', '.join(actions) or 'nothing'} although {action} is {'' if possible else 'not '}possible"
    if status.is_available and (status.missing_files or status.integrity_score < 1):
        return f"is ready although {len(status.missing_files)} files are missing, integrity {status.integrity_score:g}"
    return ""


def _sums(item: Looked) -> str:
    states = [status.availability for status in item.models.values()]
    due = {
        "total_models": len(states),
        "available_models": sum(status.is_available for status in item.models.values()),
        "downloading_models": states.count("downloading"),
        "corrupted_models": states.count("corrupted"),
    }
    wrong = [f"{name} {item.totals.get(name)!r} instead of {value}" for name, value in due.items()]
    wrong = [text for text, (name, value) in zip(wrong, due.items(), strict=True) if item.totals.get(name) != value]
    size = sum(status.size_mb for status in item.models.values()) / 1024
    told = item.totals.get("total_size_gb")
    if not isinstance(told, (int, float)) or abs(told - size) > GB_ROUNDED:
        wrong.append(f"total_size_gb {told!r} instead of {size:.6f}")
    return f"when {item.model_id} was {item.state} the totals said {', '.join(wrong)}" if wrong else ""


@dataclass(frozen=True)
class Due:
    """What is due in one state: usable, how far, which version, how whole (0 to 1), and what at least can be done."""

    state: str
    usable: bool
    progress: bool
    version: bool
    whole: float | None
    actions: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Due":
        """Read a row of the table of a feature."""
        actions = tuple(each.strip() for each in row["can be done"].split(","))
        whole = None if row["whole"] == "-" else float(row["whole"])
        shown = {name: row[name] == "yes" for name in ("usable", "progress", "version")}
        return cls(row["state"], whole=whole, actions=actions, **shown)


class AsDue(Lacking[tuple[Due, Looked]]):
    """See `as_due`."""

    expected = "the status that is due in each state"

    def lack(self, item: Any) -> str:
        """Say what is otherwise."""
        due, looked = item
        status: Status = looked.model
        wrong = _wrong_values(due, looked)
        missing = [action for action in due.actions if action not in status.actions]
        if missing:
            wrong.append(f"{', '.join(missing)} is not offered but {', '.join(status.actions) or 'nothing'}")
        return f"{status.model_id} was {due.state}: {'; '.join(wrong)}" if wrong else ""


def _wrong_values(due: Due, looked: Looked) -> list[str]:
    status, wrong = looked.model, []
    if status.availability != due.state:
        wrong.append(f"shown as {status.availability}")
    if status.is_available != due.usable:
        wrong.append(f"usable is {status.is_available}")
    if (status.progress is not None) != due.progress:
        wrong.append(f"its progress is {status.progress}")
    if due.state == "paused" and status.progress != looked.percent:
        wrong.append(f"its progress is {status.progress} where the transfer says {looked.percent}")
    if due.state in TRANSFERRING and not CLOCK.fullmatch(status.raw["estimated_download_time"] or ""):
        wrong.append(f"the time left is {status.raw['estimated_download_time']!r}")
    if (status.current_version is not None) != due.version:
        wrong.append(f"its version is {status.current_version}")
    if due.version and looked.known and status.current_version != looked.known:
        wrong.append(f"its version is {status.current_version} instead of {looked.known}")
    if due.whole is not None and abs(status.integrity_score - due.whole) > SCORE_ROUNDED:
        wrong.append(f"its integrity is {status.integrity_score:g} instead of {due.whole:g}")
    if due.state not in TRANSFERRING and status.raw["corruption_detected"] != (due.state == "corrupted"):
        wrong.append(f"damage is {'' if status.raw['corruption_detected'] else 'not '}told")
    return wrong


def as_due() -> AsDue:
    """Match a pair of what is due in a state and what was seen in it."""
    return AsDue()


@dataclass(frozen=True)
class Sampled:
    """One look during a transfer: what the transfer was just before and just after, and the availability between."""

    before: str
    shown: str
    generate: bool
    after: str


class NeverTooEarly(Lacking[Sequence[Sampled]]):
    """See `never_ready_too_early`."""

    expected = "a model that is not shown as usable before its transfer is completed"

    def lack(self, item: Any) -> str:
        """Say in which state of the transfer it was shown as usable."""
        if not item:
            return "nobody looked while it was on its way"
        for look in item:
            if look.after != "completed" and (look.shown == "available" or look.generate):
                return f"it was shown as {look.shown} and generate was offered while its transfer was {look.after}"
        return ""


def never_ready_too_early() -> NeverTooEarly:
    """Match looks of which none shows the model as usable while its transfer is not completed."""
    return NeverTooEarly()


@dataclass(frozen=True)
class Incomplete:
    """What was said of the files of a model that is not whole. `lost` lack on the disk, `present` lie there."""

    lost: tuple[str, ...]
    present: tuple[str, ...]
    status: tuple[str, ...]
    validation: tuple[str, ...]
    issues: tuple[str, ...]


class NamesWhatIsMissing(Lacking[Incomplete]):
    """See `naming_what_is_missing`."""

    expected = "exactly the files that are missing, in the status, the health and the validation"

    def lack(self, item: Any) -> str:
        """Say where something else is named."""
        for place, told in (("status", item.status), ("validation", item.validation)):
            if sorted(told) != sorted(item.lost):
                return f"missing are {', '.join(item.lost)}, the {place} names {', '.join(told) or 'none'}"
        sentences = " ".join(item.issues)
        silent = [name for name in item.lost if name not in sentences]
        if silent:
            return f"missing are {', '.join(item.lost)}, the health does not name {', '.join(silent)}"
        wrong = [name for name in item.present if name in sentences]
        return f"the health names {', '.join(wrong)}, which is there" if wrong else ""


def naming_what_is_missing() -> NamesWhatIsMissing:
    """Match what was said of a model that is not whole if every place names its missing files and no other."""
    return NamesWhatIsMissing()
