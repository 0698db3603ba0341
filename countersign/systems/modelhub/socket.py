"""The sockets of the model hub: the plain one for one's own tasks, and the one with topics."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from countersign.evidence import Recorder
from countersign.systems.frame_line import FrameLine
from countersign.systems.modelhub.model import need, texts
from countersign.target.live import LiveSystem
from countersign.transport.frame import Frame as WireFrame
from countersign.transport.websocket import WebSocketLine

JOIN_WITHIN = 5.0
PLAIN, TOPICS = "/ws", "/api/v1/ws"


@dataclass(frozen=True)
class Frame:
    """One frame. `data` are its facts (of a plain frame: all but its type), `event_id` grows per topic."""

    type: str
    data: Mapping[str, Any]
    event_id: str | None
    arrived: float
    raw: Mapping[str, Any]

    def says(self, kind: str, **data: Any) -> bool:
        """Tell whether it is of a type and has all this among its facts."""
        return self.type == kind and data.items() <= self.data.items()


def socket_address(system: LiveSystem, path: str, token: str = "") -> str:
    """Give the address of a socket."""
    parts = urlsplit(system.url)
    base = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}{parts.path.rstrip('/')}"
    return f"{base}{path}{'?' + urlencode({'token': token}) if token else ''}"


class HubLine(FrameLine[Frame]):
    """An open socket of the hub, with topics or plain."""

    def __init__(self, line: WebSocketLine) -> None:
        super().__init__(line, "modelhub")

    @classmethod
    def dial(
        cls,
        system: LiveSystem,
        path: str,
        token: str,
        *,
        actor: str,
        recorder: Recorder,
        within: float = JOIN_WITHIN,
        via: tuple[str, int] | None = None,
    ) -> Self:
        """Open the socket. Raises HandshakeRefused, SystemUnreachable or DeadlineExceeded; waits for no frame."""
        return cls(
            WebSocketLine.open(
                socket_address(system, path, token),
                system=system.name,
                actor=actor,
                recorder=recorder,
                within=within,
                ca=system.ca_file or None,
                via=via,
            )
        )

    def read(self, received: WireFrame) -> Frame:
        """Read a frame of either socket."""
        raw = received.json
        kind = need(raw, "type", str, "a frame")
        data = raw["data"] if isinstance(raw.get("data"), Mapping) else {k: v for k, v in raw.items() if k != "type"}
        return Frame(kind, data, raw.get("event_id"), received.arrived, raw)

    def wait_for_data(self, kind: str, within: float, **data: Any) -> Frame:
        """Give the next frame of a type with all this among its facts, passing over others."""
        ends = time.monotonic() + within
        while True:
            frame = self.wait_for(kind, max(0.001, ends - time.monotonic()))
            if data.items() <= frame.data.items():
                return frame


class PlainLine(HubLine):
    """The plain socket."""

    def ping(self, within: float = 2.0) -> float:
        """Ping and give the seconds until the pong."""
        sent = self.send({"type": "ping"})
        return self.wait_for("pong", within).arrived - sent


class TopicLine(HubLine):
    """The socket with topics. `greeting` is its first frame."""

    greeting: Frame

    @classmethod
    def join(
        cls, system: LiveSystem, token: str, *, actor: str, recorder: Recorder, within: float = JOIN_WITHIN
    ) -> Self:
        """Open the socket and wait for its greeting."""
        line = cls.dial(system, TOPICS, token, actor=actor, recorder=recorder, within=within)
        line.greeting = line.wait_for("connection_established", within)
        return line

    def tell(self, kind: str, **data: Any) -> float:
        """Send a frame and give the moment it was sent (monotonic)."""
        return self.send({"type": kind, "data": data})

    def subscribe(self, topic: str, within: float = JOIN_WITHIN, **more: Any) -> Frame:
        """Subscribe to a topic (`since_event_id` for what was missed); give the response."""
        self.tell("subscribe", topic=topic, **more)
        return self.wait_for_data("subscription_response", within, topic=topic)

    def unsubscribe(self, topic: str, within: float = JOIN_WITHIN) -> Frame:
        """Give a topic up; give the response."""
        self.tell("unsubscribe", topic=topic)
        return self.wait_for_data("unsubscription_response", within, topic=topic)

    def subscriptions(self, within: float = JOIN_WITHIN) -> tuple[str, ...]:
        """Ask which topics the socket is subscribed to."""
        self.tell("get_status")
        told = self.wait_for("status_response", within).data
        return texts(told.get("subscriptions"), "the subscriptions of a socket")

    def ping(self, within: float = 2.0) -> float:
        """Ping and give the seconds until the pong. Other frames that come meanwhile stay in `frames`."""
        sent = self.tell("ping", timestamp=time.time())
        return self.wait_for("pong", within).arrived - sent

    def of_model(self, model_id: str) -> list[Frame]:
        """Give the frames about a model that were received so far, in their order."""
        return [frame for frame in self.frames if frame.data.get("model_id") == model_id]
