"""Watch running canaries, and withdraw one that fails too often."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from reference.common.database import DatabaseUnavailable
from reference.common.rounds import until_done
from reference.medassist.logbook import Logbook
from reference.medassist.models.registry import ModelRegistry

LEAST_REQUESTS = 20
MOST_FAILURES = 0.05
KEPT = 100
RETRY_SECONDS = 0.5
REASON = "more than 5 % of its requests failed"


class CanaryWatch:
    """Counts the last requests of each canary."""

    def __init__(self, registry: ModelRegistry, logbook: Logbook) -> None:
        """Withdraw canaries from `registry`."""
        self._registry = registry
        self._logbook = logbook
        self._outcomes: dict[str, deque[bool]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.on_withdrawal: Callable[[str], Awaitable[None]] | None = None
        """Is told the model whose canary was withdrawn."""

    def note(self, deployment_id: str, failed: bool) -> None:
        """Take note of a request to a canary."""
        outcomes = self._outcomes.setdefault(deployment_id, deque(maxlen=KEPT))
        outcomes.append(failed)
        if self.fails(outcomes):
            del self._outcomes[deployment_id]
            task = asyncio.create_task(self._withdraw(deployment_id))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def fails(self, outcomes: deque[bool]) -> bool:
        """Say whether a canary failed too often."""
        return len(outcomes) >= LEAST_REQUESTS and sum(outcomes) / len(outcomes) > MOST_FAILURES

    async def _withdraw(self, deployment_id: str) -> None:
        async def attempt() -> bool:
            try:
                model_id = await self._registry.withdraw_canary(deployment_id, REASON)
            except DatabaseUnavailable:
                return False
            if model_id is not None and self.on_withdrawal is not None:
                await self.on_withdrawal(model_id)
            return True

        try:
            await until_done(attempt, RETRY_SECONDS)
        except Exception as error:  # noqa: BLE001 - trouble of one canary must not end anything else
            self._logbook.trouble("canary", error)
