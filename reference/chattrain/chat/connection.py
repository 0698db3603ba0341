"""One chat socket of one trainee."""

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect

from reference.chattrain import jsontext
from reference.chattrain.chat.frames import Frame

MOST_WAITING = 256


class Connection:
    """Sends frames in the order they were given, without making the giver wait for a slow reader."""

    def __init__(self, socket: WebSocket) -> None:
        """Write to `socket` once `write` runs."""
        self._socket = socket
        self._outbox: asyncio.Queue[Frame | int] = asyncio.Queue()
        self._drained = asyncio.Event()
        self._drained.set()

    def send(self, frame: Frame) -> None:
        """Give a frame to be sent."""
        self._outbox.put_nowait(frame)
        if self._outbox.qsize() >= MOST_WAITING:
            self._drained.clear()

    def close(self, code: int) -> None:
        """Close with `code` after everything given before was sent."""
        self._outbox.put_nowait(code)

    async def receive(self) -> str | bytes:
        """Give the next frame of the trainee. Raises WebSocketDisconnect.

        A trainee who sends without reading is not read from until the frames that wait for them are taken.
        """
        await self._drained.wait()
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text, data = message.get("text"), message.get("bytes")
        return text if text is not None else bytes(data or b"")

    async def write(self) -> None:
        """Send what is given until the socket is closed by either side."""
        while True:
            item = await self._outbox.get()
            if self._outbox.qsize() < MOST_WAITING // 2:
                self._drained.set()
            try:
                if isinstance(item, int):
                    await self._socket.close(item)
                    return
                await self._socket.send_text(jsontext.write(item))
            except (WebSocketDisconnect, RuntimeError):
                # The trainee has gone; the reader learns it too and leaves the conversation.
                self._drained.set()
                return
