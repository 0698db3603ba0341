"""The end of a run in the terminal: the table, the first reasons, and where to look."""

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from countersign.reporting import junit, page
from countersign.reporting.words import OVERALL, counted
from countersign.verdict.bands import percent
from countersign.verdict.results import CriterionVerdict, Verdict

FIRST = 5
NARROWEST, WIDEST = 60, 120
_COLOURS = {"green": "32", "yellow": "33", "red": "31", "partial": "36", "problem": "35"}
_HEADINGS = ("system", "verified", "refuted", "not verified", "share", "band")


def summary(
    verdict: Verdict,
    folder: Path | None = None,
    allure: Path | None = None,
    *,
    width: int | None = None,
    colour: bool | None = None,
    first: int = FIRST,
) -> str:
    """Give the lines to print at the end of a run.

    `width` is the terminal's unless given, `colour` is used on a terminal unless NO_COLOR is set; no colour carries
    meaning that a word does not. `first` limits how many refuted and not verified criteria are told of.
    """
    columns = min(WIDEST, max(NARROWEST, width or shutil.get_terminal_size((100, 24)).columns))
    if colour is None:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    lines = [*_table(verdict, colour), ""]
    lines += _listed("Refuted", [each for each in verdict.criteria if each.status == "refuted"], columns, first)
    open_ends = [each for each in verdict.criteria if each.status == "not_verified" and each.in_run]
    lines += _listed("Not verified", open_ends, columns, first)
    outside = sum(not each.in_run for each in verdict.criteria)
    if outside:
        lines += [f"{counted(outside, 'criterion', 'criteria')} not part of this run.", ""]
    if verdict.problems:
        lines.append(f"Problems of the run ({len(verdict.problems)})")
        lines += _wrapped(verdict.problems[:first], columns)
        lines += _more(len(verdict.problems), first)
    lines.append(_painted(OVERALL[verdict.overall].upper(), verdict.overall, colour))
    lines += _wrap(verdict.headline, columns)
    if folder is not None:
        lines += ["", f"Sign-off page  {_near(folder / page.NAME)}"]
        if allure is not None:
            lines.append(f"Every scenario {_near(allure)}")
        lines.append(f"For CI         {_near(folder / junit.NAME)}  (exit code {verdict.exit_code})")
    return "\n".join(lines)


def _table(verdict: Verdict, colour: bool) -> list[str]:
    rows = [
        (
            name,
            str(system.verified),
            str(system.refuted),
            str(system.not_verified),
            percent(system.share),
            system.band.upper(),
        )
        for name, system in verdict.systems.items()
    ]
    widths = [max(len(row[index]) for row in [_HEADINGS, *rows]) for index in range(len(_HEADINGS))]
    lines = []
    for row in [_HEADINGS, *rows]:
        cells = [
            cell.ljust(size) if index in (0, 5) else cell.rjust(size)
            for index, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        if row is not _HEADINGS:
            cells[5] = _painted(row[5], row[5].lower(), colour)
        lines.append("  ".join(cells).rstrip())
    return lines


def _listed(title: str, criteria: Sequence[CriterionVerdict], columns: int, first: int) -> list[str]:
    if not criteria:
        return []
    lines = [f"{title} ({len(criteria)})"]
    for criterion in sorted(criteria, key=lambda each: not each.must)[:first]:
        weight = "must" if criterion.must else "target"
        waived = ", waived" if criterion.waiver else ""
        lines += _wrapped([f"{criterion.title} [{criterion.id}, {weight}{waived}]"], columns)
        lines += _wrap(criterion.reason, columns, "      ", "      ")
    return lines + _more(len(criteria), first)


def _wrapped(texts: Sequence[str], columns: int) -> list[str]:
    return [line for text in texts for line in _wrap(text, columns, "  - ", "    ")]


def _wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(_printable(text), columns, initial_indent=first, subsequent_indent=rest)


def _more(total: int, first: int) -> list[str]:
    return [f"  ... and {total - first} more", ""] if total > first else [""]


def _painted(text: str, tone: str, colour: bool) -> str:
    return f"\x1b[1;{_COLOURS[tone]}m{text}\x1b[0m" if colour else text


def _near(path: Path) -> str:
    """Give a path from the working folder where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _printable(text: str) -> str:
    """Escape what a terminal would obey or cannot show: a system's answer may hold anything."""
    return "".join(char if char.isprintable() else " " if char.isspace() else ascii(char)[1:-1] for char in text)
