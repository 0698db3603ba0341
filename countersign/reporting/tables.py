"""Figures that belong together, as the tables in which people compare them: one table, its rows, its columns."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from countersign.verdict.records import Measured


@dataclass
class FigureTable:
    """One table. `columns` and `rows` are in the order in which the figures were taken; a cell may be empty."""

    title: str
    columns: list[str] = field(default_factory=list)
    rows: dict[str, dict[str, Measured]] = field(default_factory=dict)

    def put(self, figure: Measured) -> None:
        """Put a figure in its cell; a later one of the same cell replaces the earlier."""
        _, row, column = figure.cell
        if column not in self.columns:
            self.columns.append(column)
        self.rows.setdefault(row, {})[column] = figure

    def samples(self, row: str) -> str:
        """Say on how many observations the figures of a row rest: one number, or the fewest and the most."""
        counts = sorted({figure.samples for figure in self.rows[row].values()})
        return f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"

    def limit(self, column: str) -> Measured | None:
        """Give a figure that names the limit of a whole column; None where rows have limits of their own, or none."""
        figures = [cells[column] for cells in self.rows.values() if column in cells]
        limits = {(each.relation, each.limit, each.limit_to, each.unit) for each in figures}
        return figures[0] if len(limits) == 1 and figures[0].limit is not None and len(figures) > 1 else None


def tables_of(figures: Iterable[Measured]) -> list[FigureTable]:
    """Sort the figures that have a cell into their tables."""
    tables: dict[str, FigureTable] = {}
    for figure in figures:
        if figure.cell:
            tables.setdefault(figure.cell[0], FigureTable(figure.cell[0])).put(figure)
    return list(tables.values())


def stands_by_itself(figure: Measured) -> bool:
    """Say whether a figure needs a line of its own: it has no cell in a table, or a course to be drawn."""
    return not figure.cell or bool(figure.series)
