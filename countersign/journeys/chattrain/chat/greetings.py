"""Joining chats and saying nothing, to see who speaks first and when."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.chattrain.greeting import Joined
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.measuring import measure_longest
from countersign.load.together import together
from countersign.systems.chattrain.chat import Chat, socket_url
from countersign.systems.chattrain.model import Session

SILENT_FOR = 2.0
"""How long a greeting is waited for, twice the criterion's limit, before it counts as missing."""
ALL_WITHIN = 60.0


@dataclass(frozen=True)
class Joins:
    """Everybody who joined, user by user."""

    all: tuple[Joined, ...]
    users: int

    @property
    def load(self) -> str:
        """Say in a report how many they were."""
        return f"{self.users} users at once"

    @property
    def seconds(self) -> list[float]:
        """Seconds from the open line to the first word."""
        return [joined.seconds for joined in self.all]


def users_join(stage: Any, users: int, times: int) -> Joins:
    """Let so many pilot users start a session each and join it so many times in a row, all users at once."""
    people = crowd(stage, users)

    def join_all(person: Trainee) -> list[Joined]:
        session = person.starts(person.finds("customer service"))
        return [_joins(person, session) for _ in range(times)]

    outcomes = together([partial(join_all, person) for person in people], within=ALL_WITHIN)
    return Joins(tuple(joined for outcome in outcomes for joined in outcome.get()), users)


def measure(stage: Any, joins: Joins, count: int, limit: float) -> None:
    """Journal the slowest of the greetings; `count` is how many the criterion asks for."""
    measure_longest(stage, "time to the greeting", joins.seconds, below=limit, load=joins.load, required=count)


def _joins(person: Trainee, session: Session) -> Joined:
    began = time.monotonic()
    chat = Chat.join(
        person.system, socket_url(person.system, session), actor=person.name, recorder=person.stage.recorder
    )
    opened = began + chat.line.opened_in
    try:
        first = chat.next_frame(SILENT_FOR)
    except DeadlineExceeded:
        return Joined(session.id, None, time.monotonic() - opened)
    else:
        told = chat.info().get("session") or {}
        return Joined(session.id, first, max(0.0, first.arrived - opened), str(told.get("status", "")))
    finally:
        chat.close()
