"""End sessions in which nothing was heard for too long."""

import asyncio
import time
from typing import TYPE_CHECKING

from reference.chattrain import clock
from reference.chattrain.chat.conversation import EarlyEnd
from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.sessions import Session

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

LONGEST_ROUND_SECONDS = 30.0


class IdleWatch:
    """Abandons active sessions without a frame for the idle time. Times before a restart do not count."""

    def __init__(self, parts: "Parts", idle_seconds: float) -> None:
        """Allow `idle_seconds` of silence."""
        self._parts = parts
        self._idle_seconds = idle_seconds
        self._started_at = time.monotonic()

    async def run(self) -> None:
        """Look after the sessions until cancelled."""
        while True:
            await asyncio.sleep(min(LONGEST_ROUND_SECONDS, self._idle_seconds / 4))
            try:
                await self.look()
            except DatabaseUnavailable:
                self._parts.logbook.note("idle watch", "database unavailable")
            except Exception as error:  # noqa: BLE001 - one strange session must not end the watch over all others
                self._parts.logbook.trouble("idle watch", error)

    async def look(self) -> None:
        """End the sessions that are idle now. Raises DatabaseUnavailable."""
        conversations = self._parts.conversations
        for session in await self._parts.sessions.active():
            if self._silent_for(session) >= self._idle_seconds:
                entry = await self._parts.catalogue.of_session(session.scenario_id)
                conversations.put(conversations.of(session, entry), EarlyEnd(None))
        for conversation in list(conversations.going_on.values()):
            if time.monotonic() - conversation.last_frame_at >= self._idle_seconds:
                conversations.forget(conversation)

    def _silent_for(self, session: Session) -> float:
        conversation = self._parts.conversations.find(session.id)
        if conversation is not None:
            return time.monotonic() - conversation.last_frame_at
        age = (clock.now() - session.created_at).total_seconds()
        return min(age, time.monotonic() - self._started_at)
