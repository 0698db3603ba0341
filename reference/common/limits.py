"""Token buckets: nobody can flood the system, and nobody is held up by somebody else."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

FORGET_AFTER_SECONDS = 3600.0


@dataclass
class _Bucket:
    tokens: float
    at: float


class TokenBuckets:
    """One token bucket per user, refilled steadily."""

    def __init__(
        self, start: float, most: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin every bucket with `start` tokens, hold at most `most` in it. `clock` gives seconds."""
        self._start = float(start)
        self._most = float(most)
        self._per_second = per_second
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, user_id: str) -> int | None:
        """Take a token of `user_id`. Gives None when there was one, otherwise the whole seconds to wait for the next.

        A rate of 0 refuses everything for a minute at a time.
        """
        bucket = self._refilled(user_id)
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return None
        return ceil((1 - bucket.tokens) / self._per_second) if self._per_second else 60

    def give_back(self, user_id: str) -> None:
        """Return a token whose call was not carried out for a reason of ours."""
        bucket = self._refilled(user_id)
        bucket.tokens = min(self._most, bucket.tokens + 1)

    def _refilled(self, user_id: str) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.get(user_id)
        if bucket is None:
            self._forget_the_quiet(now)
            bucket = self._buckets[user_id] = _Bucket(self._start, now)
        bucket.tokens = min(self._most, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        return bucket

    def _forget_the_quiet(self, now: float) -> None:
        quiet = [user for user, bucket in self._buckets.items() if now - bucket.at > FORGET_AFTER_SECONDS]
        for user in quiet:
            del self._buckets[user]


class SlidingWindow:
    """At most so many events of one user within any stretch of time; refused ones do not count."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `most` events in `seconds`. `clock` gives seconds."""
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._events: dict[str, deque[float]] = {}

    def wait(self, user_id: str) -> int | None:
        """Give None if an event is allowed now, otherwise the whole seconds until one is."""
        events = self._within(user_id)
        if len(events) < self._most:
            return None
        return max(1, ceil(events[0] + self._seconds - self._clock())) if events else ceil(self._seconds)

    def note(self, user_id: str) -> None:
        """Count an event."""
        self._within(user_id).append(self._clock())

    def take(self, user_id: str) -> int | None:
        """Count an event if it is allowed (None), otherwise give the whole seconds until one is."""
        wait = self.wait(user_id)
        if wait is None:
            self.note(user_id)
        return wait

    def forget(self, user_id: str) -> None:
        """Forget the events of a user."""
        self._events.pop(user_id, None)

    def _within(self, user_id: str) -> deque[float]:
        now = self._clock()
        events = self._events.get(user_id)
        if events is None:
            self._forget_the_quiet(now)
            events = self._events[user_id] = deque()
        while events and now - events[0] >= self._seconds:
            events.popleft()
        return events

    def _forget_the_quiet(self, now: float) -> None:
        quiet = [user for user, events in self._events.items() if not events or now - events[-1] >= self._seconds]
        for user in quiet:
            del self._events[user]
