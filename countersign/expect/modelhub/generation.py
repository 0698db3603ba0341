"""Matchers for generations: refused with a way out, ended for good, cancelled for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Task
from countersign.transport.answer import Answer

STRATEGIES = frozenset({"alternative_model", "queue_and_wait", "download_and_retry", "mock_generation"})


@dataclass(frozen=True)
class Refusal:
    """A generation that was asked for on a model in a state, the own generations after it, and what the engine got.

    `calls` is None where nobody can tell.
    """

    state: str
    answer: Answer
    tasks: tuple[Task, ...]
    calls: int | None


class RefusedWithAWayOut(Lacking[Refusal]):
    """See `refused_with_a_way_out`."""

    expected = "a generation that is refused with a sentence and a next step, and that never begins"

    def lack(self, item: Any) -> str:
        """Say what came instead."""
        if wrong := _not_refused(item):
            return f"the model was {item.state}: {wrong}"
        if item.tasks:
            return f"the model was {item.state}: it was refused, and yet it is in the list as {item.tasks[0].status}"
        return f"the model was {item.state}: the engine was asked {item.calls} times" if item.calls else ""


def _not_refused(item: Refusal) -> str:
    due = 404 if item.state == "never heard of" else 409
    if item.answer.status != due:
        kind = "taken" if item.answer.status == 200 else f"answered with {item.answer.status}"
        return f"the generation was {kind} instead of refused with {due}"
    told = item.answer.json()
    if not _sentence(told.get("detail")):
        return f"the reason given is {told.get('detail')!r}, no sentence"
    if due == 404:
        return ""
    if not _sentence(told.get("hint")):
        return f"the next step given is {told.get('hint')!r}"
    fallback = told.get("fallback") or {}
    strategy = (fallback.get("fallback_strategy") or {}).get("strategy_type")
    if strategy not in STRATEGIES or not isinstance(fallback.get("suggestions"), list):
        return f"it is not said what to do instead, the strategy is {strategy!r}"
    return ""


def _sentence(text: Any) -> bool:
    return isinstance(text, str) and " " in text.strip()


def refused_with_a_way_out() -> RefusedWithAWayOut:
    """Match a generation that was refused, with a way out where the model is known, and left no trace."""
    return RefusedWithAWayOut()


@dataclass(frozen=True)
class Ended:
    """A generation that ended. `seconds` run from its beginning, `again` is the answer to cancelling it after its end.

    `way` is how the engine behaved, `after` the generation as it was listed after that.
    """

    way: str
    task: Task
    seconds: float
    again: int
    after: Task | None


class EndedAs(Lacking[Sequence[Ended]]):
    """See `ended_as`."""

    def __init__(self, due: str) -> None:
        self.due = due
        self.expected = f"each generation {'completed with a result' if due == 'completed' else 'failed with a reason'}"

    def lack(self, item: Any) -> str:
        """Say which one is not."""
        if not item:
            return "there was none"
        wrong = [text for text in (self._wrong(each) for each in item) if text]
        return f"{len(wrong)} of {len(item)} are not: {wrong[0]}" if wrong else ""

    def _wrong(self, each: Ended) -> str:
        told = f"the engine answered {each.way}: " if each.way != "plain" else ""
        if each.task.status != self.due:
            return f"{told}it is {each.task.status}"
        if self.due == "completed" and not each.task.output_path:
            return f"{told}it is completed without a result"
        if self.due == "failed" and not _sentence(each.task.error):
            return f"{told}it is failed and the reason is {each.task.error!r}"
        return f"{told}it is failed and has a result" if self.due == "failed" and each.task.output_path else ""


def ended_as(due: str) -> EndedAs:
    """Match generations that all are completed with a result, or all failed with a reason."""
    return EndedAs(due)


class CompletedWithResult(Lacking[Task]):
    """Match a generation that is completed and has a result."""

    expected = "a generation completed with a result"

    def lack(self, item: Any) -> str:
        """Say how it is instead."""
        if item.status != "completed":
            return f"the generation with {item.model_type} is {item.status} ({item.error})"
        return "" if item.output_path else f"the generation with {item.model_type} has no result"


def completed_with_result() -> CompletedWithResult:
    """Match a generation that brought a result."""
    return CompletedWithResult()


class ForGood(Lacking[Ended]):
    """See `for_good`."""

    expected = "a generation that stays as it ended, also when it is cancelled afterwards"

    def lack(self, item: Any) -> str:
        """Say what changed."""
        if item.again != 400:
            return f"cancelling it after its end was answered with {item.again} instead of refused"
        now = item.after.status if item.after else "in no list"
        return "" if now == item.task.status else f"it was {item.task.status} and then {now}"


def for_good() -> ForGood:
    """Match an end that nothing changes any more."""
    return ForGood()


@dataclass(frozen=True)
class Cancelled:
    """A generation that was cancelled while it was `begun` as a state: the answers, its frames, its state at last."""

    begun: str
    answers: tuple[int, int]
    frames: tuple[str, ...]
    at_last: str
    output: str | None


class CancelledForGood(Lacking[Cancelled]):
    """See `cancelled_for_good`."""

    expected = "a generation that is cancelled, tells so once, and is never heard of again"

    def lack(self, item: Any) -> str:
        """Say what came after the end."""
        first, second = item.answers
        if first != 200:
            return f"cancelling it while {item.begun} was answered with {first}"
        if second != 400:
            return f"cancelling it again was answered with {second} instead of refused"
        if item.at_last != "cancelled" or item.output:
            return f"it is {item.at_last}{' with a result' if item.output else ''} at last"
        if "cancelled" not in item.frames:
            return "nobody was told that it is cancelled"
        later = item.frames[item.frames.index("cancelled") + 1 :]
        return f"after it was told cancelled it was told {', '.join(later)}" if later else ""


def cancelled_for_good() -> CancelledForGood:
    """Match a generation that was cancelled and stayed so."""
    return CancelledForGood()
