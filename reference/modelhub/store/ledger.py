"""Changes that tell: what happened is written in the same transaction as the change, and sent afterwards in order."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from reference.common import jsontext
from reference.common.database import SqlDatabase
from reference.modelhub import tables
from reference.modelhub.live.bell import Bell

Result = TypeVar("Result")


@dataclass
class Change:
    """A transaction that may write, with what has to be told when it is through."""

    connection: Connection
    rung: set[str] = field(default_factory=set)

    def emit(self, topic: str, kind: str, data: Mapping[str, Any], owner: str | None = None) -> None:
        """Tell that something happened; with an `owner` only that user is told."""
        row = {"topic": topic, "type": kind, "owner_id": owner, "data_json": jsontext.write(dict(data))}
        self.connection.execute(insert(tables.events).values({**row, "at": time.time()}))
        self.rung.add("api")

    def wake(self, *processes: str) -> None:
        """Let other processes look at once."""
        self.rung.update(processes)

    def count(self, name: str, label: str = "", by: float = 1.0) -> None:
        """Add to a counter of the metrics."""
        table = tables.counters
        here = (table.c.name == name) & (table.c.label == label)
        changed = self.connection.execute(update(table).where(here).values(value=table.c.value + by))
        if changed.rowcount == 0:
            self.connection.execute(insert(table).values(name=name, label=label, value=by))

    def keep(self, name: str, value: Any) -> None:
        """Keep a fact under its name."""
        keep_fact(self.connection, name, value)


class Ledger:
    """Reads and changes what the hub knows. Every method raises DatabaseUnavailable."""

    def __init__(self, database: SqlDatabase, bell: Bell) -> None:
        """Keep everything in `database`; wake others through `bell`."""
        self._database = database
        self._bell = bell
        self.on_change: Callable[[], None] | None = None
        """Is called after every change of this process."""

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Read several things as they are at one moment."""
        return await self._database.read(work)

    async def look(self, work: Callable[[Connection], Result]) -> Result:
        """Read by one statement."""
        return await self._database.look(work)

    async def change(self, work: Callable[[Change], Result]) -> Result:
        """Change something, all or nothing, and wake whom it concerns."""
        rung: set[str] = set()

        def run(connection: Connection) -> Result:
            change = Change(connection)
            result = work(change)
            rung.update(change.rung)
            return result

        result = await self._database.write(run)
        if self.on_change is not None:
            self.on_change()
        if rung:
            await self._bell.ring(rung)
        return result


def keep_fact(connection: Connection, name: str, value: Any) -> None:
    """Keep a fact under its name, in place of the one before."""
    table, text = tables.facts, jsontext.write(value)
    changed = connection.execute(update(table).where(table.c.name == name).values(value_json=text, at=time.time()))
    if changed.rowcount == 0:
        connection.execute(insert(table).values(name=name, value_json=text, at=time.time()))


def fact(connection: Connection, name: str) -> tuple[Any, float] | None:
    """Give a fact and when it was kept (seconds since 1970), None if there is none."""
    row = connection.execute(select(tables.facts).where(tables.facts.c.name == name)).first()
    return (jsontext.read(row.value_json), row.at) if row else None
