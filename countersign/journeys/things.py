"""Things that stand in `{braces}` in the material of a walk, made when they are first named."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from countersign.errors import SuiteError
from countersign.journeys.written import written

_NAMED = re.compile(r"\{(new )?([a-z][a-z ]*)\}")


class Things:
    """What material names: `{session}` is made once, `{new session}` anew where that is wanted.

    `makers` make each thing by its name; they are given these things themselves.
    """

    def __init__(self, makers: Mapping[str, Callable[[Any], str]]) -> None:
        self._makers = makers
        self._things: dict[str, str] = {}
        self._numbers = 0

    def fill(self, template: Any, *, anew: bool = True) -> Any:
        """Put things in place of their names, all through a value of the material.

        A `{new ...}` is made for this use if `anew`; otherwise it is the last one made.
        """
        if isinstance(template, str):
            return _NAMED.sub(lambda match: self.thing(match[2], anew=anew and bool(match[1])), template)
        if isinstance(template, list):
            return [self.fill(item, anew=anew) for item in template]
        if isinstance(template, Mapping):
            plain = written(template)
            if plain is not template:
                return plain
            return {name: self.fill(value, anew=anew) for name, value in template.items()}
        return template

    def thing(self, name: str, *, anew: bool = False) -> str:
        """Give a thing by its name. Raises SuiteError for a name nobody knows."""
        if anew or name not in self._things:
            maker = self._makers.get(name)
            if maker is None:
                raise SuiteError(f"the material names {{{name}}}; known are {', '.join(sorted(self._makers))}")
            self._things[name] = maker(self)
        return self._things[name]

    def number(self) -> int:
        """Give a number that was not given before among these things."""
        self._numbers += 1
        return self._numbers
