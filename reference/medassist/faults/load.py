"""Faults under load: what goes well for one person and not for many, or not every time."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from reference.common.answers import PlainJson
from reference.common.around import AsgiApp, Receive, Scope, Send
from reference.common.database_source import READERS
from reference.medassist.chat.rooms import Connection as Socket
from reference.medassist.faults import fault
from reference.medassist.models.client import AiText, Question
from reference.medassist.models.predicting import Predictor, Wanted
from reference.medassist.parts import Parts
from reference.medassist.reports.queue import QueueFilter
from reference.medassist.rest.answers import problem

if TYPE_CHECKING:
    from reference.medassist.chat.messages import Message
    from reference.medassist.chat.sessions import Session, Status
    from reference.medassist.people import Caller

EVERY_TENTH = 10
SLOW_ANSWER_SECONDS = 4.0
QUERY_SECONDS = 0.12
FRAME_SECONDS = 0.005
MOST_AT_WORK = 300
COUNTED_LONGER_SECONDS = 10.0
EVERY_HUNDREDTH = 100
SPARED = ("/api/auth", "/api/consent")

Asking = Callable[[str, Question, float], Awaitable[AiText]]


async def lasting(seconds: float) -> None:
    """Let a fault take its time."""
    await asyncio.sleep(seconds)


@fault("every-tenth-slow", "MA-PERF-01", "MA-PERF-03")
def every_tenth_slow(parts: Parts) -> None:
    """Take 4 s more for every tenth answer of the AI; chat, reports and predictions are counted apart."""
    parts.inference.client.ask = _EveryTenth(parts.inference.client.ask).ask  # type: ignore[method-assign]


class _EveryTenth:
    def __init__(self, healthy: Asking) -> None:
        self._healthy = healthy
        self._asked: Counter[tuple[bool, bool]] = Counter()

    async def ask(self, model: str, question: Question, within: float) -> AiText:
        kind = (question.streamed, question.as_json)
        self._asked[kind] += 1
        is_slow = self._asked[kind] % EVERY_TENTH == 0
        answer = await self._healthy(model, question, within)
        if is_slow:
            await lasting(SLOW_ANSWER_SECONDS)
        return answer


@fault("query-per-row", "MA-PERF-02", "MA-PERF-05", "MA-LOAD-04")
def query_per_row(parts: Parts) -> None:
    """Make one more query of 120 ms for every row listed and every session read, one at a time for each reader.

    One reader of the database stays free, so that what is not about rows and sessions goes on.
    """
    slow = _OneMoreQuery(parts)
    parts.queue.read = slow.queue  # type: ignore[method-assign]
    parts.sessions.listing = slow.sessions  # type: ignore[method-assign]
    parts.sessions.find = slow.session  # type: ignore[method-assign]
    parts.messages.listing = slow.messages  # type: ignore[method-assign]


class _OneMoreQuery:
    """The stores' methods of reading, with the queries that nobody needs behind them."""

    def __init__(self, parts: Parts) -> None:
        self._database = parts.database
        self._queue, self._listing = parts.queue.read, parts.sessions.listing
        self._find, self._messages = parts.sessions.find, parts.messages.listing
        self._turns = asyncio.Semaphore(READERS - 1)

    async def queue(self, wanted: QueueFilter) -> dict[str, Any]:
        found = await self._queue(wanted)
        await self._more(found["queue"])
        return found

    async def sessions(self, caller: "Caller", status: "Status | None", limit: int, offset: int) -> "list[Session]":
        found = await self._listing(caller, status, limit, offset)
        await self._more(found)
        return found

    async def session(self, session_id: str) -> "Session | None":
        found = await self._find(session_id)
        await self._more([found])
        return found

    async def messages(self, session_id: str, after: int, limit: int | None) -> "tuple[list[Message], int]":
        found = await self._messages(session_id, after, limit)
        await self._more([session_id])
        return found

    async def _more(self, rows: Sequence[Any]) -> None:
        for _ in rows:
            async with self._turns:
                await self._database.look(_slow_query)


def _slow_query(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.create_function("pg_sleep", 1, time.sleep)
    connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": QUERY_SECONDS})


@fault("one-lane", "MA-LOAD-02", "MA-LOAD-07")
def one_lane(parts: Parts) -> None:
    """Let every socket frame pass the lane in which passwords are hashed, and block it for 5 ms."""
    lane, chat, nurse = parts.passwords.lanes, parts.chat_desk.take, parts.nurse_line.take

    async def pass_the_lane() -> None:
        await asyncio.get_running_loop().run_in_executor(lane, time.sleep, FRAME_SECONDS)

    async def chat_in_turn(session_id: str, connection: Socket, raw: str | bytes) -> None:
        await pass_the_lane()
        await chat(session_id, connection, raw)

    async def nurse_in_turn(connection: Socket, raw: str | bytes) -> None:
        await pass_the_lane()
        await nurse(connection, raw)

    parts.chat_desk.take = chat_in_turn  # type: ignore[method-assign]
    parts.nurse_line.take = nurse_in_turn  # type: ignore[method-assign]


@fault("crash-when-full", "MA-LOAD-03", "MA-LOAD-05")
def crash_when_full(parts: Parts) -> None:
    """Fail with an error of its own for a prediction while 300 others are at work.

    Each counts as at work for ten more seconds: how many meet otherwise hangs on the speed of callers and machine.
    """
    parts.predictor = _FragilePredictor(parts)


class TooMuchAtWork(Exception):
    """Nobody handles this one."""


class _FragilePredictor(Predictor):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._at_work = 0

    async def predict(self, model_id: str, wanted: Wanted) -> dict[str, Any]:
        if self._at_work >= MOST_AT_WORK:
            raise TooMuchAtWork
        self._at_work += 1
        try:
            return await super().predict(model_id, wanted)
        finally:
            asyncio.get_running_loop().call_later(COUNTED_LONGER_SECONDS, self._leave)

    def _leave(self) -> None:
        self._at_work -= 1


@fault("one-percent-500", "MA-LOAD-06", "MA-RESIL-07")
def one_percent_500(parts: Parts) -> None:
    """Answer one HTTP request in a hundred with 500, health included.

    It is the next one that reads; who signs in or agrees is spared, so that there is somebody who can be failed.
    """
    parts.layers.append(_EveryHundredth().around)


class _EveryHundredth:
    def __init__(self) -> None:
        self._counted = 0
        self._due = 0

    def around(self, app: AsgiApp) -> AsgiApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            answer = app
            if scope["type"] == "http":
                self._counted += 1
                self._due += self._counted % EVERY_HUNDREDTH == 0
                if self._due and scope["method"] == "GET" and not scope["path"].startswith(SPARED):
                    self._due -= 1
                    answer = PlainJson(problem(500, "The server could not handle this request."), 500)
            await answer(scope, receive, send)

        return handle
