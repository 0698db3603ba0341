"""Run the source until it is told to end."""

import asyncio
import signal
from collections.abc import Mapping
from pathlib import Path

from reference.common.environment import Environment
from reference.modelhub.source.publishing import Publications
from reference.modelhub.source.server import SourceServer


def run(variables: Mapping[str, str]) -> None:
    """Serve until SIGTERM or SIGINT, where `MODELHUB_SOURCE_HOST` and `MODELHUB_SOURCE_PORT` say."""
    given = Environment(variables)
    state = given.text("MODELHUB_SOURCE_STATE")
    server = SourceServer(Publications(Path(state) if state else None))
    host, port = given.text("MODELHUB_SOURCE_HOST", "127.0.0.1"), given.integer("MODELHUB_SOURCE_PORT", 9100)
    asyncio.run(_until_signal(server, host, port))


async def _until_signal(server: SourceServer, host: str, port: int) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await server.serve(host, port, ended)
