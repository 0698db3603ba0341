"""Matcher for what a reader who comes back gets first: exactly what was missed, in order, before anything new."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking


@dataclass(frozen=True)
class Return:
    """A reader's return: they had seen everything up to `after`, the system had `last` items when they were greeted.

    `numbers` are those of everything shown on the new connection, in the order it came.
    """

    reader: str
    after: int
    last: int
    numbers: tuple[int, ...]


class Replayed(Lacking[Return]):
    """See `replayed_exactly`."""

    expected = "exactly what was missed, once and in order, before anything new"

    def lack(self, item: Return) -> str:
        """Say what came instead."""
        wanted = list(range(item.after + 1, item.last + 1))
        first, later = list(item.numbers[: len(wanted)]), item.numbers[len(wanted) :]
        if first != wanted:
            came = ", ".join(map(str, item.numbers[: len(wanted) + 1])) or "nothing"
            return (
                f"{item.reader}, back after number {item.after} of {item.last}, got {came} in place of {_span(wanted)}"
            )
        old = [number for number in later if number <= item.last]
        return f"{item.reader} got number {old[0]} once more after the replay" if old else ""


def replayed_exactly() -> Replayed:
    """Match a return that began with everything numbered above what was seen, once and in order."""
    return Replayed()


def _span(numbers: list[int]) -> str:
    return f"{numbers[0]} to {numbers[-1]}" if numbers else "nothing"
