"""Exchanges as they come from a chat, made up for tests."""

from typing import Any

from countersign.systems.chattrain.model import Exchange, Frame


def frame(kind: str, arrived: float = 1.0, **data: Any) -> Frame:
    """Make a frame of a kind."""
    return Frame(kind, str(data.get("content", "")), "", arrived, {"type": kind, **data})


def exchange(*frames: Frame, line: str = "hello") -> Exchange:
    """Make an exchange of a line sent at 0 s."""
    return Exchange(line, 0.0, frames)
