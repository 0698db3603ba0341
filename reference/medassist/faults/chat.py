"""Faults of the chat: who gets which answer, what the AI is told, who may chat, what is shown unchecked."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reference.medassist.chat import frames
from reference.medassist.chat.answering import Answering, Turn
from reference.medassist.chat.messages import Message
from reference.medassist.faults import fault
from reference.medassist.models.predicting import Predictor, Wanted
from reference.medassist.parts import Parts


@fault("answers-cross-over", "MA-CHAT-02", "MA-WS-05", "MA-LOAD-01", "MA-LOAD-03")
def answers_cross_over(parts: Parts) -> None:
    """Give an answer to the message, and a prediction to the request, that came last of all that wait for one."""
    parts.answering = _CrossingAnswering(parts)
    parts.predictor = _CrossingPredictor(parts)


class _CrossingAnswering(Answering):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._unanswered: list[Message] = []

    def put(self, message: Message, patient_id: str) -> None:
        self._unanswered.append(message)
        super().put(message, patient_id)

    def receiver(self, turn: Turn) -> Message:
        return self._unanswered.pop()


class _CrossingPredictor(Predictor):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._waiting: list[asyncio.Future[dict[str, Any]]] = []

    async def predict(self, model_id: str, wanted: Wanted) -> dict[str, Any]:
        mine: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        try:
            answer = await super().predict(model_id, wanted)
        except Exception as refused:  # noqa: BLE001 - a refusal goes the way of an answer, so that nobody waits for ever
            self._waiting.pop().set_exception(refused)
        else:
            self._waiting.pop().set_result(answer)
        return await mine


@fault("forgetful-and-leaky-context", "MA-CHAT-03", "MA-CHAT-07")
def forgetful_and_leaky_context(parts: Parts) -> None:
    """Tell the AI the last message of this session and of the session before, and nothing else."""
    parts.prompts.said = _LastWords().said  # type: ignore[method-assign]


class _LastWords:
    def __init__(self) -> None:
        self._heard: dict[str, str] = {}

    def said(self, conversation: Sequence[Message], until: Message | None) -> list[dict[str, str]]:
        """Give the last thing that was said in the session asked about before this one, then the last in this one."""
        told = [message for message in conversation if message.role == "user"]
        last = until or told[-1]
        others = [text for session_id, text in self._heard.items() if session_id != last.session_id]
        self._heard.pop(last.session_id, None)
        self._heard[last.session_id] = last.content
        return [{"role": "user", "content": text} for text in (*others[-1:], last.content)]


@fault("gates-open", "MA-CHAT-05", "MA-CHAT-08")
def gates_open(parts: Parts) -> None:
    """Let patients chat in closed sessions, and without consent."""
    parts.gate.check = lambda connection, session, caller: None  # type: ignore[method-assign]
    parts.door.refuse_closed = lambda session: None  # type: ignore[method-assign]


@fault("filter-after-stream", "MA-CHAT-06")
def filter_after_stream(parts: Parts) -> None:
    """Send the AI's words as they are, and replace an unsafe answer only when it has been said."""
    parts.answering = _HastyAnswering(parts)


class _HastyAnswering(Answering):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._unchecked: dict[str, str] = {}

    def readable(self, text: str, to: Message) -> tuple[str, bool]:
        self._unchecked[to.id] = text
        return super().readable(text, to)

    def deliver(self, reply: Message, to: Message) -> None:
        said = self._unchecked.pop(to.id, reply.content)
        *streamed, _ = frames.answer(replace(reply, content=said), to)
        *_, complete = frames.answer(reply, to)
        room = self._parts.rooms.of(to.session_id)
        for frame in (*streamed, complete):
            room.broadcast(frame, number=reply.sequence_number)
