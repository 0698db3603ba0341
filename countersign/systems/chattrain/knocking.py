"""Try a chat socket that may be closed to the caller, and tell how the system took it."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken, DeadlineExceeded, HandshakeRefused, LineClosed
from countersign.evidence import Recorder
from countersign.systems.chattrain.chat import Chat
from countersign.systems.chattrain.model import Frame
from countersign.target.live import LiveSystem
from countersign.transport.deadline import Deadline

REFUSED_WITHIN = 3.0
"""A refused connection is closed within 3 s, or never opened (contract, words of the introduction)."""
LOOKS_AROUND = 0.5
"""Seconds for which somebody who got in collects what there is to see."""
POLICY_VIOLATION = 1008


@dataclass(frozen=True)
class Knock:
    """How a chat socket took a caller. `way` says who came how, `answer` what the system did, in words."""

    way: str
    answer: str
    refused: bool
    frames: tuple[Frame, ...] = ()

    @property
    def shown(self) -> str:
        """Everything the caller got to see."""
        return "\n".join(json.dumps(frame.data, ensure_ascii=False) for frame in self.frames)

    @property
    def greeted(self) -> bool:
        """Whether the caller was let in and greeted."""
        return any(frame.type == "session_start" for frame in self.frames)


def knock(
    system: LiveSystem,
    url: str,
    *,
    way: str,
    actor: str,
    recorder: Recorder,
    origin: str | None = None,
    headers: Mapping[str, str] | None = None,
    then: Sequence[Any] = (),
) -> Knock:
    """Open a chat socket, send `then` whatever comes, and see whether the system closes it.

    Refused is (contract, introduction): the opening is answered with a 4xx, or the socket is closed with 1008 or a
    4xxx code within 3 s; and no `session_start` was sent. Raises SystemUnreachable, DeadlineExceeded or LineClosed
    where the opening is neither taken nor refused.
    """
    try:
        chat = Chat.join(system, url, actor=actor, recorder=recorder, origin=origin, headers=headers)
    except HandshakeRefused as refusal:
        return Knock(way, f"the opening was answered with {refusal.status}", 400 <= refusal.status < 500)
    try:
        code = _end_of(chat, then)
    finally:
        chat.close()
    greeted = any(frame.type == "session_start" for frame in chat.frames)
    if greeted:
        return Knock(way, "let in and greeted", False, tuple(chat.frames))
    if code is None:
        return Knock(way, f"still open after {REFUSED_WITHIN:g} s", False, tuple(chat.frames))
    closed = f"closed with {code}"
    return Knock(way, closed, code == POLICY_VIOLATION or 4000 <= code < 5000, tuple(chat.frames))


def _end_of(chat: Chat, then: Sequence[Any]) -> int | None:
    """Give the code with which the system closed the line, or None if it kept it open."""
    deadline = Deadline(REFUSED_WITHIN, "chattrain: to be refused")
    # Whoever is closed before everything was sent may have been shown something all the same.
    with suppress(LineClosed):
        for frame in then:
            chat.send(frame)
    try:
        with suppress(DeadlineExceeded):
            while chat.next_frame(deadline).type != "session_start":
                continue
            chat.silence(LOOKS_AROUND)
        return None
    except LineClosed as end:
        return end.code
    except ContractBroken:
        # Something that is no frame of the chat came: nobody was refused, and it is in the evidence.
        return None
