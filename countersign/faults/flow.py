"""One connection through the bad network: what comes in at one end goes out at the other, as conditions allow."""

import asyncio
import random
import socket
import struct
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from countersign.faults.receive_room import LITTLE, give_room

Way = Literal["up", "down"]
Direction = Literal["up", "down", "both"]

# More than this is not taken from a sender until some of it has been passed on.
_HIGH, _LOW = 256 * 1024, 64 * 1024
# With a limited rate bytes go out in pieces of so many seconds.
_GRAIN = 0.05
_APART = 0.001


@dataclass(frozen=True)
class Conditions:
    """The state of one direction: `latency` and `jitter` in seconds, `rate` in bytes a second, `slices` in bytes.

    `held` passes nothing on, `deaf` does not even take it from the sender.
    """

    latency: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    slices: int | None = None
    held: bool = False
    deaf: bool = False

    @property
    def clear(self) -> bool:
        """Say whether nothing is in the way."""
        return self == _CLEAR

    @property
    def piece(self) -> int | None:
        """Bytes that go out at once, None for as many as come."""
        if self.slices is not None:
            return max(1, self.slices)
        return max(1, int(self.rate * _GRAIN)) if self.rate is not None else None

    def seconds_for(self, count: int) -> float:
        """Seconds that so many bytes take. Slices keep apart, so that a receiver can see a part of a message."""
        paced = count / self.rate if self.rate is not None else 0.0
        return max(paced, _APART) if self.slices is not None else paced

    def delay(self) -> float:
        """Seconds that the next piece is late."""
        return max(0.0, self.latency + random.uniform(-self.jitter, self.jitter))


_CLEAR = Conditions()


class Flow:
    """One direction of one connection. Used in the proxy's event loop only."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        conditions: Conditions,
        carried: Callable[[int], None],
        done: Callable[[], None],
    ) -> None:
        self.source: asyncio.Transport | None = None
        self.sink: asyncio.Transport | None = None
        self.ended = False
        self._loop = loop
        self._conditions = conditions
        self._carried = carried
        self._done = done
        # Pieces with the moment they are due; None is the end of the stream.
        self._waiting: deque[tuple[float, bytes | None]] = deque()
        self._size = 0
        self._last_due = 0.0
        self._timer: asyncio.Handle | None = None
        self._full = False
        self._shrunk = False

    def feed(self, data: bytes) -> None:
        """Take what a sender sent."""
        if self._conditions.clear and not self._waiting and not self._full and self.sink is not None:
            self._write(self.sink, data)
            return
        self._stage(data)
        self._pump()
        if self._size > _HIGH and self.source is not None:
            self.source.pause_reading()

    def finish(self) -> None:
        """Take the end of what a sender sends; it comes after everything that waits."""
        self._stage(None)
        self._pump()

    def change(self, conditions: Conditions) -> None:
        """Go on under other conditions, also with what waits."""
        self._conditions = conditions
        waiting = [piece for _, piece in self._waiting]
        self._waiting.clear()
        self._size, self._last_due = 0, 0.0
        for piece in waiting:
            self._stage(piece)
        self.listen()
        self._pump()

    def listen(self) -> None:
        """Take what the sender sends, or stop taking it, as conditions say."""
        if self.source is None or self.source.is_closing():
            return
        if self._conditions.deaf:
            self._room_in_kernel(LITTLE)
            self.source.pause_reading()
        elif self._size < _LOW:
            if self._shrunk:
                self._room_in_kernel(_HIGH)
            self.source.resume_reading()

    def _room_in_kernel(self, size: int) -> None:
        self._shrunk = size == LITTLE
        if self.source is not None:
            give_room(self.source.get_extra_info("socket"), size)

    def pause(self) -> None:
        """Stop passing on: the receiver takes no more."""
        self._full = True

    def resume(self) -> None:
        """Go on passing on."""
        self._full = False
        self._pump()

    def stop(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _stage(self, data: bytes | None) -> None:
        conditions = self._conditions
        now = self._loop.time()
        if data is None:
            self._waiting.append((max(now + conditions.delay(), self._last_due), None))
            return
        piece = conditions.piece or len(data)
        delay = conditions.delay()
        for start in range(0, len(data), piece):
            part = data[start : start + piece]
            takes = conditions.seconds_for(len(part))
            self._last_due = max(now + delay, self._last_due + takes)
            self._waiting.append((self._last_due, part))
            self._size += len(part)

    def _pump(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._waiting and self.sink is not None and not self._conditions.held and not self._full:
            due, piece = self._waiting[0]
            if due > self._loop.time():
                self._timer = self._loop.call_at(due, self._pump)
                return
            self._waiting.popleft()
            if piece is None:
                self._end(self.sink)
                return
            self._size -= len(piece)
            self._write(self.sink, piece)
        self.listen()

    def _write(self, sink: asyncio.Transport, data: bytes) -> None:
        if not sink.is_closing():
            # Counted first: a write may reach the receiver, who then asks for the count, before it returns.
            self._carried(len(data))
            sink.write(data)

    def _end(self, sink: asyncio.Transport) -> None:
        self.ended = True
        if not sink.is_closing() and sink.can_write_eof():
            sink.write_eof()
        self._done()


class Link:
    """Both directions of one connection, from the moment a client came."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        target: tuple[str, int],
        conditions: dict[Way, Conditions],
        carried: Callable[[Way, int], None],
        links: "set[Link]",
    ) -> None:
        self._loop = loop
        self._target = target
        self._links = links
        self._sides: set[asyncio.Transport] = set()
        self.over: asyncio.Future[None] = loop.create_future()
        self.up = Flow(loop, conditions["up"], lambda count: carried("up", count), self._passed)
        self.down = Flow(loop, conditions["down"], lambda count: carried("down", count), self._passed)
        self._connecting: asyncio.Task[None] | None = None

    def client_end(self) -> asyncio.Protocol:
        """Give the protocol of the client's side."""
        return _End(self, self.up, self.down, self._client_came)

    def change(self, way: Way, conditions: Conditions) -> None:
        """Put one direction under other conditions."""
        (self.up if way == "up" else self.down).change(conditions)

    def end(self, *, reset: bool) -> None:
        """End both sides, with a reset or in good order."""
        if self._connecting is not None:
            self._connecting.cancel()
        self.up.stop()
        self.down.stop()
        for side in set(self._sides):
            if reset:
                linger = struct.pack("ii", 1, 0)
                side.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                side.abort()
            else:
                side.close()

    def came(self, side: asyncio.Transport) -> None:
        """Count a side in."""
        self._sides.add(side)

    def gone(self, side: asyncio.Transport, error: Exception | None) -> None:
        """Follow a side that is gone with the other."""
        self._sides.discard(side)
        if self._sides:
            self.end(reset=error is not None)
        else:
            self._leave()

    def _leave(self) -> None:
        self._links.discard(self)
        if not self.over.done():
            self.over.set_result(None)

    def _passed(self) -> None:
        # Both directions have come to their end: nothing more can come.
        if self.up.ended and self.down.ended:
            self.end(reset=False)

    def _client_came(self, client: asyncio.Transport) -> None:
        self._links.add(self)
        self.up.source = self.down.sink = client
        client.pause_reading()
        self._connecting = self._loop.create_task(self._connect())

    async def _connect(self) -> None:
        try:
            await self._loop.create_connection(lambda: _End(self, self.down, self.up, self._system_came), *self._target)
        except OSError:
            # As if the client had met the system itself: nobody there.
            self.end(reset=True)

    def _system_came(self, system: asyncio.Transport) -> None:
        self.down.source = self.up.sink = system
        self.up.listen()
        self.down.listen()


class _End(asyncio.Protocol):
    def __init__(self, link: Link, out: Flow, back: Flow, came: Callable[[asyncio.Transport], None]) -> None:
        self._link = link
        self._out = out
        self._back = back
        self._came = came

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._side = cast(asyncio.Transport, transport)
        self._link.came(self._side)
        self._came(self._side)

    def data_received(self, data: bytes) -> None:
        self._out.feed(data)

    def eof_received(self) -> bool:
        self._out.finish()
        return True

    def pause_writing(self) -> None:
        self._back.pause()

    def resume_writing(self) -> None:
        self._back.resume()

    def connection_lost(self, error: Exception | None) -> None:
        self._link.gone(self._side, error)
