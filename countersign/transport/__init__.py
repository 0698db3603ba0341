"""All I/O with a system passes here: hard deadlines, recording, redaction, messages one can act on."""

from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline
from countersign.transport.eventually import eventually, unless_raised
from countersign.transport.frame import Frame
from countersign.transport.http import HttpClient
from countersign.transport.narration import Narrator
from countersign.transport.websocket import WebSocketLine

__all__ = ["Answer", "Deadline", "Frame", "HttpClient", "Narrator", "WebSocketLine", "eventually", "unless_raised"]
