"""Run one of the processes without a port: until SIGTERM, saying when it is ready."""

import asyncio
import signal
from collections.abc import Awaitable, Callable

from reference.common.database import DatabaseUnavailable
from reference.common.rounds import every
from reference.modelhub.parts import Parts
from reference.modelhub.watch.components import BEAT_SECONDS


def work(parts: Parts) -> None:
    """Work until SIGTERM or SIGINT."""
    asyncio.run(_until_signal(parts))


async def _until_signal(parts: Parts) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    parts.folder.prepare()
    beating = every(BEAT_SECONDS, parts.heart.beat, lambda error: parts.logbook.trouble("heart", error))
    tasks = [asyncio.create_task(beating), asyncio.create_task(_begin(parts)), asyncio.create_task(ended.wait())]
    await parts.heart.beat()
    if parts.settings.ready_file is not None:
        parts.settings.ready_file.write_text("ready\n")
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            parts.logbook.trouble("work", outcome)
    await parts.heart.stop()
    await parts.close()


async def _begin(parts: Parts) -> None:
    jobs: dict[str, Callable[[], Awaitable[None]]] = {
        "downloader": lambda: _download(parts),
        "generator": parts.generator.run,
        "monitor": parts.monitor.run,
    }
    while True:
        try:
            await jobs[parts.process]()
        except Exception as error:  # noqa: BLE001 - a worker must go on after an error of one round
            parts.logbook.trouble("work", error)
            await parts.pause(1.0)


async def _download(parts: Parts) -> None:
    await parts.patiently(parts.update_runner.mend)
    await parts.dispatcher.run()


__all__ = ["DatabaseUnavailable", "work"]
