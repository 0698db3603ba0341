"""Questions that were asked again, and matchers for what the cache may and may not answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.served import Served


@dataclass(frozen=True)
class Cached:
    """One question: how it was asked, what came of it, and the versions for which the AI was asked meanwhile."""

    how: str
    served: Served
    calls: tuple[str, ...]


class KeptAnswers(Lacking[tuple[Sequence[Served], Sequence[Served]]]):
    """See `kept_answers`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"{count} second answers from the cache, each with the first one's text and a new number"

    def lack(self, item: tuple[Sequence[Served], Sequence[Served]]) -> str:
        """Say what is wrong with the first that is not as wanted."""
        first, second = item
        if len(first) != self.count or len(second) != self.count:
            return f"{len(first)} questions were asked and {len(second)} of them again"
        for number, (before, after) in enumerate(zip(first, second, strict=True), 1):
            if before.prediction is None or after.prediction is None:
                return f"question {number} failed because {before.problem or after.problem}"
            if before.prediction.cache_hit:
                return f"question {number} was in the cache before it was asked"
            if not after.prediction.cache_hit:
                return f"the second answer to question {number} did not come from the cache"
            if after.prediction.text != before.prediction.text:
                return f"the second answer to question {number} has another text"
        numbers = {each.prediction.request_id for each in (*first, *second) if each.prediction is not None}
        given = len(first) + len(second)
        return "" if len(numbers) == given else f"{given} answers have {len(numbers)} different numbers"


def kept_answers(count: int) -> KeptAnswers:
    """Match the first and the second answers to so many questions."""
    return KeptAnswers(count)


class MadeAnew(Lacking[Cached]):
    """See `made_anew`."""

    expected = "an answer that does not come from the cache and for which the AI was asked"

    def lack(self, item: Cached) -> str:
        """Say where the answer came from."""
        if item.served.prediction is None:
            return f"the question {item.how} failed because {item.served.problem}"
        if item.served.prediction.cache_hit:
            return f"the question {item.how} was answered from the cache"
        if item.served.version not in item.calls:
            asked = ", ".join(item.calls) or "nothing"
            return (
                f"the question {item.how} was answered by version {item.served.version}, but the AI was asked {asked}"
            )
        return ""


def made_anew() -> MadeAnew:
    """Match a question that was answered by the AI, asked for the version that the answer names."""
    return MadeAnew()


class Hit(Lacking[Cached]):
    """See `answered_from_the_cache`."""

    expected = "an answer from the cache, without asking the AI"

    def lack(self, item: Cached) -> str:
        """Say what came instead."""
        hit = item.served.prediction is not None and item.served.prediction.cache_hit
        return "" if hit and not item.calls else f"the question {item.how} made the AI be asked {len(item.calls)} times"


def answered_from_the_cache() -> Hit:
    """Match a question that the cache answered."""
    return Hit()


class StandIn(Lacking[Cached]):
    """See `answered_in_place`."""

    expected = "an answer in place of the failing version that does not come from the cache"

    def lack(self, item: Cached) -> str:
        """Say what came instead."""
        prediction = item.served.prediction
        if prediction is None:
            return f"the question {item.how} failed because {item.served.problem}"
        if prediction.cache_hit:
            return f"the question {item.how} was answered from the cache"
        return "" if prediction.fallback else f"the question {item.how} was answered by version {item.served.version}"


def answered_in_place() -> StandIn:
    """Match a question that another version answered in place of the one that failed."""
    return StandIn()


class Failed(Lacking[Cached]):
    """See `without_an_answer`."""

    expected = "no answer, as the AI was told to fail"

    def lack(self, item: Cached) -> str:
        """Say that it was answered."""
        return "" if item.served.problem else f"the question {item.how} was answered by version {item.served.version}"


def without_an_answer() -> Failed:
    """Match a question that brought no prediction."""
    return Failed()
