"""Wait until a process answers, or say why it does not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from reference.stack.errors import StartFailed
from reference.stack.ports import LOOPBACK
from reference.stack.process import ManagedProcess

READY_WITHIN = 60.0
"""Four stacks of three systems that start at once on two cores take 14 s each; right after a set-up, more."""
ONE_ANSWER_WITHIN = 2.0
POLL = 0.02

Probe = Callable[[], Awaitable[bool]]
"""Looks once whether a process is ready."""


async def until_ready(process: ManagedProcess, port: int, path: str, *, any_status: bool = False) -> None:
    """Wait until `GET path` on the process' port answers 200 (with `any_status`: answers at all).

    Raises StartFailed, with the end of what the process printed, if it ends or is not ready within 60 s.
    """

    async def answers() -> bool:
        status = await _status(port, path)
        return status == 200 or (any_status and status is not None)

    await until_seen(process, answers, f"answer {path} with 200")


async def until_listening(process: ManagedProcess, port: int) -> None:
    """Wait until the process takes connections on its port. Raises StartFailed."""

    async def listens() -> bool:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            return False
        writer.close()
        return True

    await until_seen(process, listens, "take a connection")


async def until_file(process: ManagedProcess, file: Path) -> None:
    """Wait until the process has made `file`. Raises StartFailed."""

    async def exists() -> bool:
        return file.exists()

    await until_seen(process, exists, "say that it is ready")


async def until_seen(process: ManagedProcess, probe: Probe, what: str) -> None:
    """Wait until `probe` is true. Raises StartFailed if the process ends or did not do `what` within 60 s."""
    ended = asyncio.ensure_future(process.ended())
    polling = asyncio.ensure_future(_poll(probe))
    try:
        done, _ = await asyncio.wait({ended, polling}, timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        if polling in done:
            return
        if ended in done:
            raise StartFailed(_why(process, f"ended with code {ended.result()} before it was ready"))
        raise StartFailed(_why(process, f"did not {what} within {READY_WITHIN:g} s"))
    finally:
        ended.cancel()
        polling.cancel()
        await asyncio.gather(ended, polling, return_exceptions=True)


async def _poll(probe: Probe) -> None:
    while not await probe():
        await asyncio.sleep(POLL)


async def _status(port: int, path: str) -> int | None:
    try:
        async with asyncio.timeout(ONE_ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: {LOOPBACK}:{port}\r\nConnection: close\r\n\r\n".encode())
                first = (await reader.readline()).split()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else None


def _why(process: ManagedProcess, what: str) -> str:
    said = "\n".join(f"  {line}" for line in process.tail()) or "  (nothing)"
    return f"{process.name} {what}; the last it printed:\n{said}"
