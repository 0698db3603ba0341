"""Greet whoever joins."""

from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation


class Greeter:
    """Sends the first frame of every connection."""

    def greet(self, conversation: Conversation, connection: Connection) -> None:
        """Send `session_start` at once, before anything else."""
        connection.send(frames.session_start(conversation.session, conversation.entry))
