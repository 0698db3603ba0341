"""Fetch one file: continue where it stopped, wait between attempts, keep only what is right."""

import asyncio
import contextlib
import errno
import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reference.modelhub.models.hashing import digest
from reference.modelhub.models.published import PublishedFile
from reference.modelhub.transfer.failures import Failure, of_status
from reference.modelhub.transfer.pace import Pace

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

PIECE = 16_384
MEASURED_SECONDS = 5.0
LEAST_MEASURED = 1.0
"""What came in less than this says nothing about the speed: estimates rest on the limit until then."""
LONGEST_WAIT_AFTER_RETURN = 10.0
AHEAD = 98_304
"""About what may be on its way between source and reader: a limited transfer waits for its turn before it is asked for,
or many transfers that begin together would exceed the limit of their sum."""


@dataclass
class Meter:
    """What a transfer has done so far. Bytes and seconds."""

    total: int = 0
    done: int = 0
    shown: int = 0
    resumed_from: int = 0
    retry_count: int = 0
    total_retries: int = 0
    next_retry_at: float | None = None
    last_reason: str | None = None
    changed: bool = True
    _marks: deque[tuple[float, int]] = field(default_factory=deque)

    def add(self, size: int, at: float) -> None:
        """Count bytes that arrived (or, below 0, were thrown away)."""
        self.done += size
        self.shown = max(self.shown, min(self.done, self.total))
        self._marks.append((at, max(0, size)))
        self.changed = True

    def bits_per_second(self, at: float) -> float:
        """Give the speed of the last five seconds; 0 while it is too early to tell: the first pieces come haltingly."""
        while self._marks and self._marks[0][0] < at - MEASURED_SECONDS:
            self._marks.popleft()
        if len(self._marks) < 2 or at - self._marks[0][0] < LEAST_MEASURED:
            return 0.0
        return sum(size for _, size in self._marks) * 8 / (at - self._marks[0][0])


@dataclass(frozen=True)
class Target:
    """A file that is to be fetched, and where it lies until it is complete."""

    model_id: str
    version: str
    file: PublishedFile
    partial: Path


@dataclass
class Rules:
    """How a transfer tries again. The base and the longest wait are in seconds."""

    max_retries: int = 3
    base: float = 2.0
    longest: float = 300.0


class Fetcher:
    """Fetches files. Raises Failure."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self.source_back = asyncio.Event()

    async def fetch(
        self, target: Target, meter: Meter, rules: Rules, paces: tuple[Pace, Pace], on_retry: Callable[..., Any]
    ) -> None:
        """Fetch a file until it is right, with the retries that `rules` allow; `on_retry` is told before each wait."""
        retries = 0
        while True:
            try:
                await self.attempt(target, meter, paces)
                return
            except Failure as failure:
                meter.last_reason = failure.reason
                retries += 1
                if not failure.temporary or not self._parts.retry_waits.allowed(retries, rules.max_retries):
                    raise
                wait = self._parts.retry_waits.seconds(rules.base, rules.longest, retries, failure.retry_after)
                meter.retry_count = max(meter.retry_count, retries)
                meter.total_retries += 1
                await on_retry(failure.reason, wait)
                await self._rest(wait)
                meter.next_retry_at = None

    async def attempt(self, target: Target, meter: Meter, paces: tuple[Pace, Pace]) -> None:
        """Make one attempt, from the bytes that are held."""
        held = self._held(target)
        if held < target.file.size or target.file.size == 0:
            try:
                await self._receive(target, held, meter, paces)
            except PermissionError:
                raise Failure("permission") from None
            except OSError as error:
                raise Failure("disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "permission") from None
        if not await asyncio.to_thread(self.right, target):
            self._discard(target, meter)
            raise Failure("checksum_mismatch")

    def right(self, target: Target) -> bool:
        """Say whether the bytes are what was published."""
        status = target.partial.stat()
        return status.st_size == target.file.size and digest(target.partial, "sha256") == target.file.sha256

    async def _receive(self, target: Target, held: int, meter: Meter, paces: tuple[Pace, Pace]) -> None:
        loop = asyncio.get_running_loop()
        paid = min(target.file.size - held, AHEAD)
        for pace in paces:
            await pace.take(paid)
        async with self._parts.source.file(target.model_id, target.version, target.file.path, held) as answer:
            if answer.status_code == 416:
                self._discard(target, meter)
                raise Failure("source_error")
            if answer.status_code not in (200, 206):
                raise of_status(answer.status_code, answer.headers.get("retry-after", ""))
            if answer.status_code == 200 or not answer.headers.get("content-range", "").startswith(f"bytes {held}-"):
                self._discard(target, meter)
                held = 0
            target.partial.parent.mkdir(parents=True, exist_ok=True)
            to_pay = target.file.size - held - paid
            with target.partial.open("ab") as file:
                async for piece in answer.aiter_raw(PIECE):
                    if held + len(piece) > target.file.size:
                        break  # more than was announced: it is not the file
                    self._parts.space.take(len(piece))
                    file.write(piece)
                    held += len(piece)
                    meter.add(len(piece), loop.time())
                    due = min(len(piece), to_pay)
                    to_pay -= due
                    for pace in paces:
                        await pace.take(due)

    def _held(self, target: Target) -> int:
        try:
            return target.partial.stat().st_size
        except FileNotFoundError:
            return 0

    def _discard(self, target: Target, meter: Meter) -> None:
        held = self._held(target)
        with contextlib.suppress(FileNotFoundError):  # nothing was held
            os.unlink(target.partial)
        if held:
            meter.add(-held, asyncio.get_running_loop().time())

    async def _rest(self, seconds: float) -> None:
        """Wait between two attempts; a source that comes back shortens a long wait."""
        self.source_back.clear()
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while (left := end - clock()) > 0:
            try:
                async with asyncio.timeout(left):
                    await self.source_back.wait()
            except TimeoutError:
                return
            self.source_back.clear()
            end = min(end, clock() + LONGEST_WAIT_AFTER_RETURN)
