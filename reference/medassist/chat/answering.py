"""Answer patients: one message after the other in each session, every message exactly once."""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reference.common.database import DatabaseUnavailable
from reference.common.rounds import until_done
from reference.medassist.chat import frames
from reference.medassist.chat.messages import Message
from reference.medassist.models.inference import NoActiveVersion, NoAnswer
from reference.medassist.people import SYSTEM
from reference.medassist.reports.maker import MODEL

if TYPE_CHECKING:
    from reference.medassist.parts import Parts

RETRY_SECONDS = 0.5
FALLBACK = "I cannot answer you properly at the moment. Your message is kept, and a nurse will read it."


@dataclass(frozen=True)
class Said:
    """An answer before it is kept. `outcome` is answered, filtered or fallback."""

    text: str
    metadata: Mapping[str, Any]
    tokens: int | None
    outcome: str


@dataclass(frozen=True)
class Turn:
    """A message that waits for its answer."""

    message: Message
    patient_id: str


class Answering:
    """Works off the messages of every session in their order."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._waiting: dict[str, deque[Turn]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._awaited: dict[str, list[asyncio.Future[Message]]] = {}

    def put(self, message: Message, patient_id: str) -> None:
        """Queue a message that is kept and acknowledged."""
        self._waiting.setdefault(message.session_id, deque()).append(Turn(message, patient_id))
        if message.session_id not in self._workers:
            self._workers[message.session_id] = asyncio.create_task(self._work_off(message.session_id))

    def promise(self, message_id: str) -> "asyncio.Future[Message]":
        """Give what will be the answer to a message."""
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._awaited.setdefault(message_id, []).append(future)
        return future

    async def close(self) -> None:
        """Stop all work; messages that are kept are answered after the next start."""
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def recover(self) -> None:
        """Take up the messages that nobody answered before the end of the last process. Raises DatabaseUnavailable."""
        for message in await self._parts.messages.unanswered():
            session = await self._parts.sessions.find(message.session_id)
            assert session is not None, "sessions are never deleted"
            self.put(message, session.patient_id)

    async def _work_off(self, session_id: str) -> None:
        waiting = self._waiting[session_id]
        try:
            while waiting:
                turn = waiting.popleft()
                try:
                    await self.answer(turn)
                except Exception as error:  # noqa: BLE001 - one broken turn must not silence the whole session
                    self._parts.logbook.trouble("answer", error)
                    self._fail(turn.message, error)
        finally:
            self._waiting.pop(session_id, None)
            self._workers.pop(session_id, None)

    async def answer(self, turn: Turn) -> None:
        """Answer one message: ask, keep, deliver."""
        kept: list[tuple[Message, bool]] = []
        said: list[tuple[Said, Message]] = []

        async def attempt() -> bool:
            # The message is acknowledged, so its answer is kept as soon as that is possible, however long it takes.
            try:
                if not said:
                    said.append((await self.compose(turn), self.receiver(turn)))
                words, to = said[0]
                metadata = {**words.metadata, "in_reply_to": to.id}
                kept.append(await self._parts.messages.store_reply(to, words.text, metadata, words.tokens))
            except DatabaseUnavailable:
                self._parts.logbook.event("answer", "WARNING", outcome="kept later: database unavailable")
                return False
            return True

        await until_done(attempt, RETRY_SECONDS)
        (words, to), (reply, is_new) = said[0], kept[0]
        if is_new:
            self.deliver(reply, to)
            self._parts.metrics.reply(words.outcome)
        for future in self._awaited.pop(to.id, []):
            if not future.done():
                future.set_result(reply)

    def receiver(self, turn: Turn) -> Message:
        """Give the message that an answer, just composed for this turn, belongs to."""
        return turn.message

    def deliver(self, reply: Message, to: Message) -> None:
        """Send an answer to everyone in the session."""
        room = self._parts.rooms.of(to.session_id)
        for frame in frames.answer(reply, to):
            room.broadcast(frame, number=reply.sequence_number)

    async def compose(self, turn: Turn) -> Said:
        """Find the words of an answer: the AI's if it has any that are safe. Raises DatabaseUnavailable."""
        conversation, _ = await self._parts.messages.listing(turn.message.session_id, 0, None)
        question = self._parts.prompts.chat(conversation, turn.message)
        about: dict[str, Any] = {"model_id": MODEL, "model_version": None, "fallback": True, "filtered": False}
        try:
            choice = self._parts.inference.choose(MODEL, turn.patient_id)
            about["model_version"] = choice.version
            answer = await self._parts.inference.ask(MODEL, question, choice)
        except (NoAnswer, NoActiveVersion):
            return Said(FALLBACK, about, None, "fallback")
        text, filtered = self.readable(answer.text, turn.message)
        about |= {"model_version": answer.choice.version, "fallback": False, "filtered": filtered}
        if filtered:
            details = {"session_id": turn.message.session_id, "text": "answer"}
            await self._parts.audit.note("safety_filter_triggered", SYSTEM, "message", turn.message.id, details=details)
        return Said(text, about, answer.tokens, "filtered" if filtered else "answered")

    def readable(self, text: str, to: Message) -> tuple[str, bool]:
        """Give what a patient may read of the AI's answer to a message, and whether it was replaced."""
        return self._parts.safety.reply(text)

    def _fail(self, message: Message, error: Exception) -> None:
        for future in self._awaited.pop(message.id, []):
            if not future.done():
                future.set_exception(error)
