"""Which scenario is which: the same one is found again in the next run, two with equal names stay two."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

from behave.model import Rule


@dataclass(frozen=True)
class Identity:
    """The names by which Allure tells scenarios apart. `row` are the cells of an outline's row, `(heading, value)`."""

    full_name: str
    title_path: tuple[str, ...]
    row: tuple[tuple[str, str], ...] = ()

    @property
    def test_case_id(self) -> str:
        """One for all rows of an outline."""
        return _digest(self.full_name)

    @property
    def history_id(self) -> str:
        """One for every row of an outline; does not change when lines are added above."""
        return _digest(self.full_name, *(f"{heading}={value}" for heading, value in self.row))


def identity_of(scenario: Any, file: str = "") -> Identity:
    """Give the identity of a behave scenario: file, rule, name and row; a number tells complete twins apart.

    `file` is the path to show, the scenario's own (from the working directory) by default.
    """
    file = file or shown_path(scenario.filename)
    twins = [other for other in scenario.feature.walk_scenarios() if _inside(other) == _inside(scenario)]
    number = next((place for place, other in enumerate(twins) if other is scenario), 0)
    rule, name, row = _inside(scenario)
    parts = [file, *([rule] if rule else []), name + (f" #{number + 1}" if number else "")]
    path = (*Path(file).parent.parts, scenario.feature.name or Path(file).name, *([rule] if rule else []))
    return Identity(" > ".join(parts), path, row)


def place_of(scenario: Any) -> str:
    """Give `<file>:<line>` of a scenario (or of an outline's row), from the working directory."""
    return f"{shown_path(scenario.filename)}:{scenario.line}"


def shown_path(filename: str) -> str:
    """Give a path from the working directory, with forward slashes."""
    return Path(os.path.relpath(filename)).as_posix()


def rule_of(scenario: Any) -> Any | None:
    """Give the Rule around a scenario, if there is one."""
    holder = scenario.parent
    while holder is not None and not isinstance(holder, Rule):
        holder = holder.parent
    return holder


def tags_of(scenario: Any) -> list[str]:
    """Give the tags of feature, rule and scenario, in this order, each once."""
    rule = rule_of(scenario)
    holders: Iterable[Sequence[str]] = (scenario.feature.tags, rule.tags if rule else (), scenario.tags)
    return list(dict.fromkeys(str(tag) for tags in holders for tag in tags))


def _inside(scenario: Any) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    rule = rule_of(scenario)
    row = scenario._row
    if row is None:
        return (rule.name if rule else "", scenario.name or scenario.keyword, ())
    # The outline's own name holds placeholders and no number, so a row keeps its name when others are added.
    outline = scenario.parent.name or scenario.keyword
    return (rule.name if rule else "", outline, tuple(zip(row.headings, row.cells, strict=True)))


def _digest(*parts: str) -> str:
    return md5("\x1f".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
