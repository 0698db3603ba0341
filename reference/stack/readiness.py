"""Wait until a process answers, or say why it does not."""

import asyncio

from reference.stack.errors import StartFailed
from reference.stack.ports import LOOPBACK
from reference.stack.process import ManagedProcess

READY_WITHIN = 15.0
ONE_ANSWER_WITHIN = 2.0
POLL = 0.02


async def until_ready(process: ManagedProcess, port: int, path: str, *, any_status: bool = False) -> None:
    """Wait until `GET path` on the process' port answers 200 (with `any_status`: answers at all).

    Raises StartFailed, with the end of what the process printed, if it ends or is not ready within 15 s.
    """
    ended = asyncio.ensure_future(process.ended())
    polling = asyncio.ensure_future(_poll(port, path, any_status))
    try:
        done, _ = await asyncio.wait({ended, polling}, timeout=READY_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        if polling in done:
            return
        if ended in done:
            raise StartFailed(_why(process, f"ended with code {ended.result()} before it was ready"))
        raise StartFailed(_why(process, f"did not answer {path} with 200 within {READY_WITHIN:g} s"))
    finally:
        ended.cancel()
        polling.cancel()
        await asyncio.gather(ended, polling, return_exceptions=True)


async def _poll(port: int, path: str, any_status: bool) -> None:
    while True:
        status = await _status(port, path)
        if status == 200 or (any_status and status is not None):
            return
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
