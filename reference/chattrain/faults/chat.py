"""Faults of the chat: its order, what it lets in, when it greets, what it asks the AI."""

import asyncio
import itertools
from collections.abc import Mapping
from typing import Any
from weakref import WeakSet

from reference.chattrain import jsontext
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation
from reference.chattrain.chat.delivery import Delivery
from reference.chattrain.chat.greeter import Greeter
from reference.chattrain.faults import fault
from reference.chattrain.messages import CustomerLine, Evaluation, StoredLine
from reference.chattrain.parts import Parts
from reference.chattrain.prompts import Prompt, PromptBuilder
from reference.chattrain.scenario import Scenario
from reference.chattrain.validating import Validator

LATE_SECONDS = 4.0
EVERY_THIRD, EVERY_FIFTH = 3, 5


@fault("frames-shuffled", "CT-CHAT-02")
def frames_shuffled(parts: Parts) -> None:
    """Send the feedback before the answer in every third exchange, and confirm every fifth line twice."""
    parts.delivery = _ShufflingDelivery()


class _ShufflingDelivery(Delivery):
    def __init__(self) -> None:
        self._receipts, self._exchanges = itertools.count(1), itertools.count(1)

    def receipt(self, conversation: Conversation, line: StoredLine) -> None:
        super().receipt(conversation, line)
        if next(self._receipts) % EVERY_FIFTH == 0:
            super().receipt(conversation, line)

    def exchange(
        self, conversation: Conversation, answer_id: int, answer: CustomerLine, evaluation: Evaluation
    ) -> None:
        if next(self._exchanges) % EVERY_THIRD:
            super().exchange(conversation, answer_id, answer, evaluation)
            return
        conversation.deliver(frames.evaluation_feedback(evaluation))
        conversation.deliver(frames.assistant_message(answer_id, answer))


@fault("careless-input", "CT-CHAT-03", "CT-CHAT-05")
def careless_input(parts: Parts) -> None:
    """Accept blank and over-long lines, and turn letters outside ASCII into question marks."""
    parts.validator = _CarelessValidator(parts.settings.max_message_length, parts.settings.max_metadata_size)


class _CarelessValidator(Validator):
    def line_of(self, frame: Mapping[str, Any]) -> str:
        content = frame.get("content")
        if not isinstance(content, str):
            return super().line_of(frame)
        super().line_of({**frame, "content": "a usable line"})
        return content.encode("ascii", "replace").decode("ascii")


@fault("bad-json-deafens", "CT-CHAT-04", "CT-RESIL-07")
def bad_json_deafens(parts: Parts) -> None:
    """Answer nothing more on a socket from the first frame on that is not JSON."""
    take, deaf = parts.desk.take, WeakSet[Connection]()

    async def take_until_deaf(conversation: Conversation, connection: Connection, raw: str | bytes) -> None:
        if connection not in deaf and not _is_json(raw):
            deaf.add(connection)
        if connection not in deaf:
            await take(conversation, connection, raw)

    parts.desk.take = take_until_deaf  # type: ignore[method-assign]


def _is_json(raw: str | bytes) -> bool:
    try:
        jsontext.read(raw if isinstance(raw, str) else raw.decode())
    except ValueError:
        return False
    return True


@fault("late-greeting", "CT-CHAT-01", "CT-PERF-04")
def late_greeting(parts: Parts) -> None:
    """Greet only when the client has said something, or after 4 s."""
    greeter = parts.greeter = _LateGreeter()
    take = parts.desk.take

    async def greet_and_take(conversation: Conversation, connection: Connection, raw: str | bytes) -> None:
        greeter.greet_now(connection)
        await take(conversation, connection, raw)

    parts.desk.take = greet_and_take  # type: ignore[method-assign]


class _LateGreeter(Greeter):
    def __init__(self) -> None:
        self._waiting: dict[Connection, tuple[Conversation, asyncio.TimerHandle]] = {}

    def greet(self, conversation: Conversation, connection: Connection) -> None:
        later = asyncio.get_running_loop().call_later(LATE_SECONDS, self.greet_now, connection)
        self._waiting[connection] = (conversation, later)

    def greet_now(self, connection: Connection) -> None:
        """Send the greeting that is still due to this connection, if any."""
        if connection in self._waiting:
            conversation, later = self._waiting.pop(connection)
            later.cancel()
            super().greet(conversation, connection)


@fault("prompt-forgets", "CT-CHAT-07")
def prompt_forgets(parts: Parts) -> None:
    """Ask the AI with the newest line alone, under fixed settings."""
    parts.prompts = _ForgetfulPrompts(parts.settings)


class _ForgetfulPrompts(PromptBuilder):
    def prompt(self, scenario: Scenario, line: StoredLine) -> Prompt:
        fixed = self._settings
        newest = {"role": "user", "content": line.text}
        return Prompt(fixed.ai_model, fixed.temperature, fixed.max_tokens, (newest,))
