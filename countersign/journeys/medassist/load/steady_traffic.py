"""Pings and messages at a steady rate over many open chats, sent by one hand; what came is read when all is sent.

The moments are planned beforehand (an open model): a slow system shifts no later moment, and each time counts from the
moment that was planned. Arrival is stamped by the line itself, so it does not matter that the frames are read later.
"""

import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.evidence.operations import Operation, attempt
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.pace import Pace
from countersign.load.percentiles import percentile
from countersign.systems.medassist.chat import ChatLine, Sent, Turn
from countersign.transport import Deadline

READ_WITHIN = 10.0
"""Seconds after the last ping in which everything that was sent must have been answered."""


@dataclass
class Booked:
    """One chat: the moments (monotonic) at which pings were due, sent and answered, and the messages likewise."""

    name: str
    line: ChatLine
    due: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    pongs: list[float] = field(default_factory=list)
    messages: list[tuple[float, Sent]] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)


@dataclass(frozen=True)
class Traffic:
    """What came of steady traffic that began at a moment and lasted so many seconds; it was read until another one."""

    booked: Sequence[Booked]
    began: float
    seconds: float
    read_until: float
    injector: InjectorHealth
    load: str

    @property
    def sent(self) -> int:
        """How many pings were sent."""
        return sum(len(each.sent) for each in self.booked)

    @property
    def lost(self) -> int:
        """How many pings had no answer in the end."""
        return self.sent - sum(len(each.pongs) for each in self.booked)

    @property
    def answered_meanwhile(self) -> int:
        """How many pings were answered before the time of the traffic was over."""
        ends = self.began + self.seconds
        return sum(arrived <= ends for each in self.booked for arrived in each.pongs)

    @property
    def round_trips(self) -> list[float]:
        """Seconds of each ping from the moment it was due; one that was never answered took at least until the end."""
        # Pongs bear no number, but a connection keeps the order.
        return [
            (arrived if arrived is not None else self.read_until) - due
            for each in self.booked
            for due, arrived in zip_longest(each.due, each.pongs)
        ]

    @property
    def messages(self) -> list[Operation]:
        """One operation for each message, from the moment it was due to its whole answer."""
        return [operation for each in self.booked for operation in each.operations]

    @property
    def acknowledgements(self) -> list[Operation]:
        """One operation for each message, from the moment it was due to its acknowledgement."""
        return [
            attempt(each.name, "the acknowledgement of a message", _acknowledged(turn, due))
            for each in self.booked
            for (due, _), turn in zip(each.messages, each.turns, strict=True)
        ]


def steady_traffic(
    lines: Sequence[tuple[str, ChatLine]], *, pings_a_second: float, seconds: float, texts: Sequence[str] = ()
) -> Traffic:
    """Ping evenly over all lines, and say the texts in between, evenly over time and lines; then read what came."""
    booked, every = [Booked(name, line) for name, line in lines], 1 / pings_a_second
    count = round(pings_a_second * seconds)
    step = max(1, count // max(1, len(texts)))
    with watching_the_injector() as injector:
        pace = Pace(every)
        for number in range(count):
            due, chat = pace.wait(), booked[number % len(booked)]
            chat.due.append(due)
            chat.sent.append(chat.line.tell("ping"))
            said = number // step
            if number % step == 0 and said < len(texts):
                speaker = booked[said % len(booked)]
                speaker.messages.append((due, speaker.line.say(texts[said], str(uuid.uuid4()))))
        began = booked[0].due[0]
    deadline = Deadline(READ_WITHIN, f"answers to {count} pings")
    for chat in booked:
        _read(chat, deadline)
    late = percentile([sent - due for chat in booked for due, sent in zip(chat.due, chat.sent, strict=True)], 95)
    health = replace(injector.health, lag=max(injector.health.lag, late))
    load = f"{len(booked)} chats, {pings_a_second:g} pings per second for {seconds:g} s"
    return Traffic(booked, began, seconds, time.monotonic(), health, load)


def _read(chat: Booked, deadline: Deadline) -> None:
    messages = [sent for _, sent in chat.messages]
    chat.turns = chat.line.collect_what_comes(messages, deadline.remaining) if messages else []
    for (due, _), turn in zip(chat.messages, chat.turns, strict=True):
        chat.operations.append(attempt(chat.name, "a message", _answered(turn, due)))
    pongs = sum(frame.type == "pong" for frame in chat.line.frames)
    with suppress(DeadlineExceeded, LineClosed):
        while pongs < len(chat.sent):
            pongs += chat.line.next_frame(deadline).type == "pong"
    chat.pongs = [frame.arrived for frame in chat.line.frames if frame.type == "pong"][: len(chat.sent)]


def _answered(turn: Turn, due: float) -> Callable[[], float]:
    return lambda: turn.sent.at + turn.answered_after - due


def _acknowledged(turn: Turn, due: float) -> Callable[[], float]:
    return lambda: turn.sent.at + turn.acknowledged_after - due
