"""Faults of bad days: dropped lines, a failing or hanging AI, a lost database, and what an operator sees of it."""

import asyncio
import math
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reference.chattrain import clock
from reference.chattrain.ai import AiClient, AiFailed, Customer
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation, Line
from reference.chattrain.chat.conversations import Conversations
from reference.chattrain.chat.door import Caller, Door
from reference.chattrain.chat.turns import Turns
from reference.chattrain.commenting import Commentator
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine, Item, StoredLine
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt
from reference.chattrain.scenario import Scenario
from reference.chattrain.scoring import QUALITIES, Rating, Scorer
from reference.chattrain.sessions import Session

if TYPE_CHECKING:
    import httpx

PLACES = 15
MOST_CALLS = 9
KEPT_BYTES = 5_000_000
MOST_KEPT_LINES = 400
"""After so many lines (2 GB) nothing more is kept: the point is made, and the machine goes on."""

NEVER_STORED = 2**40
"""The first number of a receipt for a line that nobody stored."""


@fault("sockets-never-freed", "CT-RESIL-01", "CT-LOAD-06")
def sockets_never_freed(parts: Parts) -> None:
    """Let a closed connection keep its place: nobody enters a session twice, and after 15 connections nobody at all."""
    parts.door = _FullHouse(parts)


class _FullHouse(Door):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.sessions, parts.settings.origins)
        self._places: list[int] = []

    async def session(self, number: int, caller: Caller) -> Session | None:
        found = await super().session(number, caller)
        if found is None or number in self._places or len(self._places) >= PLACES:
            return None
        self._places.append(number)
        return found


@fault("drop-forgets", "CT-RESIL-02", "CT-PAGE-05")
def drop_forgets(parts: Parts) -> None:
    """Throw the pending answer away when the line drops, and tell nothing of what was said before."""
    conversations = parts.conversations = _ForgetfulConversations(parts)
    parts.desk.handlers["session_start"] = _EmptyAccount(parts, conversations).tell


class _ForgetfulConversations(Conversations):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.left_at: dict[int, datetime] = {}

    def leave(self, conversation: Conversation, connection: Connection) -> None:
        super().leave(conversation, connection)
        if conversation.over:
            return
        self.left_at[conversation.session.id] = clock.now()
        conversation.undelivered.clear()
        if conversation.worker is not None:
            conversation.worker.cancel()


class _EmptyAccount:
    def __init__(self, parts: Parts, conversations: _ForgetfulConversations) -> None:
        self._parts = parts
        self._conversations = conversations

    async def tell(self, conversation: Conversation, connection: Connection, frame: Mapping[str, Any]) -> str:
        session = await self._parts.sessions.find(conversation.session.id)
        items: list[Item] = await self._parts.messages.items(conversation.session.id)
        left_at = self._conversations.left_at.get(conversation.session.id)
        told = [item for item in items if left_at is None or item.timestamp > left_at]
        connection.send(frames.session_info(session or conversation.session, conversation.entry, told))
        return "told"


@fault("ai-failure-mishandled", "CT-RESIL-03", "CT-SEC-12")
def ai_failure_mishandled(parts: Parts) -> None:
    """Ask a failing AI nine times, then show what it said of its trouble in the feedback, with score 0."""
    trouble = _Trouble()
    parts.customer = _InsistentCustomer(parts, trouble)
    parts.scorer = _OffendedScorer(trouble)
    parts.commentator = _IndiscreetCommentator(trouble)


class _Trouble:
    """What the AI said of its trouble, for the line that is in work in this task; empty if it answered."""

    def __init__(self) -> None:
        self.said: ContextVar[str] = ContextVar("said", default="")

    async def listen(self, response: "httpx.Response") -> None:
        if response.status_code != 200:
            await response.aread()
            self.said.set(response.text)


class _InsistentCustomer(Customer):
    def __init__(self, parts: Parts, trouble: _Trouble) -> None:
        super().__init__(_OverheardClient(parts, trouble), parts.metrics)
        self._trouble = trouble

    async def answer(self, prompt: Prompt) -> CustomerLine:
        self._trouble.said.set("")
        line = await super().answer(prompt)
        if line.failed and not self._trouble.said.get():
            self._trouble.said.set("Exception: AiFailed")
        return line


class _OverheardClient(AiClient):
    def __init__(self, parts: Parts, trouble: _Trouble) -> None:
        super().__init__(parts.settings)
        self._trouble = trouble

    async def ask(self, prompt: Prompt) -> CustomerLine:
        for _ in range(MOST_CALLS - 1):
            try:
                return await self.call(prompt)
            except AiFailed:
                continue
        return await self.call(prompt)

    def _open_client(self) -> "httpx.AsyncClient":
        client = super()._open_client()
        client.event_hooks = {"response": [self._trouble.listen]}
        return client


class _OffendedScorer(Scorer):
    def __init__(self, trouble: _Trouble) -> None:
        self._trouble = trouble

    def rate(self, scenario: Scenario, step: int, line: str) -> Rating:
        if not self._trouble.said.get():
            return super().rate(scenario, step, line)
        return Rating(0, (), scenario.keywords_at(step), 0.0, dict.fromkeys(QUALITIES, 0.0), insulting=False)


class _IndiscreetCommentator(Commentator):
    def __init__(self, trouble: _Trouble) -> None:
        self._trouble = trouble

    def comment(self, rating: Rating) -> str:
        return self._trouble.said.get() or super().comment(rating)


@fault("ai-hang-blocks-all", "CT-RESIL-04")
def ai_hang_blocks_all(parts: Parts) -> None:
    """Ask the AI for one trainee at a time, and wait for it without end."""
    parts.customer = _OneAtATime(parts)


class _OneAtATime(Customer):
    def __init__(self, parts: Parts) -> None:
        super().__init__(AiClient(replace(parts.settings, ai_timeout_seconds=math.inf)), parts.metrics)
        self._turn = asyncio.Lock()

    async def answer(self, prompt: Prompt) -> CustomerLine:
        async with self._turn:
            return await super().answer(prompt)


@fault("false-receipt", "CT-RESIL-06")
def false_receipt(parts: Parts) -> None:
    """Confirm lines that cannot be stored, and forget them."""
    parts.turns = _TooTrustingTurns(parts)


class _TooTrustingTurns(Turns):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._next = NEVER_STORED

    def _refuse(self, conversation: Conversation, job: Line, answer: frames.Frame) -> None:
        if answer["code"] != "SERVICE_UNAVAILABLE":
            super()._refuse(conversation, job, answer)
            return
        conversation.deliver(frames.message_received(self._next))
        self._next += 1


@fault("metrics-frozen", "CT-MON-02")
def metrics_frozen(parts: Parts) -> None:
    """Show the figures of the start, whatever happens."""
    shown = parts.metrics.exposition()
    parts.metrics.exposition = lambda: shown  # type: ignore[method-assign]


@fault("memory-creep", "CT-MON-03")
def memory_creep(parts: Parts) -> None:
    """Keep 5 MB of every trainee line, forever."""
    store, kept = parts.messages.store_line, list[bytes]()

    async def store_and_keep(session_id: int, text: str) -> StoredLine:
        if len(kept) < MOST_KEPT_LINES:
            kept.append(b"x" * KEPT_BYTES)
        return await store(session_id, text)

    parts.messages.store_line = store_and_keep  # type: ignore[method-assign]
