"""Frames that nobody can use, sent over a line one after the other, and whether the connection lives on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.broken_frames import Broken, Told
from countersign.journeys.measuring import measure_longest
from countersign.transport.deadline import Deadline
from countersign.transport.websocket import WebSocketLine

ERROR_WITHIN = 2.0
PONG = "pong"


class PingedLine(Protocol):
    """A line of any system that answers pings. `frames` is everything it received."""

    line: WebSocketLine
    frames: list[Any]

    def gather(self, enough: Callable[[], bool], within: float | Deadline) -> bool:
        """Receive until there is enough."""

    def ping(self) -> float:
        """Ping and give the seconds until the pong."""


@dataclass(frozen=True)
class Nonsense:
    """What every broken frame brought."""

    each: Sequence[Broken]


def sends_broken(line: PingedLine, what: str, wish: Mapping[str, str], told: Callable[[Any], Told]) -> Broken:
    """Send a broken frame, wait for what it brings, and ping.

    `wish` says how it is sent: `text` or `binary`, and the `code` of the error it has to bring where there are codes.
    `told` puts a frame of the system into common words.
    """
    came = len(line.frames)
    if "binary" in wish:
        line.line.send_bytes(wish["binary"].encode())
    else:
        line.line.send_text(wish["text"])
    closed: int | None = None
    ping: float | None = None
    try:
        line.gather(lambda: len(line.frames) > came, ERROR_WITHIN)
        ping = line.ping()
    except LineClosed as end:
        closed = end.code
    except DeadlineExceeded:
        ping = None
    frames = tuple(told(frame) for frame in line.frames[came:] if frame.type != PONG)
    return Broken(what, wish.get("code", ""), frames, ping, closed)


def ping_of(size: int, inside: str) -> str:
    """Give a ping of exactly so many bytes, filled up `inside` the part of the frame that holds its facts."""
    start, end = f'{{"type": "ping", "{inside}": {{"fill": "', '"}}'
    return start + "x" * (size - len(start) - len(end)) + end


def measure_pings(stage: Any, nonsense: Nonsense, limit: float) -> None:
    """Journal how soon the connection answered after each broken frame."""
    seconds = [broken.ping for broken in nonsense.each if broken.ping is not None]
    if seconds:
        load = "after a broken frame"
        measure_longest(stage, "ping to pong", seconds, below=limit, load=load, required=len(nonsense.each))
