"""Faults under load: what goes well for one person and not for several at once."""

import asyncio
import time

from reference.chattrain.ai import Customer
from reference.chattrain.chat.conversation import Conversation, Job, Line
from reference.chattrain.chat.turns import Turns
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt
from reference.common.answers import detail
from reference.common.around import AsgiApp, Receive, Scope, Send

CROWD = 5
SLOW_ANSWER_SECONDS = 4.0
EVERY_TENTH = 10
SLOW_CALL_SECONDS = 3.5
BUSY = 3
BUSY_SECONDS = 0.1
FAILING_OF_100 = 8
BETWEEN_LINES_SECONDS = 1.0


async def lasting(seconds: float) -> None:
    """Let a fault take its time."""
    await asyncio.sleep(seconds)


@fault("slow-fifth-user", "CT-LOAD-03", "CT-LOAD-04", "CT-PERF-02")
def slow_fifth_user(parts: Parts) -> None:
    """Take 4 s for every answer while five or more chats are open."""
    parts.customer = _CrowdedCustomer(parts)


class _CrowdedCustomer(Customer):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.customer.client, parts.metrics)
        self._parts = parts

    async def answer(self, prompt: Prompt) -> CustomerLine:
        going_on = self._parts.conversations.going_on.values()
        if sum(conversation.connection is not None for conversation in going_on) < CROWD:
            return await super().answer(prompt)
        line, _ = await asyncio.gather(super().answer(prompt), lasting(SLOW_ANSWER_SECONDS))
        return line


@fault("slow-tail", "CT-PERF-01", "CT-LOAD-01")
def slow_tail(parts: Parts) -> None:
    """Take 3.5 s for every tenth HTTP call."""
    parts.layers.append(_SlowTail().around)


class _SlowTail:
    def __init__(self) -> None:
        self._calls = 0

    def around(self, app: AsgiApp) -> AsgiApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                self._calls += 1
                if self._calls % EVERY_TENTH == 0:
                    await lasting(SLOW_CALL_SECONDS)
            await app(scope, receive, send)

        return handle


@fault("flaky-under-load", "CT-LOAD-02", "CT-LOAD-05")
def flaky_under_load(parts: Parts) -> None:
    """Answer 8 of 100 HTTP calls with 500 when three or more are in flight.

    Every call is in flight for a tenth of a second: a healthy one is over so soon that calls hardly ever meet.
    """
    parts.layers.append(_FlakyUnderLoad().around)


class _Call:
    failing = False
    met_others = False


class _FlakyUnderLoad:
    def __init__(self) -> None:
        self._in_flight: list[_Call] = []
        self._counted = 0

    def around(self, app: AsgiApp) -> AsgiApp:
        async def handle(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            call = _Call()
            self._in_flight.append(call)
            self._meet()
            try:
                await lasting(BUSY_SECONDS)
                answer = detail(500, "The server could not handle this request.") if call.failing else app
                await answer(scope, receive, send)
            finally:
                self._in_flight.remove(call)

        return handle

    def _meet(self) -> None:
        if len(self._in_flight) < BUSY:
            return
        for call in self._in_flight:
            if not call.met_others:
                before = self._counted * FAILING_OF_100 // 100
                self._counted += 1
                call.met_others = True
                call.failing = self._counted * FAILING_OF_100 // 100 > before


@fault("one-per-second", "CT-PERF-03")
def one_per_second(parts: Parts) -> None:
    """Take the lines of all trainees one after the other, with a second between two of them."""
    parts.turns = _OnePerSecond(parts)


class _OnePerSecond(Turns):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._next = time.monotonic()

    async def take(self, conversation: Conversation, job: Job) -> None:
        if isinstance(job, Line):
            moment = max(self._next, time.monotonic())
            self._next = moment + BETWEEN_LINES_SECONDS
            await lasting(moment - time.monotonic())
        await super().take(conversation, job)
