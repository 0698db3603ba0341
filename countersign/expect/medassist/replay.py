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
        """Say what was missing, came again, or came out of its turn."""
        wanted = list(range(item.after + 1, item.last + 1))
        first, later = list(item.numbers[: len(wanted)]), item.numbers[len(wanted) :]
        again = [number for number in item.numbers if number <= item.after or item.numbers.count(number) > 1]
        missing = [number for number in wanted if number not in item.numbers]
        told = [f"was not shown {_few(missing)}"] if missing else []
        told += [f"was shown {_few(again)} again"] if again else []
        if not told and (first != wanted or any(number <= item.last for number in later)):
            place = next(place for place, number in enumerate(wanted) if item.numbers[place] != number)
            told = [f"was shown {item.numbers[place]} where {wanted[place]} was due"]
        return f"{item.reader}, back after number {item.after} of {item.last}, {' and '.join(told)}" if told else ""


def replayed_exactly() -> Replayed:
    """Match a return that began with everything numbered above what was seen, once and in order."""
    return Replayed()


def _few(numbers: list[int]) -> str:
    shown = ", ".join(map(str, list(dict.fromkeys(numbers))[:5]))
    return f"number {shown}" if len(set(numbers)) <= 5 else f"{len(set(numbers))} numbers ({shown} ...)"
