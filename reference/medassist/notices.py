"""The notice board: what nurses are told, numbered, stored, and sent to everyone who is connected."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from reference.common import jsontext
from reference.common.clock import iso_exact, now
from reference.common.database import SqlDatabase
from reference.medassist import tables
from reference.medassist.chat.rooms import Rooms

Kind = Literal["new_par", "par_update", "red_flag_alert", "queue_update", "system_alert"]
NURSES = "nurses"
"""The room in which everyone sits who reads the notices."""

notices = tables.notices

_LAST = select(func.coalesce(func.max(notices.c.event_id), 0))
_ADD = insert(notices)


@dataclass(frozen=True)
class Notice:
    """A notice. The payload holds ids, counts and states, never names or what somebody said."""

    event_id: int
    kind: Kind
    payload: Mapping[str, Any]
    created_at: str

    def frame(self) -> dict[str, Any]:
        """Give the notice as a frame."""
        return {
            "type": self.kind,
            "event_id": self.event_id,
            "payload": dict(self.payload),
            "timestamp": self.created_at,
        }


class NoticeBoard:
    """Posts notices inside the transaction of what they are about, and tells them after it is kept."""

    def __init__(self, database: SqlDatabase, rooms: Rooms) -> None:
        """Keep notices in `database` and tell those who sit in the nurses' room of `rooms`."""
        self._database = database
        self._rooms = rooms

    def post(self, connection: Connection, kind: Kind, payload: Mapping[str, Any]) -> Notice:
        """Keep a notice under the next number; `tell` it once the transaction is over."""
        last = connection.execute(_LAST).scalar_one()
        notice = Notice(last + 1, kind, payload, iso_exact(now()))
        values = {
            "event_id": notice.event_id,
            "type": kind,
            "payload_json": jsontext.write(dict(payload)),
            "created_at": notice.created_at,
        }
        connection.execute(_ADD, values)
        return notice

    def tell(self, posted: list[Notice]) -> None:
        """Send notices that are kept to every connected nurse and administrator."""
        for notice in posted:
            self._rooms.of(NURSES).broadcast(notice.frame(), number=notice.event_id)

    async def announce(self, kind: Kind, payload: Mapping[str, Any]) -> None:
        """Post a notice in a transaction of its own, and tell it. Raises DatabaseUnavailable."""
        notice = await self._database.write(lambda connection: self.post(connection, kind, payload))
        self.tell([notice])

    async def since(self, event_id: int | None) -> tuple[list[Notice], int]:
        """Give the notices above a number (None: none), and the last number."""

        def work(connection: Connection) -> tuple[list[Notice], int]:
            last = connection.execute(_LAST).scalar_one()
            if event_id is None:
                return [], last
            query = select(notices).where(notices.c.event_id > event_id).order_by(notices.c.event_id)
            return [_notice_of(row) for row in connection.execute(query).all()], last

        return await self._database.read(work)


def _notice_of(row: Any) -> Notice:
    return Notice(row.event_id, row.type, json.loads(row.payload_json), row.created_at)
