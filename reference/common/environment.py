"""Read settings from environment variables, with errors that say how to mend the value."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


class SettingError(ValueError):
    """An environment variable holds a value that cannot be used; the message names it and a form that works."""


class Environment:
    """Typed access to environment variables. A variable that is unset or blank has its default."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Read from `variables`, commonly `os.environ`."""
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        """Give the trimmed text of `name`."""
        return self._variables.get(name, "").strip() or default

    def path(self, name: str, default: str | Path) -> Path:
        """Give `name` as an absolute path."""
        return Path(self.text(name) or default).absolute()

    def integer(self, name: str, default: int) -> int:
        """Give `name` as a whole number."""
        return self._parsed(name, default, int, "a whole number such as 20")

    def number(self, name: str, default: float) -> float:
        """Give `name` as a number."""
        return self._parsed(name, default, float, "a number such as 0.5")

    def flag(self, name: str, default: bool) -> bool:
        """Give `name` as a switch."""
        return self._parsed(name, default, _switch, "true or false")

    def items(self, name: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Give the comma list in `name`, trimmed and without empty items."""
        if name not in self._variables:
            return default
        return comma_list(self._variables[name])

    def _parsed(self, name: str, default: Value, parse: Callable[[str], Value], form: str) -> Value:
        raw = self.text(name)
        if not raw:
            return default
        try:
            return parse(raw)
        except ValueError:
            raise SettingError(f"{name} must be {form}, got {raw!r}") from None


def comma_list(raw: str) -> tuple[str, ...]:
    """Split "a, b" into its trimmed, non-empty items."""
    return tuple(item.strip() for item in raw.split(",") if item.strip())


def _switch(raw: str) -> bool:
    word = raw.lower()
    if word not in _YES | _NO:
        raise ValueError(raw)
    return word in _YES
