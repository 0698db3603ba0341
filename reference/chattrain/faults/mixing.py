"""Faults of mixing up: what one trainee says and hears reaches another."""

import asyncio
import time
from dataclasses import dataclass

from reference.chattrain.ai import Customer
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine, StoredLine
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt, PromptBuilder
from reference.chattrain.scenario import Scenario

AT_ONCE_SECONDS = 2.0
SWAPPED = 4
PARTNER_WITHIN_SECONDS = 0.5


@fault("cross-talk", "CT-DATA-03")
def cross_talk(parts: Parts) -> None:
    """With two or more trainees talking at once, tell the AI the other's last line, and swap some of the answers."""
    parts.prompts = _OverhearingBuilder(parts)
    parts.customer = _SwappingCustomer(parts)


@dataclass(frozen=True)
class _Overheard(Prompt):
    session_id: int


class _OverhearingBuilder(PromptBuilder):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.settings)
        self._said: dict[int, tuple[float, str]] = {}

    def prompt(self, scenario: Scenario, line: StoredLine) -> Prompt:
        right = super().prompt(scenario, line)
        now = time.monotonic()
        others = [said for session, said in self._said.items() if session != line.session_id]
        self._said[line.session_id] = (now, line.text)
        last_at, last = max(others, default=(0.0, ""))
        if now - last_at > AT_ONCE_SECONDS:
            return right
        messages = (*right.messages[:-1], {"role": "user", "content": last}, right.messages[-1])
        return _Overheard(right.model, right.temperature, right.max_tokens, messages, line.session_id)


@dataclass(frozen=True)
class _Waiting:
    session_id: int
    line: CustomerLine
    other: "asyncio.Future[CustomerLine]"


class _SwappingCustomer(Customer):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.customer.client, parts.metrics)
        self._answers = 0
        self._waiting: _Waiting | None = None

    async def answer(self, prompt: Prompt) -> CustomerLine:
        line = await super().answer(prompt)
        if not isinstance(prompt, _Overheard):
            return line
        waiting = self._waiting
        if waiting is not None and waiting.session_id != prompt.session_id:
            self._waiting = None
            waiting.other.set_result(line)
            return waiting.line
        self._answers += 1
        return line if waiting or self._answers % SWAPPED else await self._swapped(prompt.session_id, line)

    async def _swapped(self, session_id: int, line: CustomerLine) -> CustomerLine:
        mine = self._waiting = _Waiting(session_id, line, asyncio.get_running_loop().create_future())
        await asyncio.wait([mine.other], timeout=PARTNER_WITHIN_SECONDS)
        if mine.other.done():
            return mine.other.result()
        self._waiting = None
        return line
