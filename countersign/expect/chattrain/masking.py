"""Match what became of a line with personal numbers: placeholders for them, every other word as it was written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description

from countersign.expect.traces import Trace

_SWALLOWABLE = re.compile(r"<([^<>]*)>")
_PLACEHOLDER = re.compile(r"\{\{[A-Z]+\}\}")


@dataclass(frozen=True)
class Row:
    """A row of the table of personal numbers.

    `kept` is the line as it may be kept; a word in `<angle brackets>` in front of a placeholder may be swallowed by it
    ("My <account >{{ACCOUNT}}"). `values` are pairs of kind and raw value.
    """

    name: str
    line: str
    kept: str
    values: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """Read a row of the material; without `kept` the line stays as it is."""
        values = tuple((kind, value) for kind, found in data.get("values", {}).items() for value in found)
        return cls(data["row"], data["line"], data.get("kept", data["line"]), values)

    @property
    def traces(self) -> tuple[Trace, ...]:
        """What must be found nowhere, named without the raw value."""
        return tuple(Trace.of(f"the {label} of row {self.name!r}", value) for label, value in self.labelled)

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """The values with what they are called: "card number", or "2nd card number" where a row has several."""
        kinds = [kind for kind, _ in self.values]
        return [
            (_nth(kinds[: place + 1].count(kind), kinds.count(kind)) + kind, value)
            for place, (kind, value) in enumerate(self.values)
        ]

    def fits(self, text: str) -> bool:
        """Say whether a text is this row as it may be kept."""
        parts = _SWALLOWABLE.split(self.kept)
        expression = "".join(
            f"(?:{re.escape(part)})?" if number % 2 else re.escape(part) for number, part in enumerate(parts)
        )
        return re.fullmatch(expression, text) is not None

    @property
    def plainly(self) -> str:
        """The line as it may be kept, without the marks of this table."""
        return _SWALLOWABLE.sub(r"\1", self.kept)


@dataclass(frozen=True)
class Sighting:
    """A row as it was seen somewhere ("the newest line of the AI's prompt"); `text` is None if it was not there."""

    row: Row
    where: str
    text: str | None


class Masked(BaseMatcher[Sighting]):
    """Match a sighting of a row with placeholders for its personal numbers and every other word unchanged."""

    def _matches(self, item: Sighting) -> bool:
        return self._lack(item) == ""

    def _lack(self, item: Sighting) -> str:
        if item.text is None:
            return "the line was not there"
        text = item.text
        raw = [label for label, value in item.row.labelled if Trace.of(label, value).pattern.search(text)]
        if raw:
            return f"the {', the '.join(raw)} stood there unmasked"
        if item.row.fits(text):
            return ""
        return f"the line was to be {item.row.plainly!r}, but was {text!r}"

    def describe_to(self, description: Description) -> None:
        description.append_text(
            "a line with placeholders for its personal numbers, and all its other words as they were written"
        )

    def describe_mismatch(self, item: Sighting, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"in {item.where}, row {item.row.name!r}: {self._lack(item)}")


def masked() -> Masked:
    """Match a row whose personal numbers are masked and whose other words are unchanged."""
    return Masked()


def _nth(number: int, of: int) -> str:
    endings = {1: "1st ", 2: "2nd ", 3: "3rd "}
    return "" if of == 1 else endings.get(number, f"{number}th ")
