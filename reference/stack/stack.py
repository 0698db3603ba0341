"""The stack: one scripted AI and the systems asked for, started together and stopped together."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reference.stack.ai_process import AiProcess
from reference.stack.entry import Registry
from reference.stack.errors import StackError, Unknown, Unusable
from reference.stack.faults import refuse_unknown_faults
from reference.stack.process import ManagedProcess
from reference.stack.system import RunningSystem

PATIENCE_AT_THE_END = 3.0


class Stack:
    """The AI and the systems by name. Use it from one event loop on the main thread."""

    def __init__(
        self,
        registry: Registry,
        systems: Sequence[str],
        work: Path,
        *,
        faults: Mapping[str, Sequence[str]] | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Prepare files and ports in `work`; nothing runs yet.

        `faults` are named by system; `settings` are given to every system. Raises Unusable for a system that is not
        known or not asked for.
        """
        if unknown := [name for name in systems if name not in registry]:
            raise Unusable(f"unknown system {', '.join(unknown)}; known are {', '.join(registry)}")
        if unasked := [name for name in faults or {} if name not in systems]:
            raise Unusable(f"faults are given for {', '.join(unasked)}, which is not among the systems to start")
        self.ai = AiProcess(work)
        self.systems = {
            name: RunningSystem(registry[name], work, self.ai, settings or {}, (faults or {}).get(name, ()))
            for name in dict.fromkeys(systems)
        }
        self.failed: dict[str, str] = {}

    async def start(self) -> None:
        """Start everything at the same time; returns when all of it is ready.

        A system that does not get ready is ended and told in `failed`; the others go on. Raises StackError if none is
        left, if the AI does not start, or for a fault that a system does not have.
        """
        try:
            async with asyncio.TaskGroup() as together:
                together.create_task(self.ai.start())
                for name, system in self.systems.items():
                    together.create_task(refuse_unknown_faults(system.entry, system.faults))
                    together.create_task(self._start(name, system))
        except* StackError as errors:
            raise StackError("\n".join(_messages(errors))) from errors
        if self.failed and len(self.failed) == len(self.systems):
            raise StackError("\n".join(self.failed.values()))

    async def stop(self) -> None:
        """End every process, first politely and then not, and give the ports back."""
        outcomes = await _stop(self._processes())
        for system in self.systems.values():
            system.release()
        self.ai.release()
        failures = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        if failures:
            raise StackError(f"could not stop everything: {'; '.join(map(str, failures))}")

    def system(self, name: str) -> RunningSystem:
        """Give a system of this stack by its name."""
        if name not in self.systems:
            raise Unknown(f"this stack has no system {name!r}; it has {', '.join(self.systems)}")
        return self.systems[name]

    def description(self) -> dict[str, Any]:
        """Say where everything is: the ready line without the control API."""
        return {
            "systems": {name: system.description() for name, system in self.systems.items() if name not in self.failed},
            "failed": dict(self.failed),
            "ai": {"url": self.ai.url, "token": self.ai.token},
        }

    def state(self) -> dict[str, Any]:
        """Say where everything is and how it is now."""
        described = self.description()
        for name, system in self.systems.items():
            described["systems"].setdefault(name, {}).update(system.state())
        described["ai"].update({"state": self.ai.process.state, "pid": self.ai.process.pid})
        return described

    async def _start(self, name: str, system: RunningSystem) -> None:
        try:
            await system.start()
        except* StackError as errors:
            self.failed[name] = "\n".join(_messages(errors))
            await _stop(system.managed())

    def _processes(self) -> list[ManagedProcess]:
        return [self.ai.process, *(process for system in self.systems.values() for process in system.managed())]


async def _stop(processes: Sequence[ManagedProcess]) -> list[BaseException | None]:
    return await asyncio.gather(*(each.stop(PATIENCE_AT_THE_END) for each in processes), return_exceptions=True)


def _messages(errors: BaseExceptionGroup[Any]) -> list[str]:
    found: list[str] = []
    for error in errors.exceptions:
        found += _messages(error) if isinstance(error, BaseExceptionGroup) else [str(error)]
    return found
