"""Matchers for requests that wait for a model: their places, their order, each once, and never too many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Task
from countersign.transport.answer import Answer

RANKS = ("critical", "high", "normal", "low")


@dataclass(frozen=True)
class Waiter:
    """A request that waits: its id, its priority, its prompt. Waiters are kept in the order of their arrival."""

    id: str
    priority: str
    prompt: str


def turn(waiters: Sequence[Waiter]) -> list[Waiter]:
    """Give waiters in the order in which they have to be served: by priority, then by arrival."""
    return sorted(waiters, key=lambda each: RANKS.index(each.priority))


@dataclass(frozen=True)
class Served:
    """Waiting requests and what became of them.

    `listed` are the places told while they waited, by request; `tasks` the generations made of them, oldest first;
    `completions` the prompts of the frames that told a completion; `states` how the requests ended; `first_after` the
    seconds from the model's being available to the first generation.
    """

    waiters: tuple[Waiter, ...]
    listed: Mapping[str, Any]
    tasks: tuple[Task, ...]
    completions: tuple[str, ...]
    states: Mapping[str, str]
    first_after: float


class PlacedInTurn(Lacking[Served]):
    """See `placed_in_turn`."""

    expected = "places from 1 on, by priority and then by arrival"

    def lack(self, item: Any) -> str:
        """Say which place is wrong or missing."""
        due = {waiter.id: place for place, waiter in enumerate(turn(item.waiters), 1)}
        missing = [waiter for waiter in item.waiters if item.listed.get(waiter.id) is None]
        if missing:
            return f"{len(missing)} of {len(due)} requests were told no place"
        told = [item.listed[waiter.id] for waiter in turn(item.waiters)]
        return "" if told == list(due.values()) else f"in the order of their turn they were told the places {told}"


def placed_in_turn() -> PlacedInTurn:
    """Match waiting requests that are told their places."""
    return PlacedInTurn()


class ServedInTurn(Lacking[Served]):
    """See `served_in_turn`."""

    expected = "one generation for each request, by priority and then by arrival"

    def lack(self, item: Any) -> str:
        """Say what is doubled, missing or out of turn."""
        due = [waiter.prompt for waiter in turn(item.waiters)]
        made = [task.prompt for task in item.tasks]
        counts = Counter(made)
        wrong = [f"{counts[prompt]} generations for request {due.index(prompt) + 1}" for prompt in due]
        wrong = [text for text, prompt in zip(wrong, due, strict=True) if counts[prompt] != 1]
        if wrong or len(made) != len(due):
            return f"{len(made)} generations for {len(due)} requests{': ' if wrong else ''}{', '.join(wrong)}"
        if made != due:
            order = [due.index(prompt) + 1 for prompt in made]
            return f"requests were served in the order {order}, where 1 is whose turn was first"
        unfinished = [task.status for task in item.tasks if task.status != "completed" or not task.output_path]
        return f"{len(unfinished)} of them ended {', '.join(sorted(set(unfinished)))}" if unfinished else ""


def served_in_turn() -> ServedInTurn:
    """Match waiting requests of which each became one generation, in turn, with a result."""
    return ServedInTurn()


class ToldOnce(Lacking[Served]):
    """See `told_once`."""

    expected = "one message of completion for each request, and no more"

    def lack(self, item: Any) -> str:
        """Say whose messages are too few or too many."""
        counts = Counter(item.completions)
        wrong = [waiter.priority for waiter in item.waiters if counts[waiter.prompt] != 1]
        if wrong or len(item.completions) != len(item.waiters):
            return f"{len(item.completions)} messages came for {len(item.waiters)} requests"
        open_ones = [state for state in item.states.values() if state != "completed"]
        return f"{len(open_ones)} requests are {', '.join(sorted(set(open_ones)))} at last" if open_ones else ""


def told_once() -> ToldOnce:
    """Match waiting requests whose completions were told once each."""
    return ToldOnce()


@dataclass(frozen=True)
class Overfull:
    """A queue that was filled: the answers of those that were accepted, of the next one, and what waits then.

    `total` is the number that the queue says waits in all; `states` are those of the accepted ones after the refusal.
    """

    accepted: tuple[Answer, ...]
    next_one: Answer
    total: int
    states: tuple[str, ...]


class FullAt(Lacking[Overfull]):
    """See `full_at`."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.expected = f"{count} requests that wait, and a clear refusal of the next that leaves them untouched"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        taken = sum(answer.status == 202 for answer in item.accepted)
        if taken != self.count:
            return f"{taken} of {self.count} were accepted"
        if item.next_one.status != 429:
            return f"the next one was answered with {item.next_one.status} instead of refused"
        if not item.next_one.headers.get("retry-after", "").isdecimal():
            return "the refusal does not say when to come again"
        told = item.next_one.json()
        if not (told.get("message") or told.get("detail")):
            return "the refusal gives no reason"
        waiting = item.states.count("waiting")
        if item.total != self.count or waiting != self.count:
            return f"afterwards {waiting} of the accepted ones wait, {item.total} in all"
        return ""


def full_at(count: int) -> FullAt:
    """Match a queue that takes so many requests and refuses the next."""
    return FullAt(count)


@dataclass(frozen=True)
class Privacy:
    """What somebody else gets of a request: its listing, reading it, withdrawing it; and its state after that."""

    listed: bool
    read: int
    withdrawn: int
    after: str


class SeenByNobodyElse(Lacking[Privacy]):
    """See `seen_by_nobody_else`."""

    expected = "a request that nobody else sees, reads or withdraws"

    def lack(self, item: Any) -> str:
        """Say what somebody else could do."""
        if item.listed:
            return "it stands in somebody else's list"
        if (item.read, item.withdrawn) != (404, 404):
            return f"somebody else's reading was answered with {item.read}, the withdrawal with {item.withdrawn}"
        return "" if item.after == "waiting" else f"after somebody else's withdrawal it was {item.after}"


def seen_by_nobody_else() -> SeenByNobodyElse:
    """Match a waiting request that is its owner's alone."""
    return SeenByNobodyElse()


@dataclass(frozen=True)
class Withdrawn:
    """A request its owner withdrew: the answer, its state after it, and whether its place was free for somebody."""

    answer: int
    state: str
    next_one: int


class GoneFreely(Lacking[Withdrawn]):
    """See `withdrawn_with_its_place`."""

    expected = "a request that is withdrawn and leaves its place to somebody else"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if item.answer != 200 or item.state != "cancelled":
            return f"the withdrawal was answered with {item.answer}, and it is {item.state}"
        return "" if item.next_one == 202 else f"somebody else's request was then answered with {item.next_one}"


def withdrawn_with_its_place() -> GoneFreely:
    """Match a request that was withdrawn by its owner."""
    return GoneFreely()


@dataclass(frozen=True)
class Overdue:
    """A request whose longest wait is over: its state, the sentence, whether its owner was told, and after how long."""

    state: str
    sentence: str | None
    told: bool
    seconds: float
    longest: float


class EndedAsOverdue(Lacking[Overdue]):
    """See `ended_as_overdue`."""

    def __init__(self, within: float) -> None:
        self.within = within
        self.expected = f"a request that ends as expired within {within:g} s of its longest wait, with a sentence"

    def lack(self, item: Any) -> str:
        """Say what happened instead."""
        if item.state != "expired":
            return f"after {item.seconds:.0f} s it is {item.state}"
        if not item.longest - 1 <= item.seconds <= item.longest + self.within:
            return f"it ended after {item.seconds:.1f} s, its longest wait was {item.longest:.0f} s"
        if not isinstance(item.sentence, str) or " " not in item.sentence:
            return f"its sentence is {item.sentence!r}"
        return "" if item.told else "its owner was not told"


def ended_as_overdue(within: float) -> EndedAsOverdue:
    """Match a request that ended as expired when its longest wait was over."""
    return EndedAsOverdue(within)
