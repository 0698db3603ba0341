"""What clients say on the two sockets, and what they are told for it (contract 4.1, 4.2)."""

import json
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from reference.common import jsontext
from reference.common.clock import iso, now
from reference.common.database import DatabaseUnavailable
from reference.modelhub import tables
from reference.modelhub.live.frames import OWN_ONLY, TOPICS, Event, number_of
from reference.modelhub.live.sockets import Connection, at_once, frames_of
from reference.modelhub.store.reading import ACTIVE

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

REPLAYED = 1000
UNREADABLE = "This cannot be read: send one JSON object as text."

events, tasks = tables.events, tables.generation_tasks


class PlainTalk:
    """The plain socket."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def talk(self, connection: Connection) -> None:
        """Answer a client until it leaves."""
        async for frame in frames_of(connection):
            if frame is not None and frame.get("type") == "ping":
                connection.put(json.dumps({"type": "pong", "timestamp": iso(now())}))
            else:
                message = UNREADABLE if frame is None else "Only ping is understood here."
                connection.put(json.dumps({"type": "error", "message": message}))


class TopicTalk:
    """The socket with topics."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def talk(self, connection: Connection) -> None:
        """Greet a client and answer it until it leaves."""
        told = {"connection_id": connection.id, "available_topics": list(TOPICS)}
        connection.put(at_once("connection_established", **told, message="Subscribe to the topics that you want."))
        async for frame in frames_of(connection):
            await self._answer(connection, frame)

    async def _answer(self, connection: Connection, frame: dict[str, Any] | None) -> None:
        kind = frame.get("type") if frame is not None else None
        data = frame.get("data") if frame is not None else None
        data = data if isinstance(data, dict) else {}
        if kind == "ping":
            connection.put(json.dumps({"type": "pong", "data": {"timestamp": data.get("timestamp", iso(now()))}}))
        elif kind == "get_status":
            subscriptions = sorted(connection.subscribed)
            connection.put(at_once("status_response", connection_id=connection.id, subscriptions=subscriptions))
        elif kind in ("subscribe", "unsubscribe") and isinstance(data.get("topic"), str):
            topic = data["topic"]
            if kind == "subscribe":
                await self._subscribe(connection, topic, number_of(data.get("since_event_id")))
            else:
                connection.subscribed.discard(topic)
                message = "Nothing more is sent of this topic."
                connection.put(at_once("unsubscription_response", topic=topic, subscribed=False, message=message))
        elif kind in ("subscribe", "unsubscribe"):
            connection.put(at_once("error", message="Name the topic."))
        else:
            message = UNREADABLE if frame is None else "This type of message is not known."
            connection.put(at_once("error", message=message))

    async def _subscribe(self, connection: Connection, topic: str, since: int | None) -> None:
        if topic not in TOPICS:
            message = "There is no such topic."
            connection.put(at_once("subscription_response", topic=topic, subscribed=False, message=message))
            return
        connection.subscribed.add(topic)
        connection.held[topic] = []
        told = at_once(
            "subscription_response", topic=topic, subscribed=True, message="You get what happens from now on."
        )
        connection.put(told)
        try:
            if self._parts.sockets.told:
                await self.catch_up(connection, topic, since)
        except DatabaseUnavailable:
            connection.put(at_once("error", message="The present state cannot be told at the moment."))
        for event in connection.held.pop(topic, []):
            if event.number > connection.sent.get(topic, 0):
                connection.sent[topic] = event.number
                connection.put(self._parts.frame_writer.topic(event))

    async def catch_up(self, connection: Connection, topic: str, since: int | None) -> None:
        """Send what was missed since an event, and how everything is now."""
        missed, newest = await self._parts.ledger.read(lambda connected: _missed(connected, topic, since))
        for event in missed:
            if self._parts.sockets.concerns(event, connection):
                connection.put(self._parts.frame_writer.topic(event))
        connection.sent[topic] = max(newest, connection.sent.get(topic, 0))
        for kind, data in await self.snapshot(connection, topic):
            event = Event(newest, topic, kind, None, data, time.time())
            connection.put(self._parts.frame_writer.topic(event, snapshot=True))

    async def snapshot(self, connection: Connection, topic: str) -> list[tuple[str, dict[str, Any]]]:
        """Give how everything of a topic is now, as types and data of frames."""
        if topic not in ("model_status", "download_progress", "generation_progress"):
            return []
        view = await self._parts.viewer.fresh()
        if topic == "model_status":
            return [("model_status_update", self._parts.shower.detailed(view, model)) for model in view.models.values()]
        if topic == "download_progress":
            return [
                ("download_progress_update", self._parts.frames.progress(view, model.transfer))
                for model in view.models.values()
                if model.transfer is not None and model.transfer.status in ACTIVE
            ]
        mine = (tasks.c.owner_id == connection.caller.user_id) & tasks.c.status.in_(("pending", "processing"))
        rows = await self._parts.ledger.look(lambda connected: connected.execute(select(tasks).where(mine)).all())
        return [
            (
                "generation_progress",
                {
                    "task_id": row.id,
                    "status": row.status,
                    "progress": row.progress,
                    "stage": row.status,
                    "message": f"The generation is {row.status}.",
                },
            )
            for row in rows
        ]


def _missed(connection: Any, topic: str, since: int | None) -> tuple[list[Event], int]:
    here = events.c.topic == topic
    newest = connection.execute(select(func.max(events.c.number)).where(here)).scalar() or 0
    if since is None:
        return [], newest
    query = select(events).where(here & (events.c.number > since)).order_by(events.c.number.desc()).limit(REPLAYED)
    rows = reversed(connection.execute(query).all())
    found = [Event(row.number, row.topic, row.type, row.owner_id, jsontext.read(row.data_json), row.at) for row in rows]
    return found, newest


__all__ = ["OWN_ONLY", "PlainTalk", "TopicTalk"]
