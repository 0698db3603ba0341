"""Speed limits: a pace that bytes are taken at, of one transfer or of all of an owner."""

import asyncio
from collections.abc import Callable

BURST_SECONDS = 0.1
LONGEST_PAUSE = 0.25
UNDER = 0.95
"""Part of a limit that is used: what a busy moment held up comes on top of the next seconds and must fit in too."""
BITS = 1_000_000


class Pace:
    """Lets bytes pass at `mbps` (None: as fast as they come); the pace can change on the way."""

    def __init__(self, mbps: float | None = None) -> None:
        """Begin at this pace."""
        self.mbps = mbps
        self._due = 0.0

    async def take(self, size: int) -> None:
        """Wait until `size` bytes may pass."""
        if self.mbps is None:
            return
        clock = asyncio.get_running_loop().time
        self._due = max(self._due, clock() - BURST_SECONDS) + size * 8 / (UNDER * self.mbps * BITS)
        while self.mbps is not None and (wait := self._due - clock()) > 0:
            await asyncio.sleep(min(wait, LONGEST_PAUSE))


class Paces:
    """The paces of all owners, and of each transfer."""

    def __init__(self) -> None:
        """Begin without limits."""
        self._owners: dict[str, Pace] = {}

    def own(self, mbps: float | None) -> Pace:
        """Give a pace for one transfer."""
        return Pace(mbps)

    def change(self, pace: Pace, mbps: float | None) -> None:
        """Change the limit of one transfer."""
        pace.mbps = mbps

    def owner(self, owner_id: str | None) -> Pace:
        """Give the pace that all transfers of an owner share."""
        return self._owners.setdefault(owner_id or "", Pace())

    def set_owner(self, owner_id: str | None, mbps: float | None) -> None:
        """Set the limit for the sum of an owner's transfers."""
        self.owner(owner_id).mbps = mbps


class RetryWaits:
    """How long to wait before another attempt."""

    def __init__(self, dice: Callable[[], float]) -> None:
        """Spread the waits by `dice`, which gives 0..1."""
        self._dice = dice

    def seconds(self, base: float, longest: float, number: int, retry_after: float = 0.0) -> float:
        """Give the wait before retry `number` (1, 2, ...): doubling, spread by up to 30 %, never below Retry-After."""
        wait = min(base * 2 ** (number - 1), longest)
        return float(max(wait * (1 + 0.3 * self._dice()), retry_after))

    def allowed(self, number: int, most: int) -> bool:
        """Say whether retry `number` is still to be made."""
        return number <= most
