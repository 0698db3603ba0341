"""Matchers for who may do what: one cell of an access matrix after the other, the first wrong one named in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.medassist.outcome import HIDDEN


@dataclass(frozen=True)
class Cell:
    """What somebody tried, what the matrix says to it, and what came: statuses, or words for a socket.

    `shows` names what the answer must show (`SHOWN`), `data` is the answer, `people` the ids that this is judged by.
    """

    who: str
    what: str
    asked: str
    wanted: str
    got: str
    shows: str = ""
    data: Any = None
    people: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        """Say whether the matrix allows it."""
        return self.wanted.startswith(("2", "open"))

    @property
    def wrong(self) -> str:
        """Say what is wrong, in words; empty if nothing."""
        if self.got != self.wanted:
            return f"{self.who} who {self.what} ({self.asked}) met {self.got}, and the matrix says {self.wanted}"
        lack = SHOWN[self.shows](self) if self.shows else ""
        return f"{self.who} who {self.what} ({self.asked}) {lack}" if lack else ""


def _owners(cell: Cell, name: str, items: Any) -> set[str]:
    return {str(item.get(name)) for item in items} if isinstance(items, list) else set()


def _own_sessions(cell: Cell) -> str:
    owners = _owners(cell, "patient_id", cell.data)
    return "" if owners == {cell.people["self"]} else f"was shown sessions of {len(owners)} patients, not the own alone"


def _sessions_of_all(cell: Cell) -> str:
    missing = {cell.people["owner"], cell.people["other"]} - _owners(cell, "patient_id", cell.data)
    return f"was not shown the sessions of {len(missing)} of 2 patients" if missing else ""


def _own_actions(cell: Cell) -> str:
    actors = _owners(cell, "user_id", _logs(cell))
    return (
        "" if actors == {cell.people["self"]} else f"was shown the actions of {len(actors)} people, not the own alone"
    )


def _actions_of_all(cell: Cell) -> str:
    actors = _owners(cell, "user_id", _logs(cell))
    return "" if len(actors) > 1 else f"was shown the actions of {len(actors)} people, not of all"


def _patient_view(cell: Cell) -> str:
    shown = sorted(set(HIDDEN) & set(cell.data)) if isinstance(cell.data, Mapping) else ["no report at all"]
    return f"was shown what is for nurses: {', '.join(shown)}" if shown else ""


def _logs(cell: Cell) -> Any:
    return cell.data.get("logs") if isinstance(cell.data, Mapping) else None


SHOWN: Mapping[str, Callable[[Cell], str]] = {
    "own sessions": _own_sessions,
    "sessions of all": _sessions_of_all,
    "own actions": _own_actions,
    "actions of all": _actions_of_all,
    "patient view": _patient_view,
}


class AsTheMatrixSays(Lacking[Sequence[Cell]]):
    """See `as_the_matrix_says`."""

    expected = "everybody to be allowed exactly what the access matrix allows"

    def lack(self, item: Any) -> str:
        """Name the first wrong cell, and how many others are wrong."""
        if not item:
            return "nothing was tried"
        wrong = [cell.wrong for cell in item if cell.wrong]
        return f"{wrong[0]} ({len(wrong)} of {len(item)} cells are wrong)" if wrong else ""


def as_the_matrix_says() -> AsTheMatrixSays:
    """Match the cells of a matrix, all of which came as stated."""
    return AsTheMatrixSays()
