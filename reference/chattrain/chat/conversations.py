"""All conversations that are going on."""

import asyncio
import time
from typing import TYPE_CHECKING

from reference.chattrain.catalogue import Entry
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation, Job
from reference.chattrain.sessions import Session

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

TAKEN_OVER = 4001


class Conversations:
    """Lets trainees join and leave, and works every conversation off one job after the other.

    A conversation is remembered after its trainee has gone, until the idle watch forgets it: when it was heard last
    decides how long the session stays open, and what could not be delivered waits here.
    """

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.going_on: dict[int, Conversation] = {}

    def join(self, session: Session, entry: Entry, connection: Connection) -> Conversation:
        """Let `connection` into the conversation of `session`; an older connection is closed with 4001."""
        conversation = self.of(session, entry)
        conversation.last_frame_at = time.monotonic()
        self._parts.greeter.greet(conversation, connection)
        older = conversation.attach(connection)
        self._parts.metrics.connections(+1)
        if older is not None:
            self._take_back(conversation, older)
            older.close(TAKEN_OVER)
        return conversation

    def leave(self, conversation: Conversation, connection: Connection) -> None:
        """Let `connection` go; what is in work goes on, what was not confirmed is dropped."""
        self._parts.metrics.connections(-1)
        conversation.detach(connection)
        self._take_back(conversation, connection)

    def of(self, session: Session, entry: Entry) -> Conversation:
        """Give the conversation of `session`, going on or new."""
        known = self.going_on.get(session.id)
        if known is None:
            known = self.going_on[session.id] = Conversation(session, entry)
        known.entry = entry
        return known

    def find(self, session_id: int) -> Conversation | None:
        """Give the conversation of a session if it is going on."""
        return self.going_on.get(session_id)

    def forget(self, conversation: Conversation) -> None:
        """Forget a conversation that is at rest, with what was never fetched of it."""
        if conversation.at_rest and self.going_on.get(conversation.session.id) is conversation:
            del self.going_on[conversation.session.id]

    def put(self, conversation: Conversation, job: Job) -> None:
        """Queue a job behind the others of its conversation."""
        conversation.waiting.append(job)
        if conversation.worker is None or conversation.worker.done():
            conversation.worker = asyncio.create_task(self._work_off(conversation))

    async def close(self) -> None:
        """Stop all work; lines that are kept are answered after the next start."""
        workers = [known.worker for known in self.going_on.values() if known.worker is not None]
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _work_off(self, conversation: Conversation) -> None:
        while conversation.waiting:
            job = conversation.waiting.popleft()
            try:
                await self._parts.turns.take(conversation, job)
            except Exception as error:  # noqa: BLE001 - one broken turn must not silence the whole conversation
                self._parts.logbook.trouble("turn", error)

    def _take_back(self, conversation: Conversation, connection: Connection) -> None:
        for _ in conversation.drop_unconfirmed(connection):
            self._parts.line_limits.give_back(conversation.session.user_id)
