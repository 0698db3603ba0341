"""Matchers for a full storage: refused or stopped with a clear message, harmless for what is there, and overcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.guidance import LEAST_WORDS, lacks_advice
from countersign.expect.words import said
from countersign.systems.modelhub.model import MB, Progress, Status
from countersign.systems.modelhub.sent import Sent
from countersign.transport.answer import Answer

REFUSED, CODE = 507, "INSUFFICIENT_STORAGE"
WAYS_OUT = ("clean-up", "clean up", "delete", "free", "space", "remove")


@dataclass(frozen=True)
class TooLarge:
    """The answer to a start for which there is no room, and the bytes that came all the same.

    `sent` is None where the source cannot be asked; `on_disk` is how much the storage grew.
    """

    answer: Answer
    sent: int | None
    on_disk: int


class RefusedBeforeAnyByte(Lacking[TooLarge]):
    """Match a download that was refused for want of room before anything was fetched."""

    expected = "a download for which there is no room to be refused with the missing space and a way out"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if item.answer.status != REFUSED:
            return f"it was taken with {item.answer.status} instead of refused"
        told = item.answer.json()
        sentence, hint = str(told.get("detail") or ""), str(told.get("hint") or "")
        if told.get("code") != CODE or len(sentence.split()) < LEAST_WORDS:
            return f"the reason given is {sentence!r} ({told.get('code')})"
        if not said(hint, WAYS_OUT):
            return f"the way out given is {hint!r}"
        if item.sent or item.on_disk:
            return f"{item.sent or 0} bytes left the source and {item.on_disk} are on disk all the same"
        return ""


def refused_before_any_byte() -> RefusedBeforeAnyByte:
    """Match a start that was refused with the right words, and of which nothing came."""
    return RefusedBeforeAnyByte()


@dataclass(frozen=True)
class Stopped:
    """A download on whose way the storage became full: seconds from then to its end, None if it went on."""

    after: float | None
    progress: Progress


class StoppedWithin(Lacking[Stopped]):
    """See `stopped_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a download stopped within {limit:g} s after the storage was full, with a clear message"

    def lack(self, item: Any) -> str:
        """Say how it went on, or what the message lacks."""
        last = item.progress
        if item.after is None:
            return f"it went on, it is {last.status} at {last.percent:g} percent"
        if (last.status, last.failure_reason) != ("failed", "disk_full"):
            return f"it is {last.status} because of {last.failure_reason}"
        trouble = lacks_advice(last.error or "", last.guidance, WAYS_OUT)
        if trouble:
            return f"it {trouble}"
        return f"it was stopped after {item.after:.1f} s" if item.after > self.limit else ""


def stopped_within(limit: float) -> StoppedWithin:
    """Match a download that failed in time because the storage was full, with a sentence and fitting things to do."""
    return StoppedWithin(limit)


@dataclass(frozen=True)
class OtherModel:
    """A model that was installed before: whether its files are right by the hub's own word, and how it is told."""

    model_id: str
    told: Mapping[str, Any]
    status: Status


class StaysIntact(Lacking[OtherModel]):
    """Match an installed model that a full storage left as it was."""

    expected = "an installed model that is whole and available although the storage is full"

    def lack(self, item: Any) -> str:
        """Say what became of it."""
        if not item.told.get("is_valid"):
            return f"{item.model_id} is not right any more: {item.told.get('details')}"
        return "" if item.status.is_available else f"{item.model_id} is told as {item.status.availability}"


def stays_intact() -> StaysIntact:
    """Match an installed model that is right and available."""
    return StaysIntact()


@dataclass(frozen=True)
class InUse:
    """What stands where models are used while the storage is full: files that are not the published ones, by name.

    `offered` says whether the model that could not arrive is offered for use.
    """

    wrong: Sequence[str]
    offered: bool


class NothingHalfWritten(Lacking[InUse]):
    """Match a store in which nothing half-written is in use."""

    expected = "nothing half-written in use"

    def lack(self, item: Any) -> str:
        """Name what is."""
        if item.wrong:
            return f"{', '.join(item.wrong)} is half-written or damaged"
        return "the model that could not arrive is offered for use" if item.offered else ""


def nothing_half_written() -> NothingHalfWritten:
    """Match a store in which every file in use has the published bytes."""
    return NothingHalfWritten()


@dataclass(frozen=True)
class WentOn:
    """The download after space was freed, and its model by the hub's own word.

    `sent` is what left the source for both attempts together, None where it cannot be asked; `size` what is published.
    """

    progress: Progress
    told: Mapping[str, Any]
    sent: Sent | None
    size: int


class ResumedToTheEnd(Lacking[WentOn]):
    """Match a download that a new start led to its end from the bytes that were there."""

    expected = "a new start after freeing space to go on from the bytes held, up to a model that is right"

    def lack(self, item: Any) -> str:
        """Say what is missing."""
        last = item.progress
        if last.status != "completed":
            return f"it is {last.status} ({last.failure_reason})"
        if not item.told.get("is_valid"):
            return f"the model is not right: {item.told.get('details')}"
        if float(last.raw["resumed_from_mb"]) <= 0:
            return "it began anew, nothing that was there was used"
        twice = 0 if item.sent is None else item.sent.size - item.size
        return f"{twice / MB:.2f} MB were fetched twice" if twice > MB else ""


def resumed_to_the_end() -> ResumedToTheEnd:
    """Match a download that went on after space was freed."""
    return ResumedToTheEnd()
