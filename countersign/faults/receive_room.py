"""How much the kernel takes in for a receiver before its sender has to wait."""

import socket

LITTLE = 1
"""As little as the kernel allows: the sender of a receiver that has stopped soon notices."""


def give_room(line: socket.socket, size: int) -> None:
    """Let the kernel hold so many bytes (or its own least) for the receiver of a connection."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
    if size > LITTLE and hasattr(socket, "TCP_WINDOW_CLAMP"):
        # Linux keeps the small window when only the buffer grows again.
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_WINDOW_CLAMP, size)
