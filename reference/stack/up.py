"""The life of a stack as a program: start, say where everything is, wait for the end, leave nothing behind."""

import asyncio
import contextlib
import json
import secrets
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from reference.stack.ending import Ending, standard_input_is_a_pipe
from reference.stack.entry import Registry
from reference.stack.errors import StackError
from reference.stack.ports import Reservation
from reference.stack.postgresql import on_postgresql
from reference.stack.stack import Stack
from reference.stack.workspace import Workspace, remove_leftovers

if TYPE_CHECKING:
    import uvicorn

FAILED = 1
POLL = 0.005


@dataclass(frozen=True)
class Request:
    """What a stack is asked to be. `stop_with_stdin` None means: if the standard input is a pipe."""

    systems: tuple[str, ...]
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    work: Path | None = None
    database: Literal["sqlite", "postgresql"] = "sqlite"
    stop_with_stdin: bool | None = None


def up(request: Request, registry: Registry) -> int:
    """Run a stack until it is to end; give the exit code (0, or 1 if it could not start or could not clean up)."""
    remove_leftovers()
    try:
        if request.database == "postgresql":
            registry = on_postgresql(registry, request.settings)
        with contextlib.closing(Workspace(request.work)) as workspace:
            return asyncio.run(_run(request, registry, workspace.path))
    except StackError as error:
        print(json.dumps({"ready": False, "error": str(error)}), flush=True)
        print(f"The stack did not start: {error}", file=sys.stderr)
        return FAILED


async def _run(request: Request, registry: Registry, work: Path) -> int:
    ending = Ending()
    ending.watch_signals()
    ending.watch_parent()
    stack = Stack(registry, request.systems, work, faults=request.faults, settings=request.settings)
    stdin = standard_input_is_a_pipe() if request.stop_with_stdin is None else request.stop_with_stdin
    if stdin:
        ending.watch_standard_input()
    try:
        await _live(stack, ending)
    finally:
        await stack.stop()
    return 0


async def _live(stack: Stack, ending: Ending) -> None:
    starting = asyncio.ensure_future(_start(stack))
    told = asyncio.ensure_future(ending.wait())
    await asyncio.wait({starting, told}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return
    server, serving = await starting
    await asyncio.wait({serving, told}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    server.should_exit = True
    await serving


async def _start(stack: Stack) -> tuple["uvicorn.Server", "asyncio.Task[None]"]:
    control = Reservation()
    token = secrets.token_urlsafe(24)
    # The server's libraries are loaded while the children start.
    starting = asyncio.ensure_future(stack.start())
    try:
        server = await asyncio.to_thread(_control_server, stack, control.number, token)
        await starting
    finally:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
    serving = asyncio.get_running_loop().create_task(server.serve())
    while not (server.started or serving.done()):
        await asyncio.sleep(POLL)
    line = {"ready": True, "control": {"url": control.url, "token": token}, **stack.description()}
    print(json.dumps(line), flush=True)
    for why in stack.failed.values():
        print(f"Did not start: {why}", file=sys.stderr)
    if sys.stdout.isatty():
        print(table(line), file=sys.stderr)
    return server, serving


def _control_server(stack: Stack, port: int, token: str) -> "uvicorn.Server":
    import uvicorn

    from reference.stack.control import create_control
    from reference.stack.ports import LOOPBACK

    class Server(uvicorn.Server):
        """A server that leaves the signals to the stack."""

        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    config = uvicorn.Config(
        create_control(stack, token),
        host=LOOPBACK,
        port=port,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    return Server(config)


def table(line: Mapping[str, Any]) -> str:
    """Lay out a ready line for a person."""
    rows = [("system", "address", "operator key")]
    rows += [(name, system["page_url"], system["operator_key"]) for name, system in line["systems"].items()]
    rows += [("scripted AI", f"{line['ai']['url']}/v1", line["ai"]["token"])]
    rows += [("control", line["control"]["url"], line["control"]["token"])]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    laid = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(["", *laid, "", "Stop with Ctrl-C."])
