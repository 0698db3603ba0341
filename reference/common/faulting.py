"""The registry of seeded faults: named ways in which a system can be wrong, so that the suite can show that it notices.

A system keeps its faults in a package, one module an area. Each fault is a function that gets the parts of a system
which is not built yet and replaces one piece of behaviour. The package makes one `FaultRegistry` and offers its
methods::

    registry: FaultRegistry[Parts] = FaultRegistry(__name__, __path__)
    fault, known, names, apply = registry.fault, registry.known, registry.names, registry.apply
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Pieces = TypeVar("Pieces")


class UnknownFault(ValueError):
    """No fault has this name; the message lists those that exist."""


@dataclass(frozen=True)
class Fault(Generic[Pieces]):
    """A way to be wrong: what it is called, which criteria it must turn red, and what it does to the parts."""

    name: str
    criteria: tuple[str, ...]
    breaks: Callable[[Pieces], None]


class FaultRegistry(Generic[Pieces]):
    """The faults of one system, found by importing the modules of their package."""

    def __init__(self, package: str, path: Iterable[str]) -> None:
        """Look for faults in the modules of `package`, whose folders are in `path` (its `__path__`)."""
        self._package = package
        self._path = path
        self._faults: dict[str, Fault[Pieces]] = {}

    def fault(self, name: str, *criteria: str) -> Callable[[Callable[[Pieces], None]], Callable[[Pieces], None]]:
        """Register the decorated function as the fault `name`, to be noticed by `criteria`."""

        def register(breaks: Callable[[Pieces], None]) -> Callable[[Pieces], None]:
            if name in self._faults:
                raise ValueError(f"the fault {name} is registered twice")
            self._faults[name] = Fault(name, criteria, breaks)
            return breaks

        return register

    def known(self) -> dict[str, Fault[Pieces]]:
        """Give all faults by name."""
        for module in pkgutil.iter_modules(self._path):
            importlib.import_module(f"{self._package}.{module.name}")
        return dict(sorted(self._faults.items()))

    def names(self) -> list[str]:
        """Give the names of all faults in alphabetical order."""
        return list(self.known())

    def apply(self, wanted: Iterable[str], parts: Pieces) -> None:
        """Break `parts` in every way named in `wanted`. Raises UnknownFault before anything is broken."""
        wanted = list(wanted)
        if not wanted:
            return
        faults = self.known()
        for name in wanted:
            if name not in faults:
                raise UnknownFault(f"There is no fault {name!r}; known are: {', '.join(faults) or 'none'}.")
        for name in wanted:
            faults[name].breaks(parts)
