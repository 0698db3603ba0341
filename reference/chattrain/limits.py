"""How many lines and sessions one user may send."""

import time
from collections.abc import Callable

from reference.common.limits import FORGET_AFTER_SECONDS, TokenBuckets

__all__ = ["FORGET_AFTER_SECONDS", "RateLimiter"]


class RateLimiter(TokenBuckets):
    """One token bucket per user: starts with a minute's worth, refills steadily, holds the burst on top."""

    def __init__(self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Allow `per_minute` calls a minute and hold at most `per_minute` + `burst`. `clock` gives seconds."""
        super().__init__(per_minute, per_minute + burst, per_minute / 60, clock)
