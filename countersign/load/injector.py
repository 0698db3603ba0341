"""The load injector looks at itself: a figure is worth nothing if the suite, not the system, was out of breath.

Two signs are watched while load is made: the share of a processor that this process takes (its threads share one), and
how late its own clockwork is, a thread that wants to wake up a hundred times a second.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from countersign.errors import NotVerified
from countersign.load.neighbours import processors, share_of_others
from countersign.load.percentiles import percentile

TICK = 0.01
MOST_LAG = 0.1
"""Seconds, a fifth of the shortest limit that is claimed under load (500 ms)."""
MOST_PROCESSOR = 0.9
MOST_NEIGHBOURS = 0.75
"""Part of all processors that other programs may take: of two, the system and the suite have half a one left."""
MOST_NEIGHBOURS_OF_A_RATIO = 0.25
"""The same where two measurements are compared: it is enough that the others come or go between them."""


@dataclass(frozen=True)
class InjectorHealth:
    """How the injector was. `processor` is its share of one, `lag` how late 95 of 100 wake-ups were at most (s).

    `neighbours` is the part of all processors of this machine that other programs took.
    """

    processor: float
    lag: float
    samples: int
    neighbours: float = 0.0

    @property
    def trouble(self) -> str:
        """Say what was wrong with it; empty if nothing."""
        if self.lag > MOST_LAG:
            return f"its own clockwork was up to {self.lag:.2f} s late, {MOST_LAG:g} s are fair"
        if self.processor > MOST_PROCESSOR:
            return (
                f"it took {100 * self.processor:.0f} % of the processor it has, {100 * MOST_PROCESSOR:.0f} % are fair"
            )
        return ""

    def excuse(self, *, missed: bool, most: float = MOST_NEIGHBOURS) -> None:
        """Raise NotVerified for a limit that was `missed` by a system on this machine while others took it.

        `most` is the part of all processors that they may take.
        """
        if missed and self.neighbours > most:
            raise NotVerified(
                f"a limit was missed while other programs took {100 * self.neighbours:.0f} % of this machine's "
                "processors, which the system needed too: the miss says nothing about the system. Run it alone"
            )

    def vouch(self) -> None:
        """Raise NotVerified if figures that were measured meanwhile say more about the injector than the system."""
        if self.trouble:
            raise NotVerified(
                f"the load injector could not keep up ({self.trouble}), so its figures say nothing about the system; "
                "run it where nothing else takes the processor"
            )


@dataclass
class InjectorWatch:
    """A watch that goes on as long as the block of `watching_the_injector` lasts; `health` is there afterwards."""

    lags: list[float] = field(default_factory=list)
    health: InjectorHealth = field(default_factory=lambda: InjectorHealth(0.0, 0.0, 0))

    def ends(self, processor: float, seconds: float, neighbours: float) -> None:
        """Sum up."""
        self.health = replace(summed_up(self.lags, processor, seconds), neighbours=neighbours)


def summed_up(lags: Sequence[float], processor: float, seconds: float) -> InjectorHealth:
    """Give the health: `lags` of all wake-ups, `processor` seconds used in so many `seconds`."""
    # Not one wake-up in all the time is the worst lag there is.
    lag = percentile(lags, 95) if lags else seconds
    return InjectorHealth(processor / max(seconds, TICK), lag, len(lags))


@contextmanager
def watching_the_injector() -> Iterator[InjectorWatch]:
    """Watch the injector as long as the block lasts.

    Examples::

        with watching_the_injector() as injector:
            ...
        injector.health.vouch()
    """
    watch, over = InjectorWatch(), threading.Event()

    def tick() -> None:
        due = time.monotonic() + TICK
        while not over.wait(max(0.0, due - time.monotonic())):
            now = time.monotonic()
            watch.lags.append(now - due)
            # Wake-ups that were slept through are not made up for: each one that takes place says how late it was.
            due = max(due + TICK, now)

    ticking = threading.Thread(target=tick, name="injector watch", daemon=True)
    began, used, before = time.monotonic(), time.process_time(), processors()
    ticking.start()
    try:
        yield watch
    finally:
        over.set()
        ticking.join(1.0)
        took, seconds = time.process_time() - used, time.monotonic() - began
        watch.ends(took, seconds, share_of_others(before, processors()))
