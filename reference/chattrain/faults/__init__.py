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

from typing import TYPE_CHECKING

from reference.common.faulting import Fault, FaultRegistry, UnknownFault

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

_registry: FaultRegistry["Parts"] = FaultRegistry(__name__, __path__)
fault = _registry.fault
known = _registry.known
names = _registry.names
apply = _registry.apply

__all__ = ["Fault", "UnknownFault", "apply", "fault", "known", "names"]
