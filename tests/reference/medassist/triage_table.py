"""The worked table of the contract (section 6.1), as data: urgency, categories, inputs."""

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("triage_table.txt")


@dataclass(frozen=True)
class Row:
    """One input with what the rules must say of it; `without` are categories that must not be found."""

    text: str
    urgency: str
    categories: tuple[str, ...]
    without: tuple[str, ...] = ()


def rows() -> list[Row]:
    """Read all rows."""
    found: list[Row] = []
    head: Row | None = None
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("  "):
            assert head is not None, "an input stands before any urgency"
            found.append(Row(line.strip(), head.urgency, head.categories, head.without))
        else:
            urgency, *categories = line.split()
            without = tuple(category[1:] for category in categories if category.startswith("!"))
            head = Row("", urgency, tuple(each for each in categories if each[0] != "!"), without)
    return found
