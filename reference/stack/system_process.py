"""One process of a system, with the settings it runs with."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from reference.stack.errors import NotNow, Unknown
from reference.stack.process import ManagedProcess

Variables = Callable[[Mapping[str, str]], Mapping[str, str]]
Settings = Mapping[str, str]


class SystemProcess:
    """A process that comes and goes.

    Settings given with a start or restart hold until other settings are given; an empty set of settings goes back to
    those the stack was started with.
    """

    def __init__(
        self,
        process: ManagedProcess,
        *,
        base: Settings,
        checked: Callable[[Settings], None],
        variables: Variables,
        before: Callable[[], None],
        ready: Callable[[], Awaitable[None]],
    ) -> None:
        """Start with `base`; `checked` refuses settings, `variables` gives the whole environment for some settings.

        `before` is called before each start, `ready` waits until the process can be used.
        """
        self.process = process
        self.settings = dict(base)
        self._base = dict(base)
        self._checked = checked
        self._variables = variables
        self._before = before
        self._ready = ready

    async def start(self, settings: Settings | None = None) -> None:
        """Start the process and wait until it is ready; a paused one goes on, a running one is left alone.

        Raises NotNow for other settings while it runs, StartFailed if it does not get ready.
        """
        wanted = self.settings if settings is None else self._wanted(settings)
        if self.process.state == "paused":
            await self.process.resume()
        if self.process.state == "stopped":
            self.settings = wanted
            self._before()
            await self.process.start(self._variables(self.settings))
        elif wanted != self.settings:
            raise NotNow(f"{self.process.name} is running: restart it to give it other settings")
        await self._ready()

    async def restart(self, settings: Settings | None = None) -> None:
        """Stop the process in good order and start it again."""
        if settings is not None:
            self._wanted(settings)
        await self.process.stop()
        await self.start(settings)

    async def act(self, action: str, settings: Settings | None) -> None:
        """Do what the control API names: terminate, kill, stop, start, restart, pause or resume."""
        if action in ("start", "restart"):
            await (self.start(settings) if action == "start" else self.restart(settings))
        elif action in ("terminate", "kill", "stop", "pause", "resume"):
            await getattr(self.process, action)()
        else:
            raise Unknown(f"no action {action!r}: use terminate, kill, stop, start, restart, pause or resume")

    def state(self) -> dict[str, Any]:
        """Say how the process is now."""
        told = {"state": self.process.state, "pid": self.process.pid, "exit_code": self.process.exit_code}
        return {**told, "settings": self.settings}

    def _wanted(self, settings: Settings) -> dict[str, str]:
        self._checked(settings)
        return {**self._base, **settings}
