"""ChatTrain's chat socket: joining a session, talking, and telling the transcript who said what."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.evidence import Recorder, Speech
from countersign.systems.chattrain.model import Exchange, Frame, Session, need
from countersign.systems.frame_line import FrameLine
from countersign.target.live import LiveSystem
from countersign.transport.deadline import Deadline
from countersign.transport.frame import Frame as WireFrame
from countersign.transport.websocket import WebSocketLine

THE_THREE = ("message_received", "assistant_message", "evaluation_feedback")
REFUSALS = ("security_error", "error")
JOIN_WITHIN = 5.0
EXCHANGE_WITHIN = 12.0
"""Longer than any limit of a criterion, so that the late answer itself can be measured (a hanging AI: 10 s)."""


def socket_url(system: LiveSystem, session: Session | None = None, *, path: str = "", token: str = "") -> str:
    """Give the address of a session's chat socket, with the token the session answer gave, if any."""
    parts = urlsplit(system.url)
    base = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path}"
    if session is not None and not path:
        path = session.socket_path or f"/chat/{session.id}"
        token = "" if "token=" in path else session.token
    return f"{base}{path}{'?token=' + token if token else ''}"


def narrator_for(speaker: str) -> Callable[[str, Any], Speech | None]:
    """Make the narrator of a socket: which frames are words in the conversation, and who said them."""

    def narrate(direction: str, data: Any) -> Speech | None:
        if not isinstance(data, Mapping):
            return None
        kind, content = str(data.get("type", "")), str(data.get("content", ""))
        if direction == "sent":
            return Speech(speaker, "trainee", content) if kind == "user_message" else None
        if kind == "session_start":
            return Speech("Customer", "customer", str(data.get("first_message", content)))
        if kind == "assistant_message":
            return Speech("Customer", "customer", content)
        if kind == "evaluation_feedback":
            suggestions = data.get("suggestions")
            details = {"score": str(data.get("score"))}
            if isinstance(suggestions, list):
                details["suggestions"] = " - ".join(str(item) for item in suggestions)
            return Speech("Feedback", "system", content, details)
        if kind in {"session_complete", *REFUSALS}:
            code = data.get("code") or data.get("error_code") or data.get("status")
            return Speech("System", "system", content, {"code": str(code)} if code else {})
        return None

    return narrate


class Chat(FrameLine[Frame]):
    """One connection to a session's chat. Every wait has an end; frames keep the moment they arrived."""

    def __init__(self, line: WebSocketLine) -> None:
        super().__init__(line, "chattrain")

    @classmethod
    def join(
        cls,
        system: LiveSystem,
        url: str,
        *,
        actor: str,
        recorder: Recorder,
        within: float = JOIN_WITHIN,
        origin: str | None = None,
        headers: Mapping[str, str] | None = None,
        via: tuple[str, int] | None = None,
    ) -> Self:
        """Open the socket. Raises HandshakeRefused, SystemUnreachable or DeadlineExceeded; waits for no frame.

        `via` is the host and port of a network that is put in between.
        """
        return cls(
            WebSocketLine.open(
                url,
                system=system.name,
                actor=actor,
                recorder=recorder,
                within=within,
                origin=origin,
                headers=headers,
                ca=system.ca_file or None,
                narrator=narrator_for(actor),
                via=via,
            )
        )

    def read(self, received: WireFrame) -> Frame:
        """Read a frame of the chat."""
        data = received.json
        return Frame(
            type=need(data, "type", str, "a frame of the chat"),
            content=str(data.get("content", "")),
            timestamp=str(data.get("timestamp", "")),
            arrived=received.arrived,
            data=data,
        )

    def say(self, line: Any, metadata: Any = None) -> float:
        """Send a line without waiting for what it brings; give the moment it was sent (monotonic)."""
        frame = {"type": "user_message", "content": line}
        return self.send(frame if metadata is None else {**frame, "metadata": metadata})

    def exchange(self, line: Any, within: float = EXCHANGE_WITHIN, metadata: Any = None) -> Exchange:
        """Say a line and collect what belongs to it: the three answers in whatever order, or one refusal.

        Raises DeadlineExceeded saying what had come by then, LineClosed if the connection ended.
        """
        return self.collect(line, self.say(line, metadata), within)

    def collect(self, line: Any, sent: float, within: float = EXCHANGE_WITHIN) -> Exchange:
        """Collect what belongs to one line that was sent."""
        frames: list[Frame] = []
        deadline = Deadline(within, "chattrain: the customer's reply and the feedback")
        while not _complete(frames):
            try:
                frames.append(self.next_frame(deadline))
            except DeadlineExceeded:
                raise deadline.exceeded(frames[-1].type if frames else "nothing") from None
        return Exchange(str(line), sent, tuple(frames))

    def burst(self, lines: Sequence[Any], within: float) -> list[Exchange]:
        """Send lines at once and collect until each was rated or refused, or the time is over.

        Accepted lines come first, in the order of sending; the n-th receipt, reply and feedback make the n-th
        exchange. Refused ones follow. What never came is missing from its exchange; a closed line ends the wait.
        """
        sent = [self.say(line) for line in lines]
        deadline = Deadline(within, "chattrain: answers to all lines")
        frames: list[Frame] = []
        # What is missing shows in the exchanges, where the sentence judges it.
        with suppress(DeadlineExceeded, LineClosed):
            while sum(frame.type in (*REFUSALS, THE_THREE[2]) for frame in frames) < len(lines):
                frames.append(self.next_frame(deadline))
        return _sort(lines, sent, frames)

    def info(self, within: float = JOIN_WITHIN) -> Mapping[str, Any]:
        """Ask what the server knows of the session; give the metadata of `session_info`.

        The answer also is a marker: what the server had sent before it has arrived by then.
        """
        self.send({"type": "session_start"})
        frame = self.wait_for("session_info", within)
        metadata: Mapping[str, Any] = need(frame.data, "metadata", Mapping, "session_info")
        return metadata

    def messages(self, within: float = JOIN_WITHIN) -> list[Any]:
        """Ask the server what was said in the session; nothing if it does not tell."""
        told = self.info(within).get("messages")
        return told if isinstance(told, list) else []

    def end_early(self, within: float = JOIN_WITHIN) -> Frame:
        """End the session as the trainee; give the `session_complete` frame."""
        self.send({"type": "session_complete"})
        return self.wait_for("session_complete", within)


def _complete(frames: list[Frame]) -> bool:
    types = {frame.type for frame in frames}
    return types.issuperset(THE_THREE) or bool(types.intersection(REFUSALS))


def _sort(lines: Sequence[Any], sent: Sequence[float], frames: Sequence[Frame]) -> list[Exchange]:
    by_kind = {kind: [frame for frame in frames if frame.type == kind] for kind in THE_THREE}
    refused = [frame for frame in frames if frame.type in REFUSALS]
    accepted = max(0, len(lines) - len(refused))
    exchanges = []
    for number, line in enumerate(lines):
        if number < accepted:
            own = [found[number] for found in by_kind.values() if number < len(found)]
            own.sort(key=lambda frame: frame.arrived)
        else:
            own = [refused[number - accepted]]
        exchanges.append(Exchange(str(line), sent[number], tuple(own)))
    return exchanges
