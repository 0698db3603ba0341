'''Seeded faults: named ways in which this system can be wrong, so that the suite can show that it notices.

Each module of this package holds the faults of one area and is imported by itself. A fault is a function that gets the
`Parts` of a MedAssist which is not built yet, and replaces one piece of behaviour::

    from reference.medassist.faults import fault
    from reference.medassist.parts import Parts


    @fault("negation-ignored", "MA-TRIAGE-02")
    def negation_ignored(parts: Parts) -> None:
        """Let denied symptoms and figures of speech escalate."""

- The name is the one of the contract's fault list, the criteria are those whose scenarios must fail under it.
- Routes, sockets, desks, watches and `Answering` look a piece up in `parts` at each call: set another object in its
  place. Pieces that were given others when they were made (see `healthy_parts`) only notice a method that is replaced
  in place, for example `parts.judge.judge = ...`, `parts.queue.order = ...`, `parts.messages.next_number = ...`.
- Be wrong in the one way the contract describes, and healthy otherwise: a fault that breaks everything proves nothing.
- State of a fault lives in its own object, never in a module: a process may build several systems.
- `parts.layers` is the list of what stands around HTTP requests (outermost first); `append` puts a layer innermost.
- The frames a client may send are in `parts.chat_desk.handlers` by type; what the server sends goes through
  `parts.chat_desk`, `parts.answering.deliver`, `parts.patient_news`, `parts.board.tell` and `parts.replay`.

Healthy code never mentions this package; only `__main__` applies it, with the names in `MEDASSIST_FAULTS`.
'''

from typing import TYPE_CHECKING

from reference.common.faulting import Fault, FaultRegistry, UnknownFault

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

_registry: FaultRegistry["Parts"] = FaultRegistry(__name__, __path__)
fault = _registry.fault
known = _registry.known
names = _registry.names
apply = _registry.apply

__all__ = ["Fault", "UnknownFault", "apply", "fault", "known", "names"]
