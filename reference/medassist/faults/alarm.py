"""Faults of the alarm: when patient and nurses are told of an emergency."""

from dataclasses import replace

from reference.medassist.chat import frames
from reference.medassist.chat.answering import Answering
from reference.medassist.chat.desk import ChatDesk
from reference.medassist.chat.intake import Taken
from reference.medassist.chat.messages import Message
from reference.medassist.chat.rooms import Connection
from reference.medassist.faults import fault
from reference.medassist.parts import Parts


@fault("alert-waits-for-ai", "MA-TRIAGE-05", "MA-PERF-04")
def alert_waits_for_ai(parts: Parts) -> None:
    """Show the advice and tell the nurses only when the AI has answered, and never when it fails."""
    desk = parts.chat_desk = _WaitingDesk(parts)
    parts.answering = _AlarmingAnswering(parts, desk)


class _WaitingDesk(ChatDesk):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._waiting: dict[str, Taken] = {}

    def follow(self, taken: Taken, patient_id: str, sender: Connection | None) -> None:
        if not taken.is_new or taken.advice is None:
            super().follow(taken, patient_id, sender)
            return
        self._waiting[taken.message.id] = taken
        super().follow(replace(taken, advice=None, notices=[]), patient_id, sender)

    def answered(self, message_id: str, *, by_ai: bool) -> None:
        """Tell everybody about the emergency of this message, if there was one, now that the AI has answered."""
        taken = self._waiting.pop(message_id, None)
        if taken is None or taken.advice is None or not by_ai:
            return
        flags = taken.message.metadata["red_flags"]
        alert = frames.alert(taken.message.session_id, flags, taken.advice.content)
        self._parts.rooms.of(taken.message.session_id).broadcast(alert, number=taken.advice.sequence_number)
        for flag in flags:
            self._parts.metrics.red_flag(flag)
        self._parts.board.tell(taken.notices)


class _AlarmingAnswering(Answering):
    def __init__(self, parts: Parts, desk: _WaitingDesk) -> None:
        super().__init__(parts)
        self._desk = desk

    def deliver(self, reply: Message, to: Message) -> None:
        super().deliver(reply, to)
        self._desk.answered(to.id, by_ai=not reply.metadata["fallback"])
