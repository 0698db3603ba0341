"""What both sockets of MedAssist have in common: their address, their envelope, pings, and who is heard."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from countersign.errors import DeadlineExceeded
from countersign.evidence import Recorder, Speech
from countersign.systems.frame_line import FrameLine
from countersign.systems.medassist.model import need
from countersign.target.live import LiveSystem
from countersign.transport.frame import Frame as WireFrame
from countersign.transport.websocket import WebSocketLine

JOIN_WITHIN = 5.0


@dataclass(frozen=True)
class Frame:
    """One frame. `arrived` is monotonic seconds, stamped when it came in; `event_id` is that of a notice."""

    type: str
    payload: Mapping[str, Any]
    timestamp: str
    arrived: float
    event_id: int | None
    data: Mapping[str, Any]

    def says(self, kind: str, **payload: Any) -> bool:
        """Tell whether it is of a type and has all this in its payload."""
        return self.type == kind and payload.items() <= self.payload.items()


def socket_base(system: LiveSystem) -> str:
    """Give the address below which the sockets are, without a slash at its end."""
    if system.socket_url:
        return system.socket_url.rstrip("/")
    parts = urlsplit(system.url)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}/ws"


def socket_address(system: LiveSystem, path: str, token: str = "", **query: Any) -> str:
    """Give the address of a socket; `path` is a session's id, or `nurse`."""
    asked = {**({"token": token} if token else {}), **query}
    return f"{socket_base(system)}/{path}{'?' + urlencode(asked) if asked else ''}"


def narrator_for(speaker: str, role: str = "patient") -> Callable[[str, Any], Speech | None]:
    """Make the narrator of a socket: which frames are words in the conversation, and who said them."""

    def narrate(direction: str, data: Any) -> Speech | None:
        payload = data.get("payload") if isinstance(data, Mapping) else None
        if not isinstance(payload, Mapping):
            return None
        kind = str(data.get("type", ""))
        if direction == "sent":
            return Speech(speaker, role, str(payload.get("content", ""))) if kind == "chat" else None
        if kind == "streaming_complete":
            details = {"fallback": "yes"} if payload.get("fallback") else {}
            return Speech("Assistant", "assistant", str(payload.get("content", "")), details)
        if kind == "red_flag_alert" and "message" in payload:
            flags = payload.get("red_flags")
            details = {"red flags": ", ".join(map(str, flags))} if isinstance(flags, list) else {}
            return Speech("Emergency advice", "system", str(payload["message"]), details)
        if kind == "par_update":
            return Speech("System", "system", f"the report is {payload.get('status')}", {})
        if kind == "error":
            return Speech("System", "system", str(payload.get("error", "")), {"code": str(payload.get("code"))})
        return None

    return narrate


class MedAssistLine(FrameLine[Frame]):
    """An open socket of MedAssist."""

    def __init__(self, line: WebSocketLine) -> None:
        super().__init__(line, "medassist")

    @classmethod
    def dial(
        cls,
        system: LiveSystem,
        address: str,
        *,
        actor: str,
        recorder: Recorder,
        role: str = "patient",
        within: float = JOIN_WITHIN,
        origin: str | None = None,
        via: tuple[str, int] | None = None,
    ) -> Self:
        """Open the socket. Raises HandshakeRefused, SystemUnreachable or DeadlineExceeded; waits for no frame.

        `via` is the host and port of a network that is put in between.
        """
        return cls(
            WebSocketLine.open(
                address,
                system=system.name,
                actor=actor,
                recorder=recorder,
                within=within,
                origin=origin,
                ca=system.ca_file or None,
                narrator=narrator_for(actor, role),
                via=via,
            )
        )

    def read(self, received: WireFrame) -> Frame:
        """Read a frame in its envelope."""
        data, where = received.json, "a frame"
        event_id = data.get("event_id") if isinstance(data, Mapping) else None
        return Frame(
            type=need(data, "type", str, where),
            payload=need(data, "payload", Mapping, where),  # type: ignore[type-abstract]
            timestamp=need(data, "timestamp", str, where),
            arrived=received.arrived,
            event_id=event_id,
            data=data,
        )

    def tell(self, kind: str, payload: Mapping[str, Any] | None = None) -> float:
        """Send a frame in its envelope and give the moment it was sent (monotonic)."""
        return self.send({"type": kind, "payload": dict(payload or {})})

    def ping(self, within: float = 2.0) -> float:
        """Ping and give the seconds until the pong. Other frames that come meanwhile stay in `frames`."""
        sent = self.tell("ping")
        return self.wait_for("pong", within).arrived - sent

    def came_or_comes(self, kind: str, within: float) -> Frame | None:
        """Give the first frame of a type, already received or still to come; None if it does not come in time."""
        came = next((frame for frame in self.frames if frame.type == kind), None)
        if came is None:
            with suppress(DeadlineExceeded):
                came = self.wait_for(kind, within)
        return came

    def wait_for_payload(self, kind: str, within: float, **payload: Any) -> Frame:
        """Give the next frame of a type with all this in its payload, passing over others."""
        ends = time.monotonic() + within
        while True:
            frame = self.wait_for(kind, max(0.001, ends - time.monotonic()))
            if payload.items() <= frame.payload.items():
                return frame
