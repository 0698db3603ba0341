"""Faults of access: who gets in, who may say what, and who is held up."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from reference.chattrain import clock, tables
from reference.chattrain.chat import frames
from reference.chattrain.chat.connection import Connection
from reference.chattrain.chat.conversation import Conversation
from reference.chattrain.chat.door import Caller, Door
from reference.chattrain.faults import fault
from reference.chattrain.limits import RateLimiter
from reference.chattrain.messages import CustomerLine
from reference.chattrain.parts import Parts
from reference.chattrain.sessions import LARGEST_ID, Session

EVERYBODY = "everybody"


@fault("open-door", "CT-CHAT-06", "CT-SEC-07", "CT-SEC-09")
def open_door(parts: Parts) -> None:
    """Let everybody into every chat: without token, from any website, and for sessions that do not exist."""
    parts.door = _OpenDoor(parts)


class _OpenDoor(Door):
    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.sessions, parts.settings.origins)
        self._parts = parts

    def session_number(self, caller: Caller) -> int:
        digits = caller.session_id.removeprefix("-")
        number = int(caller.session_id) if digits.isascii() and digits.isdigit() and len(digits) <= 20 else 0
        return number if abs(number) <= LARGEST_ID else 0

    async def session(self, number: int, caller: Caller) -> Session | None:
        found = await self._parts.sessions.find(number)
        if found is not None:
            return found
        scenario = self._parts.catalogue.listed()[0].number
        return Session(number, scenario, "nobody", "active", clock.now(), None, None, "")


@fault("client-speaks-as-customer", "CT-SEC-08")
def client_speaks_as_customer(parts: Parts) -> None:
    """Keep a client's `assistant_message` as a line of the customer, and show it as one."""
    parts.desk.handlers["assistant_message"] = _CustomersMouth(parts).take


class _CustomersMouth:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def take(self, conversation: Conversation, connection: Connection, frame: Mapping[str, Any]) -> str:
        line = CustomerLine(str(frame.get("content", "")), "client", 0, failed=False)
        values = {
            "session_id": conversation.session.id,
            "role": "assistant",
            "content": line.text,
            "timestamp": clock.iso(clock.now()),
            "metadata_json": "{}",
        }
        work = insert(tables.messages).values(values)
        done = await self._parts.database.write(lambda database: database.execute(work).inserted_primary_key)
        conversation.deliver(frames.assistant_message(done[0] if done else 0, line))
        return "kept"


@fault("limit-misplaced", "CT-SEC-05", "CT-SEC-06")
def limit_misplaced(parts: Parts) -> None:
    """Let all users draw from one bucket of messages, and never limit the opening of sessions."""
    settings = parts.settings
    parts.line_limits = _OneBucket(settings.requests_per_minute, settings.burst_allowance)
    parts.session_limits = _NoLimit(settings.requests_per_minute, settings.burst_allowance)


class _OneBucket(RateLimiter):
    def take(self, user_id: str) -> int | None:
        return super().take(EVERYBODY)

    def give_back(self, user_id: str) -> None:
        super().give_back(EVERYBODY)


class _NoLimit(RateLimiter):
    def take(self, user_id: str) -> int | None:
        return None
