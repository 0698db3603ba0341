"""The nurses' socket: notices with their numbers, in order, and those missed while away."""

from typing import Self

from countersign.errors import ContractBroken
from countersign.evidence import Recorder
from countersign.systems.medassist.socket import JOIN_WITHIN, Frame, MedAssistLine, socket_address
from countersign.target.live import LiveSystem

NOTICES = frozenset({"new_par", "par_update", "red_flag_alert", "queue_update", "system_alert"})


class NurseLine(MedAssistLine):
    """One connection of a nurse on duty. `greeting` is its first frame."""

    greeting: Frame

    @classmethod
    def join(
        cls,
        system: LiveSystem,
        token: str,
        *,
        actor: str,
        recorder: Recorder,
        within: float = JOIN_WITHIN,
        last_event_id: int | None = None,
        via: tuple[str, int] | None = None,
    ) -> Self:
        """Open the socket and wait for its greeting; with `last_event_id` ask for the notices that were missed.

        `via` is the host and port of a network that is put in between.
        """
        query = {} if last_event_id is None else {"last_event_id": last_event_id}
        address = socket_address(system, "nurse", token, **query)
        line = cls.dial(system, address, actor=actor, recorder=recorder, role="nurse", within=within, via=via)
        line.greeting = line.next_frame(within)
        if not line.greeting.says("status", status="connected"):
            raise ContractBroken(f"medassist: a nurse's line opened with {line.greeting.type}, expected its status")
        return line

    @property
    def notices(self) -> list[Frame]:
        """The notices received so far, in the order they came."""
        return [frame for frame in self.frames if frame.type in NOTICES]

    def up_to_now(self, within: float = 5.0) -> list[Frame]:
        """Receive everything that was sent up to now (a ping is the marker); give all notices so far."""
        self.ping(within)
        return self.notices
