"""What several scenarios of a run share because it is dear to make, and its removal when the run is over."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Lasting:
    """Objects that outlive a scenario, one of each type."""

    def __init__(self) -> None:
        self._kept: dict[type[Any], Any] = {}
        self._undo: list[tuple[Callable[[], object], str]] = []

    def get(self, kind: type[T], make: Callable[[], T]) -> T:
        """Give the one object of this type; it is made when somebody first asks."""
        if kind not in self._kept:
            self._kept[kind] = make()
        result: T = self._kept[kind]
        return result

    def at_end(self, undo: Callable[[], object], what: str) -> None:
        """Have this done when the run is over, last in first out."""
        self._undo.append((undo, what))

    def close(self) -> list[tuple[str, str]]:
        """Undo what must be undone; give what could not be, each with the reason."""
        failures: list[tuple[str, str]] = []
        while self._undo:
            undo, what = self._undo.pop()
            try:
                undo()
            except Exception as error:  # noqa: BLE001 - one failing clean-up must not keep the others from running
                failures.append((what, str(error)))
        self._kept.clear()
        return failures
