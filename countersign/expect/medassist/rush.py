"""Matchers for predictions that were asked for at the same moment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import SystemFault
from countersign.expect.lacking import Lacking
from countersign.systems.medassist.models import read_prediction
from countersign.transport.answer import Answer

FINE, BUSY = 200, 503


@dataclass(frozen=True)
class Asked:
    """One prediction of many: the `word` of its input, those of all inputs, and what came.

    `echoed` says that the AI says the input back; `answer` is None where there is a `fault`.
    """

    word: str
    words: Sequence[str]
    answer: Answer | None
    fault: SystemFault | None
    seconds: float
    echoed: bool

    @property
    def told(self) -> str:
        """Say what came, in a few words."""
        return str(self.fault) if self.answer is None else f"{self.answer.status}: {self.answer.beginning()!r}"


class AnsweredEach(Lacking[Sequence[Asked]]):
    """See `answered_each_for_itself`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"{count} predictions, each answered with its own input and under a number of its own"

    def lack(self, item: Any) -> str:
        """Name the first that was not answered, then the first mix-up, then a number that was given twice."""
        if len(item) < self.count:
            return f"there were only {len(item)}"
        failed = [asked for asked in item if asked.answer is None or asked.answer.status != FINE]
        if failed:
            return f"{len(failed)} of {len(item)} were not answered, the first was told {failed[0].told}"
        known = frozenset(item[0].words)
        read = [(asked, read_prediction(asked.answer)) for asked in item if asked.answer is not None]
        for asked, prediction in read:
            strange = next(iter(known.intersection(prediction.text.split()) - {asked.word}), "")
            if strange:
                return f"the prediction for {asked.word} holds the input {strange}"
            if asked.echoed and asked.word not in prediction.text:
                return f"the prediction for {asked.word} does not hold it: {prediction.text[:80]!r}"
        number, times = Counter(prediction.request_id for _, prediction in read).most_common(1)[0]
        return f"{times} of them bear the same number {number}" if times > 1 else ""


def answered_each_for_itself(count: int) -> AnsweredEach:
    """Match `count` predictions that were all answered, each for its own input and with a number of its own."""
    return AnsweredEach(count)


class ServedOrRefused(Lacking[Asked]):
    """See `served_or_refused_politely`."""

    expected = "a prediction, or a refusal with a waiting time"

    def lack(self, item: Asked) -> str:
        """Say what came instead."""
        if item.answer is None:
            return f"nothing came: {item.fault}"
        if item.answer.status not in (FINE, BUSY):
            return f"it was told {item.told}"
        polite = item.answer.status != BUSY or item.answer.headers.get("retry-after", "").isdecimal()
        return "" if polite else "it was refused without a waiting time"


def served_or_refused_politely() -> ServedOrRefused:
    """Match a prediction that was answered, or refused with a waiting time."""
    return ServedOrRefused()
