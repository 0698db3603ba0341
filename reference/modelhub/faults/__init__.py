'''Seeded faults: named ways in which this system can be wrong, so that the suite can show that it notices.

Each module of this package holds the faults of one area and is imported by itself. A fault is a function that gets the
`Parts` of one process of a hub which is not running yet, and replaces one piece of behaviour::

    from reference.modelhub.faults import fault
    from reference.modelhub.parts import Parts


    @fault("retry-flat-wait", "MH-DL-01")
    def retry_flat_wait(parts: Parts) -> None:
        """Wait equally long before every attempt."""

- The name is the one of the contract's fault list, the criteria are those whose scenarios must fail under it.
- A fault is applied in every process; what belongs to one of them has no effect in the others (`parts.process`).
- Pieces look each other up in `parts` at each call: set another object in place, or replace a method of a piece.
- Be wrong in the one way the contract describes, and healthy otherwise: a fault that breaks everything proves nothing.
- State of a fault lives in its own object, never in a module.

Healthy code never mentions this package; only `__main__` applies it, with the names in `MODELHUB_FAULTS`.
'''

from typing import TYPE_CHECKING

from reference.common.faulting import Fault, FaultRegistry, UnknownFault

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

_registry: FaultRegistry["Parts"] = FaultRegistry(__name__, __path__)
fault = _registry.fault
known = _registry.known
names = _registry.names
apply = _registry.apply

__all__ = ["Fault", "UnknownFault", "apply", "fault", "known", "names"]
