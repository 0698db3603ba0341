"""A small TCP proxy that is a bad network: between a client and a system, changeable while both talk.

It needs no root and no kernel module. It runs in a thread of its own; an idle proxy passes bytes on as they come.
"""

import asyncio
import socket
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from countersign.errors import SuiteError
from countersign.evidence import Entry, Recorder, utc_now
from countersign.faults.flow import Conditions, Direction, Link, Way

_CHANGE_WITHIN = 5.0
_END_WITHIN = 1.0
_WAYS = {"up": "to the system", "down": "from the system", "both": "both ways"}
_STANDARD_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


class Proxy:
    """A TCP proxy on a free loopback port before `target_host:target_port`.

    "up" is from the client to the system, "down" the way back. Every change is in force when its method returns, for
    open connections and new ones alike. Safe to use from several threads. `close` leaves nothing.

    Examples::

        with Proxy.before(system.url) as network:
            url = network.url(system.url)
            network.slow(latency=2.0)
            network.blackhole("down")
            network.reset()
            network.mend()
    """

    def __init__(
        self, target_host: str, target_port: int, *, recorder: Recorder | None = None, system: str = ""
    ) -> None:
        self.target = (target_host, target_port)
        self._recorder = recorder
        self._system = system
        self._conditions: dict[Way, Conditions] = {"up": Conditions(), "down": Conditions()}
        self._links: set[Link] = set()
        self._server: asyncio.Server | None = None
        self._carried: dict[Way, int] = {"up": 0, "down": 0}
        self._closed = False
        # Bound for as long as the proxy lives and never listening: while connections are refused, the port stays ours.
        self._reserved = _bound(0)
        self.host, self.port = self._reserved.getsockname()
        self._loop = asyncio.new_event_loop()
        # A daemon, so that a proxy nobody closed cannot keep the process from ending.
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"network to {self.target}", daemon=True)
        self._thread.start()
        self._call(self._listen())

    @classmethod
    def before(cls, url: str, *, recorder: Recorder | None = None, system: str = "") -> "Proxy":
        """Put a proxy before the host and port of an address. Raises SuiteError for an address without a host."""
        parts = urlsplit(url)
        port = parts.port or _STANDARD_PORTS.get(parts.scheme)
        if not parts.hostname or port is None:
            raise SuiteError(f"{url!r} names no host and port to put a network before")
        return cls(parts.hostname, port, recorder=recorder, system=system)

    def url(self, url: str) -> str:
        """Give the same address by way of this proxy."""
        return urlsplit(url)._replace(netloc=f"{self.host}:{self.port}").geturl()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._links)

    @property
    def carried(self) -> tuple[int, int]:
        """Bytes that were passed on, up and down."""
        return self._carried["up"], self._carried["down"]

    def slow(
        self,
        *,
        latency: float = 0.0,
        jitter: float = 0.0,
        rate: float | None = None,
        slices: int | None = None,
        direction: Direction = "both",
    ) -> None:
        """Slow a direction down; what is not named goes back to normal there.

        `latency` is added to every piece, give or take `jitter` (seconds; the order is kept), `rate` is in bytes a
        second, `slices` is the size in bytes of the pieces that are passed on
        one by one, at least 1 ms apart.
        """
        conditions = Conditions(latency, jitter, rate, slices)
        values = {"s latency": latency, "s jitter": jitter, "bytes/s": rate, "bytes a piece": slices}
        told = [f"{value:g} {name}" for name, value in values.items() if value]
        self._change(direction, conditions, f"slow ({', '.join(told)})" if told else "no longer slow")

    def blackhole(self, direction: Direction = "both") -> None:
        """Let nothing through any more: it is held, as a network that is gone holds it, and comes after `mend`."""
        self._change(direction, Conditions(held=True), "holding everything back")

    def stop_reading(self, direction: Direction) -> None:
        """Take nothing any more, as a receiver who has stopped reading: what is sent piles up at its sender."""
        self._change(direction, Conditions(held=True, deaf=True), "reading nothing any more")

    def refuse(self) -> None:
        """Refuse new connections (those that are open stay)."""
        self._call(self._deafen())
        self._note("refuses new connections")

    def finish(self) -> None:
        """End all open connections in good order (FIN), on both sides."""
        self._call(self._end_links(reset=False))
        self._note("ended all connections (FIN)")

    def reset(self) -> None:
        """Break all open connections (RST), on both sides."""
        self._call(self._end_links(reset=True))
        self._note("broke all connections (RST)")

    def mend(self) -> None:
        """Be a good network again; what was held back is passed on."""
        if self._closed:
            return
        self._call(self._listen())
        self._change("both", Conditions(), "good again")

    def close(self) -> None:
        """End everything: connections, port and thread."""
        if self._closed:
            return
        self._call(self._deafen())
        self._call(self._end_links(reset=True))
        self._closed = True
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_CHANGE_WITHIN)
        if self._thread.is_alive():
            raise SuiteError(f"the network before {self.target} did not stop within {_CHANGE_WITHIN:g} s")
        self._loop.close()
        self._reserved.close()

    def _change(self, direction: Direction, conditions: Conditions, told: str) -> None:
        self._call(self._put(direction, conditions))
        self._note(f"{told}, {_WAYS[direction]}")

    def _call(self, change: Coroutine[Any, Any, None]) -> None:
        if self._closed:
            change.close()
            raise SuiteError(f"the network before {self.target} is closed already")
        asyncio.run_coroutine_threadsafe(change, self._loop).result(_CHANGE_WITHIN)

    async def _put(self, direction: Direction, conditions: Conditions) -> None:
        ways: tuple[Way, ...] = ("up", "down") if direction == "both" else (direction,)
        for way in ways:
            self._conditions[way] = conditions
            for link in set(self._links):
                link.change(way, conditions)

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await self._loop.create_server(self._client_end, sock=_bound(self.port))

    async def _deafen(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _end_links(self, *, reset: bool) -> None:
        links = set(self._links)
        for link in links:
            link.end(reset=reset)
        over = [link.over for link in links]
        if over and (await asyncio.wait(over, timeout=_END_WITHIN))[1]:
            # A side that takes nothing any more cannot be ended in good order.
            for link in links:
                link.end(reset=True)
            await asyncio.wait(over)

    def _client_end(self) -> asyncio.Protocol:
        return Link(self._loop, self.target, self._conditions, self._count, self._links).client_end()

    def _count(self, way: Way, count: int) -> None:
        self._carried[way] += count

    def _note(self, told: str) -> None:
        if self._recorder is not None:
            host, port = self.target
            summary = f"the network to {self._system or f'{host}:{port}'}: {told}"
            self._recorder.note(Entry(utc_now(), "suite", self._system, "fault", "event", summary))


def _bound(port: int) -> socket.socket:
    line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    line.bind(("127.0.0.1", port))
    return line
