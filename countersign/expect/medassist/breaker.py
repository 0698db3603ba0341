"""What was seen of a circuit breaker, and matchers for its way through its states (contract, section 6.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn


@dataclass(frozen=True)
class Moment:
    """A look at the breaker: when, its state as listed, and the state that the answer before told beside it."""

    when: str
    state: str
    told: str


@dataclass(frozen=True)
class Tried:
    """One prediction asked for: `status` of the answer, seconds it took, and the state told with it."""

    status: int
    seconds: float
    told: str
    reached_ai: bool


class GoingThrough(Lacking[Sequence[Moment]]):
    """See `going_through`."""

    def __init__(self, states: Sequence[str]) -> None:
        self.states = list(states)
        self.expected = f"the breaker to be {', then '.join(self.states)}"

    def lack(self, item: Sequence[Moment]) -> str:
        """Say at which moment it was in another state."""
        for moment, state in zip(item, self.states, strict=False):
            if moment.state != state:
                return f"{moment.when} it is {moment.state}, not {state}"
            if moment.told != state:
                return f"{moment.when} the answer tells {moment.told or 'no state'}, not {state}"
        return "" if len(item) == len(self.states) else f"it was looked at {len(item)} times"


def going_through(*states: str) -> GoingThrough:
    """Match looks at a breaker: these states one after the other, listed and told alike."""
    return GoingThrough(states)


class RefusedAtOnce(Lacking[Tried]):
    """See `refused_at_once`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a prediction refused within {limit * 1000:.0f} ms without asking the AI"

    def lack(self, item: Tried) -> str:
        """Say what became of it."""
        if item.reached_ai:
            return "the AI was asked for it"
        if item.status != 503:
            return f"it was answered with {item.status}"
        return "" if item.seconds < self.limit else f"it took {item.seconds:.3f} s"


def refused_at_once(limit: float) -> RefusedAtOnce:
    """Match a prediction that the breaker kept from the AI."""
    return RefusedAtOnce(limit)


class OneTrial(Lacking[Sequence[Tried]]):
    """See `one_trial_among`."""

    def __init__(self, count: int, limit: float, state: str) -> None:
        self.count, self.limit, self.state = count, limit, state
        self.expected = f"one of {count} predictions at once to be tried and the others to be refused at once"

    def lack(self, item: Sequence[Tried]) -> str:
        """Say how many reached the AI, or what is wrong with the others."""
        tried = [each for each in item if each.reached_ai]
        if len(item) != self.count or len(tried) != 1:
            return f"{len(tried)} of {len(item)} reached the AI"
        for each in item:
            if each.reached_ai:
                continue
            if lack := refused_at_once(self.limit).lack(each):
                return f"of one of the others: {lack}"
            if each.told != self.state:
                return f"one of the others was told that the breaker is {each.told or 'in no state'}, not {self.state}"
        return ""


def one_trial_among(count: int, limit: float, state: str = "half_open") -> OneTrial:
    """Match predictions asked for at the same moment, of which one was let through; the others are told the state."""
    return OneTrial(count, limit, state)


class FallbackAtOnce(Lacking[tuple[Turn, int]]):
    """See `fallback_at_once`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"the fallback answer in the chat within {limit * 1000:.0f} ms without asking the AI"

    def lack(self, item: tuple[Turn, int]) -> str:
        """Say what came instead, or how long it took."""
        turn, calls = item
        if not turn.is_fallback:
            return "an answer of the AI came"
        if calls:
            return f"the AI was asked {calls} times"
        return "" if turn.answered_after < self.limit else f"it took {turn.answered_after:.3f} s"


def fallback_at_once(limit: float) -> FallbackAtOnce:
    """Match a turn answered by the sentence that stands in for the AI, in so many seconds, and its calls to the AI."""
    return FallbackAtOnce(limit)


class MadeUpFor(Lacking[tuple[Turn, int, int]]):
    """See `made_up_for`."""

    expected = "an answer of the AI at its second call, and no failure counted"

    def lack(self, item: tuple[Turn, int, int]) -> str:
        """Say what is not as wanted."""
        turn, calls, failures = item
        if turn.is_fallback:
            return "the patient read the fallback"
        if calls != 2:
            return f"the AI was asked {calls} times"
        return "" if failures == 0 else f"{failures} failures are counted"


def made_up_for() -> MadeUpFor:
    """Match a turn, the calls to the AI for it, and the failures that the breaker counts afterwards."""
    return MadeUpFor()
