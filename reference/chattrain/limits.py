"""Token buckets: nobody can flood the system, and nobody is held up by somebody else."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

FORGET_AFTER_SECONDS = 3600.0


@dataclass
class _Bucket:
    tokens: float
    at: float


class RateLimiter:
    """One token bucket per user: starts with a minute's worth, refills steadily, holds the burst on top."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `per_minute` calls a minute and hold at most `per_minute` + `burst`. `clock` gives seconds."""
        self._start = float(per_minute)
        self._most = float(per_minute + burst)
        self._per_second = per_minute / 60
        self._clock = clock
        self._buckets: dict[str, _Bucket] = {}

    def take(self, user_id: str) -> int | None:
        """Take a token of `user_id`. Gives None when there was one, otherwise the whole seconds to wait for the next.

        A minute's rate of 0 refuses everything for a minute at a time.
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
