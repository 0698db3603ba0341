"""The patient's chat socket: joining a session, saying something, and what comes back for each message."""

import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self

from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed
from countersign.evidence import Recorder
from countersign.systems.medassist.model import need
from countersign.systems.medassist.socket import JOIN_WITHIN, Frame, MedAssistLine, socket_address
from countersign.target.live import LiveSystem
from countersign.transport.deadline import Deadline

ANSWER_WITHIN = 10.0
"""Longer than any limit of a criterion (a failing AI: 6 s), so that the late answer itself can be measured."""


@dataclass(frozen=True)
class Sent:
    """A message on its way. `at` is the monotonic moment it was sent."""

    content: str
    client_id: str | None
    at: float


@dataclass(frozen=True)
class Turn:
    """One message and what came for it: acknowledgement, alert, pieces, answer, or a refusal; None for what did not."""

    sent: Sent
    acknowledgement: Frame | None = None
    alert: Frame | None = None
    pieces: tuple[Frame, ...] = ()
    answer: Frame | None = None
    refusal: Frame | None = None

    @property
    def message_id(self) -> str:
        """The id under which the message is stored. Raises ContractBroken if it was not acknowledged."""
        return str(need(self._must("acknowledgement").payload, "message_id", str, "the acknowledgement"))

    @property
    def sequence(self) -> int:
        """The number of the message in its session."""
        return int(need(self._must("acknowledgement").payload, "sequence", int, "the acknowledgement"))

    @property
    def urgency(self) -> str:
        """How urgent the system took the message to be."""
        return str(need(self._must("acknowledgement").payload, "urgency", str, "the acknowledgement"))

    @property
    def red_flags(self) -> tuple[str, ...]:
        """The red flags the system saw in the message."""
        return tuple(need(self._must("acknowledgement").payload, "red_flags", list, "the acknowledgement"))

    @property
    def reply(self) -> str:
        """The whole answer. Raises ContractBroken if there is none."""
        return str(need(self._must("answer").payload, "content", str, "the answer"))

    @property
    def is_fallback(self) -> bool:
        """Whether the answer is the sentence that stands in for a failed AI."""
        return bool(need(self._must("answer").payload, "fallback", bool, "the answer"))

    @property
    def spoken(self) -> str:
        """The pieces of the answer, joined."""
        return "".join(str(piece.payload.get("token", "")) for piece in self.pieces)

    @property
    def acknowledged_after(self) -> float:
        """Seconds from sending to the acknowledgement."""
        return self._must("acknowledgement").arrived - self.sent.at

    @property
    def answered_after(self) -> float:
        """Seconds from sending to the complete answer."""
        return self._must("answer").arrived - self.sent.at

    @property
    def alerted_after(self) -> float:
        """Seconds from sending to the emergency advice."""
        return self._must("alert").arrived - self.sent.at

    @property
    def error_code(self) -> str:
        """The code of the refusal; empty if the message was not refused."""
        return str(self.refusal.payload.get("code", "")) if self.refusal is not None else ""

    def _must(self, part: str) -> Frame:
        frame: Frame | None = getattr(self, part)
        if frame is None:
            came = [name for name in ("acknowledgement", "alert", "answer", "refusal") if getattr(self, name)]
            refused = f" ({self.error_code})" if self.refusal else ""
            raise ContractBroken(
                f"medassist: no {part} for the message {self.sent.content[:60]!r}; "
                f"what came: {', '.join(came) or 'nothing'}{refused}"
            )
        return frame


class ChatLine(MedAssistLine):
    """One connection to a session's chat. `greeting` is its first frame."""

    greeting: Frame

    @classmethod
    def join(
        cls,
        system: LiveSystem,
        session_id: str,
        token: str,
        *,
        actor: str,
        recorder: Recorder,
        role: str = "patient",
        within: float = JOIN_WITHIN,
        last_sequence: int | None = None,
        via: tuple[str, int] | None = None,
    ) -> Self:
        """Open the chat of a session and wait for its greeting; with `last_sequence` ask for what was missed."""
        query = {} if last_sequence is None else {"last_sequence": last_sequence}
        address = socket_address(system, session_id, token, **query)
        line = cls.dial(system, address, actor=actor, recorder=recorder, role=role, within=within, via=via)
        line.greeting = line.next_frame(within)
        if not line.greeting.says("status", status="connected"):
            raise ContractBroken(f"medassist: a chat opened with {line.greeting.type}, expected its status")
        return line

    def say(self, content: Any, client_id: str | None = None, **more: Any) -> Sent:
        """Send a message without waiting for what it brings."""
        marked = {"client_message_id": client_id} if client_id is not None else {}
        return Sent(str(content), client_id, self.tell("chat", {"content": content, **marked, **more}))

    def exchange(self, content: Any, within: float = ANSWER_WITHIN) -> Turn:
        """Say something and wait for its complete answer, or its refusal.

        Raises DeadlineExceeded saying what had come by then, LineClosed if the connection ended.
        """
        return self.collect([self.say(content, str(uuid.uuid4()))], within)[0]

    def collect(self, sent: Sequence[Sent], within: float = ANSWER_WITHIN) -> list[Turn]:
        """Collect what belongs to messages that were sent, until each was answered or refused.

        Messages sent with a client's own id are told apart by it, others by their order. Raises DeadlineExceeded
        naming how many had no answer.
        """
        ledger = _Ledger(sent)
        deadline = Deadline(within, f"medassist: answers to {len(sent)} message(s)")
        while not ledger.complete:
            try:
                ledger.take(self.next_frame(deadline))
            except DeadlineExceeded:
                raise deadline.exceeded(ledger.so_far) from None
        return ledger.turns

    def collect_what_comes(self, sent: Sequence[Sent], within: float) -> list[Turn]:
        """Collect as `collect` does, but give what there is when the time is over or the connection ends."""
        ledger, deadline = _Ledger(sent), Deadline(within, "medassist: what comes")
        with suppress(DeadlineExceeded, LineClosed):
            while not ledger.complete:
                ledger.take(self.next_frame(deadline))
        return ledger.turns

    def missed(self, within: float = 1.0) -> list[Frame]:
        """Give the stored messages that come after the greeting, up to the answer of a ping (a marker, no waiting)."""
        self.tell("ping")
        replayed: list[Frame] = []
        ends = time.monotonic() + within
        while (frame := self.next_frame(max(0.001, ends - time.monotonic()))).type != "pong":
            if frame.type == "message":
                replayed.append(frame)
        return replayed


class _Ledger:
    """Books frames to the messages they belong to."""

    def __init__(self, sent: Sequence[Sent]) -> None:
        self._sent = list(sent)
        self._parts: list[dict[str, Any]] = [{} for _ in sent]
        self._pieces: list[Frame] = []
        self._last = "nothing"

    @property
    def complete(self) -> bool:
        return all("answer" in parts or "refusal" in parts for parts in self._parts)

    @property
    def so_far(self) -> str:
        done = sum("answer" in parts or "refusal" in parts for parts in self._parts)
        return f"{self._last}; {done} of {len(self._parts)} were answered"

    @property
    def turns(self) -> list[Turn]:
        return [Turn(sent, **parts) for sent, parts in zip(self._sent, self._parts, strict=True)]

    def take(self, frame: Frame) -> None:
        self._last = frame.type
        if frame.says("status", status="message_received"):
            self._book(self._awaiting(frame.payload.get("client_message_id")), acknowledgement=frame)
        elif frame.type == "red_flag_alert":
            self._book(self._newest_without_alert(), alert=frame)
        elif frame.type == "streaming":
            self._pieces.append(frame)
        elif frame.type == "streaming_complete":
            self._book(self._answered_by(frame), answer=frame, pieces=tuple(self._pieces))
            self._pieces = []
        elif frame.type == "error":
            self._book(self._awaiting(None), refusal=frame)

    def _book(self, parts: dict[str, Any] | None, **found: Any) -> None:
        if parts is not None:
            parts.update(found)

    def _awaiting(self, client_id: Any) -> dict[str, Any] | None:
        for sent, parts in zip(self._sent, self._parts, strict=True):
            mine = client_id is None or sent.client_id in (None, client_id)
            if mine and "acknowledgement" not in parts and "refusal" not in parts:
                return parts
        return None

    def _newest_without_alert(self) -> dict[str, Any] | None:
        acknowledged = [parts for parts in self._parts if "acknowledgement" in parts and "alert" not in parts]
        flagged = [parts for parts in acknowledged if parts["acknowledgement"].payload.get("red_flags")]
        return next(iter(flagged or acknowledged), None)

    def _answered_by(self, frame: Frame) -> dict[str, Any] | None:
        wanted = frame.payload.get("in_reply_to")
        for parts in self._parts:
            acknowledgement = parts.get("acknowledgement")
            if acknowledgement is not None and acknowledgement.payload.get("message_id") == wanted:
                return parts
        return None
