"""Work that goes on after a request was answered."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from reference.common.database import DatabaseUnavailable
from reference.modelhub.store.ledger import Change
from reference.modelhub.store.view import ModelView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

FLUSH_SECONDS = 0.5


class Background:
    """Keeps tasks until they are done, and gathers what need not be written at once."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts
        self._tasks: set[asyncio.Task[Any]] = set()
        self._offered: Counter[str] = Counter()
        self._told: dict[tuple[str, str], tuple[ModelView, dict[str, Any]]] = {}

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Do something meanwhile."""
        self.keep(asyncio.ensure_future(work))

    def keep(self, task: "asyncio.Task[Any]") -> None:
        """Keep a task until it is done; its trouble is logged."""
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def note_fallback(self, owner_id: str, model: ModelView, answer: dict[str, Any]) -> None:
        """Note that a way was offered; it is counted, and the user is told, within half a second."""
        self._offered[answer["fallback_strategy"]["strategy_type"]] += 1
        self._told[(owner_id, model.model_id)] = (model, answer)

    async def flush(self) -> None:
        """Write down what was gathered."""
        if not self._offered:
            return
        offered, told = self._offered, self._told
        self._offered, self._told = Counter(), {}

        def work(change: Change) -> None:
            for strategy, count in offered.items():
                change.count("modelhub_fallbacks_total", strategy, count)
            for (owner_id, _), (model, answer) in told.items():
                self._parts.suggester.emit(change, owner_id, model, answer)

        try:
            await self._parts.quiet_ledger.change(work)
        except DatabaseUnavailable:
            self._offered.update(offered)

    async def close(self) -> None:
        """Give up what is not done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._parts.logbook.trouble("background", error)
