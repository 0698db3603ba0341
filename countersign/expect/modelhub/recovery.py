"""Matchers for recoveries: what is told, what became of the cause, the pause, and the statistics."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer

SUCCESS, NO_SUCCESS, NOT_APPLICABLE = "success", "no success", "not applicable"
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    SUCCESS: ("recovered", "in_progress"),
    NO_SUCCESS: ("degraded", "failed"),
    NOT_APPLICABLE: ("not_applicable",),
}
"""The outcomes that may be told, by the words of the features."""
ROUNDED_SECONDS = 1.5
"""By how much the told seconds of a pause may differ: they are whole, and the answer takes its time."""


@dataclass(frozen=True)
class Recovery:
    """A recovery in one situation: what was due, the answer, how mock results were afterwards, and what became of it.

    `mock` and `degraded` are as they were told last. `gone_after` is how long the cause needed to be gone, None if it
    was not; `still` says how it was then. `again` is the answer to the same once more, `again_after` seconds later.
    """

    failure: str
    failure_type: str
    situation: str
    due: str
    mock_due: bool
    answer: Answer
    mock: bool
    degraded: bool
    gone_after: float | None
    still: str
    again: Answer
    again_after: float

    @property
    def words(self) -> str:
        """The failure and its situation."""
        return f"'{self.failure}' ({self.situation})"

    @property
    def told(self) -> Mapping[str, Any]:
        """The facts of the answer."""
        told: Mapping[str, Any] = self.answer.json()
        return told


class ToldAsDue(Lacking[Recovery]):
    """See `told_as_due`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"what is true to be told within {limit:g} s, and mock results to be on only where they must be"

    def lack(self, item: Any) -> str:
        """Say what was told, or how mock results are."""
        told, outcome = item.told, item.told.get("outcome")
        if outcome not in OUTCOMES[item.due] or told.get("success") is not (item.due == SUCCESS):
            cause = f", and the cause is still there: {item.still}" if item.still else ""
            success = "success" if told.get("success") else "no success"
            return f"{item.words}: {success} was told ({outcome}) instead of {item.due}{cause}"
        if told.get("failure_type") != item.failure_type or not told.get("message") or not told.get("action_taken"):
            return f"{item.words}: it is not told what was done about what"
        if item.answer.seconds > self.limit:
            return f"{item.words}: it was answered after {item.answer.seconds:.2f} s"
        for flag, is_on in (("mock results", item.mock), ("the degraded mode", item.degraded)):
            if is_on is not item.mock_due:
                return f"{item.words}: {flag} {'are' if flag.endswith('s') else 'is'} told to be {_on(is_on)}"
        return ""


def told_as_due(limit: float) -> ToldAsDue:
    """Match a recovery that told within so many seconds what is true."""
    return ToldAsDue(limit)


class CauseGone(Lacking[Recovery]):
    """See `cause_gone`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the cause to be gone {limit:g} s after success was told"

    def lack(self, item: Any) -> str:
        """Say that it is still there."""
        if item.gone_after is None:
            return f"{item.words}: success was told ({item.told.get('outcome')}), and {item.still or 'it is still so'}"
        return (
            "" if item.gone_after <= self.limit else f"{item.words}: the cause was gone after {item.gone_after:.1f} s"
        )


def cause_gone(limit: float) -> CauseGone:
    """Match a recovery that told success and whose cause was gone in time."""
    return CauseGone(limit)


class RefusedInPause(Lacking[Recovery]):
    """See `refused_in_pause`."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.expected = f"the same recovery to be refused for {pause:g} s, with the seconds that are left"

    def lack(self, item: Any) -> str:
        """Say what was answered to the second try."""
        told = item.again.json()
        if told.get("recovery_triggered") is not False or told.get("success") is not False:
            return f"{item.words}: a second recovery after {item.again_after:.1f} s was begun"
        numbers = [int(each) for each in re.findall(r"\d+", str(told.get("message")))]
        left = self.pause - item.again_after
        if not any(abs(number - left) <= ROUNDED_SECONDS for number in numbers):
            return f"{item.words}: {left:.1f} s were left of the pause, and {told.get('message')!r} was told"
        return ""


def refused_in_pause(pause: float) -> RefusedInPause:
    """Match a recovery of which a second try within the pause was refused."""
    return RefusedInPause(pause)


@dataclass(frozen=True)
class Statistics:
    """The statistics before and after some recoveries."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    made: Sequence[Recovery] = ()


class CountedRight(Lacking[Statistics]):
    """See `counted_right`."""

    expected = "the statistics to count every recovery that was begun, its success and their share, and nothing else"

    def lack(self, item: Any) -> str:
        """Name the first figure that is wrong."""
        begun = [each for each in item.made if each.told.get("recovery_triggered") is True]
        good = sum(each.told.get("success") is True for each in begun)
        for name, due in (("total_attempts", len(begun)), ("successful_attempts", good)):
            counted = item.after[name] - item.before[name]
            if counted != due:
                return f"{counted} {name.replace('_', ' ')} were counted for {due}"
        total, successful = item.after["total_attempts"], item.after["successful_attempts"]
        if total and abs(item.after["success_rate"] - successful / total) > 0.001:
            return f"the share of successes is told as {item.after['success_rate']}, it is {successful / total:.3f}"
        due_types = Counter(each.failure_type for each in begun)
        for name, wanted in due_types.items():
            counted = item.after["failure_types"].get(name, 0) - item.before["failure_types"].get(name, 0)
            if counted != wanted:
                return f"{counted} recoveries from {name} were counted for {wanted}"
        for name in ("failure_types", "recovery_actions"):
            if sum(item.after[name].values()) != total:
                return f"the {name.replace('_', ' ')} add up to {sum(item.after[name].values())} of {total}"
        return ""


def counted_right() -> CountedRight:
    """Match statistics that count what was done between."""
    return CountedRight()


@dataclass(frozen=True)
class OddRecovery:
    """A recovery that makes no sense, in words, how it has to be refused, and the answer."""

    what: str
    due: int
    answer: Answer


class RefusedAsMistake(Lacking[OddRecovery]):
    """See `refused_as_mistake`."""

    expected = "a recovery that makes no sense to be refused as the caller's mistake, with a sentence"

    def lack(self, item: Any) -> str:
        """Say what was answered."""
        if item.answer.status != item.due:
            return f"{item.what} was answered with {item.answer.status} instead of {item.due}"
        return "" if item.answer.json().get("detail") else f"{item.what} was refused without a sentence"


def refused_as_mistake() -> RefusedAsMistake:
    """Match a recovery that makes no sense and was refused."""
    return RefusedAsMistake()


def _on(is_on: bool) -> str:
    return "on" if is_on else "off"
