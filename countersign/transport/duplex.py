"""A socket that is read by one thread and written by others, without either ever waiting for the other.

Reading and writing never block while the lock is held, so a peer that stops reading cannot keep us from reading, and
TLS (whose state both directions share) is never entered by two threads at once.
"""

import select
import socket
import ssl
import struct
import threading
from collections import deque

from countersign.transport.deadline import Deadline
from countersign.transport.network import left

_CHUNK = 65536
_LOOK_AGAIN = 0.25
_WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class Duplex:
    """Both directions of one connected socket. `lock` may be held by callers to keep their bytes in order."""

    def __init__(self, line: socket.socket) -> None:
        line.setblocking(False)
        self.lock = threading.RLock()
        self._line = line
        self._waiting: deque[memoryview] = deque()
        self._woken, self._waker = socket.socketpair()
        self._closed = False

    def queue(self, data: bytes) -> None:
        """Put bytes in line to be written; `flush` or the reader writes them."""
        with self.lock:
            if data and not self._closed:
                self._waiting.append(memoryview(data))

    def flush(self, deadline: Deadline) -> None:
        """Write what is queued. Raises TimeoutError when the peer does not take it in time, OSError when it is gone."""
        while not self._write_some():
            poll = select.poll()
            with self.lock:
                if self._closed:
                    continue
                poll.register(self._line, select.POLLOUT)
            # Looked after now and then: nobody wakes a writer when the reader closes the socket meanwhile.
            poll.poll(min(left(deadline), _LOOK_AGAIN) * 1000)

    def _write_some(self) -> bool:
        with self.lock:
            if self._closed:
                raise OSError("the line is closed")
            try:
                while self._waiting:
                    sent = self._line.send(self._waiting[0])
                    rest = self._waiting.popleft()[sent:]
                    if rest:
                        self._waiting.appendleft(rest)
            except _WOULD_BLOCK:
                return False
            return True

    def read(self) -> bytes | None:
        """Wait for bytes and give them; b"" when the peer has closed, None when `wake` was called.

        Only the one reading thread may call this. Raises OSError when the connection broke.
        """
        while True:
            with self.lock:
                try:
                    return self._line.recv(_CHUNK)
                except _WOULD_BLOCK:
                    unwritten = not self._write_some()
            poll = select.poll()
            poll.register(self._line, select.POLLIN | (select.POLLOUT if unwritten else 0))
            poll.register(self._woken, select.POLLIN)
            if any(number == self._woken.fileno() for number, _ in poll.poll()):
                return None

    def wake(self) -> None:
        """Make the reading thread come back from `read` with None."""
        with self.lock:
            if not self._closed:
                self._waker.send(b"!")

    def close(self, *, reset: bool = False) -> None:
        """Close the socket; with `reset` the peer gets a TCP reset instead of an orderly end."""
        with self.lock:
            if self._closed:
                return
            self._closed = True
            if reset:
                reset_on_close(self._line)
            for end in (self._line, self._woken, self._waker):
                end.close()


def reset_on_close(line: socket.socket) -> None:
    """Make the next close of this socket a TCP reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
