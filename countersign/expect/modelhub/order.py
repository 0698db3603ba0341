"""Matchers for downloads that wait for each other: who goes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Progress
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Queued:
    """Downloads that waited for one another, by the words of the features: places while waiting, and the order of
    their ends."""

    places: dict[str, int | None]
    finished: tuple[str, ...]
    most_at_once: int


class FinishedInOrder(Lacking[Queued]):
    """See `finished_in_order`."""

    def __init__(self, models: Sequence[str]) -> None:
        self.models = tuple(models)
        self.expected = f"one download at a time, in the order {', '.join(models)}"

    def lack(self, item: Any) -> str:
        """Say what the order was."""
        if item.most_at_once > 1:
            return f"{item.most_at_once} downloads went on at the same time"
        return "" if item.finished == self.models else f"the order was {', '.join(item.finished)}"


def finished_in_order(models: Sequence[str]) -> FinishedInOrder:
    """Match downloads that were over in this order, with never more than one under way."""
    return FinishedInOrder(models)


class PlacesTold(Lacking[Queued]):
    """See `places_told`."""

    def __init__(self, models: Sequence[str]) -> None:
        self.places = {model: number for number, model in enumerate(models, 1)}
        self.expected = "the waiting downloads told their places: " + ", ".join(
            f"{model} {number}" for model, number in self.places.items()
        )

    def lack(self, item: Any) -> str:
        """Say which places were told."""
        told = {model: item.places.get(model) for model in self.places}
        return "" if told == self.places else f"they were told {told}"


def places_told(models: Sequence[str]) -> PlacesTold:
    """Match downloads that waited at places 1, 2, ... in the order of `models`."""
    return PlacesTold(models)


@dataclass(frozen=True)
class Word:
    """A word for a priority, what it means, the answer to it, and the download afterwards."""

    word: str
    meant: str
    answer: Answer
    after: Progress


class PriorityTaken(Lacking[Word]):
    """See `priority_taken`."""

    expected = "a word for a priority that is understood, in the answer and in the download afterwards"

    def lack(self, item: Any) -> str:
        """Say what was told."""
        if item.answer.status != 200:
            return f"{item.word!r} was refused with {item.answer.status}"
        if item.after.priority != item.meant:
            return f"{item.word!r} became {item.after.priority!r} instead of {item.meant!r}"
        return ""


def priority_taken() -> PriorityTaken:
    """Match a word that gave a download the priority it means."""
    return PriorityTaken()
