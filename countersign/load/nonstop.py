"""Clients that call again and again: as soon as they were answered, so that the rate is what the system gives, or
after a pause as people make it.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from countersign.evidence.operations import LATE_AFTER, Operation, attempt
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.together import together
from countersign.transport import Deadline


@dataclass(frozen=True)
class Deed:
    """One call: what it is, and the act itself, which may give the seconds that count."""

    what: str
    act: Callable[[], float | None]


Client = Callable[[int], Deed]
"""Gives the deed that a client does as its first (0), second (1) ... call."""


@dataclass(frozen=True)
class Calls:
    """What clients did in so many seconds from a moment (monotonic) on, in the order in which they began it."""

    operations: Sequence[Operation]
    clients: int
    began: float
    seconds: float
    injector: InjectorHealth

    @property
    def times(self) -> list[float]:
        """Seconds of every call."""
        return [each.seconds for each in self.operations]

    @property
    def done(self) -> list[float]:
        """Seconds after the beginning at which the calls that went well and ended in time were answered."""
        ends = (each.began + each.seconds - self.began for each in self.operations if not each.failed)
        return sorted(end for end in ends if end <= self.seconds)

    @property
    def rate(self) -> float:
        """Calls a second that went well."""
        return len(self.done) / self.seconds

    @property
    def by_second(self) -> list[float]:
        """Calls that went well in each whole second."""
        counts = [0.0] * max(1, round(self.seconds))
        for end in self.done:
            counts[min(int(end), len(counts) - 1)] += 1
        return counts

    def rate_between(self, first: float, last: float) -> float:
        """Give the calls a second that were answered well between two moments, in seconds after the beginning."""
        return sum(first < end <= last for end in self.done) / (last - first)

    def times_between(self, first: float, last: float) -> list[float]:
        """Give the seconds of the calls that were begun between two moments, in seconds after the beginning."""
        return [each.seconds for each in self.operations if first <= each.began - self.began < last]


def nonstop(
    clients: Sequence[Client],
    seconds: float,
    *,
    calls: int | None = None,
    pause: Callable[[], float] | None = None,
    late: float = LATE_AFTER,
) -> Calls:
    """Let clients call for so many seconds, or until they made so many `calls` together.

    `pause` draws the seconds that a client waits between two calls; without it, it calls again at once. A call that
    was begun in time may take `late` seconds more. What they did until then counts: `seconds` of the result is the
    time that was really taken where `calls` ended it.
    """
    began = time.monotonic()  # before the deadline: what the time ended took no less than it
    deadline = Deadline(seconds, f"{len(clients)} clients to call")
    shares = [None if calls is None else len(range(number, calls, len(clients))) for number in range(len(clients))]
    jobs = [
        partial(calls_of, client, lambda: not deadline.expired, who=f"client {number}", most=share, pause=pause)
        for number, (client, share) in enumerate(zip(clients, shares, strict=True), 1)
    ]
    with watching_the_injector() as injector:
        done = [outcome.get() for outcome in together(jobs, within=seconds + 2 * late)]
        took = time.monotonic() - began
    operations = sorted(chain.from_iterable(done), key=lambda each: each.began)
    return Calls(operations, len(clients), began, min(seconds, took), injector.health)


def calls_of(
    client: Client,
    going_on: Callable[[], bool],
    *,
    who: str,
    most: int | None = None,
    pause: Callable[[], float] | None = None,
) -> list[Operation]:
    """Let one client call as long as it goes on, `most` times at most; give what came of each call."""
    never, operations = threading.Event(), list[Operation]()
    while going_on() and (most is None or len(operations) < most):
        deed = client(len(operations))
        operations.append(attempt(who, deed.what, deed.act))
        if pause is not None:
            never.wait(pause())
    return operations
