'''Seeded faults: named ways in which this system can be wrong, so that the suite can show that it notices.

Each module of this package holds the faults of one area and is imported by itself. A fault is a function that gets the
`Parts` of a ChatTrain which is not built yet, and replaces one piece of behaviour::

    from reference.chattrain.faults import fault
    from reference.chattrain.parts import Parts


    @fault("never-completes", "CT-JOURNEY-02", "CT-JOURNEY-03")
    def never_completes(parts: Parts) -> None:
        """Keep every session active, whatever was reached."""
        parts.completion = _NeverMet()


    class _NeverMet(CompletionRule):
        def met(self, scenario: Scenario, lines: Sequence[RatedLine]) -> bool:
            return False

- The name is the one of the contract's fault list, the criteria are those whose scenarios must fail under it.
- Subclass the healthy part and override the method that goes wrong, then set it in `parts`; or keep the part and wrap
  it, calling the healthy one for the rest. Routes, `HealthReporter`, `Conversations`, `Turns`, `Desk` and `IdleWatch`
  look a piece up in `parts` at each call. Some pieces were given others when they were made, and only notice a method
  that is replaced in place (`parts.metrics.message = ...`): the layers and `Customer` hold the metrics, the layers the
  logbook, `Door` the sessions, `ContentCare` the catalogue and documents, the stores and the catalogue the database.
- Be wrong in the one way the contract describes, and healthy otherwise: a fault that breaks everything proves nothing.
- State of a fault lives in its own object, never in a module: a process may build several systems.
- `parts.layers` is the list of what stands around HTTP requests (outermost first); `append` puts a layer innermost.
- `parts.customer.answer` is the whole AI with its fallback, `parts.customer.client` the calls below it;
  `parts.page.find` gives the files of the page and `parts.page.policy` what a browser may run on it.
- The frames a client may send are in `parts.desk.handlers` by type; what the server sends goes through
  `parts.greeter`, `parts.delivery` and `parts.desk`.

Healthy code never mentions this package; only `__main__` applies it, with the names in `CHATTRAIN_FAULTS`.
'''

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

Breaking = Callable[["Parts"], None]


class UnknownFault(ValueError):
    """No fault has this name; the message lists those that exist."""


@dataclass(frozen=True)
class Fault:
    """A way to be wrong: what it is called, which criteria it must turn red, and what it does to the parts."""

    name: str
    criteria: tuple[str, ...]
    breaks: Breaking


_registry: dict[str, Fault] = {}


def fault(name: str, *criteria: str) -> Callable[[Breaking], Breaking]:
    """Register the decorated function as the fault `name`, to be noticed by `criteria`."""

    def register(breaks: Breaking) -> Breaking:
        if name in _registry:
            raise ValueError(f"the fault {name} is registered twice")
        _registry[name] = Fault(name, criteria, breaks)
        return breaks

    return register


def known() -> dict[str, Fault]:
    """Give all faults by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_registry.items()))


def names() -> list[str]:
    """Give the names of all faults in alphabetical order."""
    return list(known())


def apply(wanted: Iterable[str], parts: "Parts") -> None:
    """Break `parts` in every way named in `wanted`. Raises UnknownFault before anything is broken."""
    wanted = list(wanted)
    if not wanted:
        return
    faults = known()
    for name in wanted:
        if name not in faults:
            raise UnknownFault(f"There is no fault {name!r}; known are: {', '.join(faults) or 'none'}.")
    for name in wanted:
        faults[name].breaks(parts)
