"""Matchers for ways out: set-up instructions that work, waits that come true, mock results that say what they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Task

SIZE = re.compile(r"(\d+(?:\.\d+)?) MB")
CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
SIZE_ROUNDED_MB = 0.06
MOCK = re.compile(r"\bmock\b", re.IGNORECASE)


@dataclass(frozen=True)
class Instructions:
    """The steps that were given, the sizes of the published models in MB, and what following them ended in.

    `named` is the first model that the steps name (empty if none), `ended` its availability after they were followed.
    """

    steps: tuple[str, ...]
    sizes: Mapping[str, float]
    named: str
    ended: str


class ClearSteps(Lacking[Instructions]):
    """See `clear_steps`."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.expected = f"at least {least} sentences that name a model, its size and its download"

    def lack(self, item: Any) -> str:
        """Say what the steps leave out."""
        sentences = [step for step in item.steps if " " in step.strip()]
        if len(sentences) < self.least:
            return f"there were {len(sentences)} sentences"
        text = " ".join(sentences)
        if not item.named:
            return f"no published model is named in {text!r}"
        if "download" not in text.lower():
            return f"no download is named in {text!r}"
        sizes = [float(size) for size in SIZE.findall(text)]
        if not any(abs(size - item.sizes[item.named]) <= SIZE_ROUNDED_MB for size in sizes):
            return f"the size of {item.named} is {item.sizes[item.named]:.1f} MB, {text!r} does not say so"
        return ""


def clear_steps(least: int) -> ClearSteps:
    """Match instructions of at least so many sentences that name a model, its true size and its download."""
    return ClearSteps(least)


class LedToAModel(Lacking[Instructions]):
    """See `that_lead_to_a_model`."""

    expected = "instructions that end in an available model when they are followed"

    def lack(self, item: Any) -> str:
        """Say where they ended."""
        return "" if item.ended == "available" else f"following them, {item.named or 'no model'} was {item.ended}"


def that_lead_to_a_model() -> LedToAModel:
    """Match instructions that worked."""
    return LedToAModel()


@dataclass(frozen=True)
class Promise:
    """A wait that was promised right after a download began, and how long it took from then on (seconds)."""

    model_id: str
    told: Mapping[str, Any]
    real: float

    @property
    def promised(self) -> list[float]:
        """The promised seconds, as a clock and in minutes; those that were not told are left out."""
        clock = CLOCK.fullmatch(self.told["fallback_strategy"]["estimated_wait_time"] or "")
        minutes = (self.told["wait_time_estimate"] or {}).get("estimated_minutes")
        hours = (
            [sum(int(part) * unit for part, unit in zip(clock.groups(), (3600, 60, 1), strict=True))] if clock else []
        )
        return [float(each) for each in hours] + ([float(minutes) * 60] if minutes is not None else [])

    @property
    def factor(self) -> float:
        """By which factor the worse of the two promises is off; infinite where one is missing or nothing."""
        if len(self.promised) < 2 or min(self.promised) <= 0:
            return float("inf")
        return max(max(each / self.real, self.real / each) for each in self.promised)


class CameTrue(Lacking[Promise]):
    """See `that_came_true`."""

    def __init__(self, factor: float) -> None:
        self.factor = factor
        self.expected = f"a promised wait within a factor of {factor:g} of the real one"

    def lack(self, item: Any) -> str:
        """Say what was promised and what it took."""
        if item.factor <= self.factor:
            return ""
        promised = " and ".join(f"{each:.0f} s" for each in item.promised) or "nothing"
        return f"for {item.model_id} it promised {promised}, and it took {item.real:.1f} s"


def that_came_true(factor: float) -> CameTrue:
    """Match a promise that was at most this factor off, either way."""
    return CameTrue(factor)


class MayWait(Lacking[Promise]):
    """See `with_leave_to_wait`."""

    expected = "the advice to let the request wait, and the leave to do so"

    def lack(self, item: Any) -> str:
        """Say what was advised instead."""
        strategy = item.told["fallback_strategy"]
        if strategy["strategy_type"] == "queue_and_wait" and strategy["can_queue_request"] is True:
            return ""
        leave = "" if strategy["can_queue_request"] else "not "
        return f"for {item.model_id} the advice is {strategy['strategy_type']}, it may {leave}wait"


def with_leave_to_wait() -> MayWait:
    """Match a promise that comes with the advice to wait."""
    return MayWait()


@dataclass(frozen=True)
class Result:
    """A generation as it was taken, as it was listed at its end, and what the engine got of it (None: unknown)."""

    model_id: str
    taken: Mapping[str, Any]
    task: Task
    calls: int | None


class LabelledMock(Lacking[Result]):
    """See `labelled_as_mock`."""

    expected = "a result that is called a mock everywhere, with the way to the real one"

    def lack(self, item: Any) -> str:
        """Say where it is not called so."""
        told = item.taken
        if told["real_ai_enabled"] is not False or told["generation_mode"] != "mock":
            return f"it is taken as {told['generation_mode']}, and real is {told['real_ai_enabled']}"
        if not MOCK.search(told["message"] or ""):
            return f"the message {told['message']!r} does not say mock"
        way = told["upgrade_path"] or ""
        if item.model_id not in way or "download" not in way.lower():
            return f"the way to the real one is {told['upgrade_path']!r}"
        if item.task.mode != "mock" or item.task.status != "completed":
            return f"the list calls it {item.task.mode}, and it is {item.task.status}"
        return f"the engine was asked {item.calls} times for it" if item.calls else ""


def labelled_as_mock() -> LabelledMock:
    """Match a mock result that says everywhere that it is one."""
    return LabelledMock()


class Real(Lacking[Result]):
    """See `real_without_label`."""

    expected = "a real result that is called real, and nowhere a mock"

    def lack(self, item: Any) -> str:
        """Say what shows that it is none, or is called none."""
        told = item.taken
        if told["real_ai_enabled"] is not True or told["generation_mode"] != "real" or told["upgrade_path"]:
            return f"it is taken as {told['generation_mode']}, the way to the real one is {told['upgrade_path']!r}"
        if MOCK.search(told["message"] or ""):
            return f"the message is {told['message']!r}"
        if item.task.mode != "real" or item.task.status != "completed":
            return f"the list calls it {item.task.mode}, and it is {item.task.status}"
        return "it is called real, and the engine was never asked for it" if item.calls == 0 else ""


def real_without_label() -> Real:
    """Match a real result without the label of a mock."""
    return Real()


def worst(promises: Sequence[Promise]) -> float:
    """Give the factor by which the worst of several promises was off."""
    return max(promise.factor for promise in promises)
