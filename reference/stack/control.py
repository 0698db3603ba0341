"""The control API of a stack: loopback, one bearer token. Every answer is given when the change is in force."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reference.common.answers import PlainJson, detail
from reference.common.bearer import carries_token
from reference.stack.errors import StackError, Unknown, Unusable
from reference.stack.stack import Stack
from reference.stack.system import RunningSystem

TAIL_LINES = 200
LONGEST_TAIL = 10_000


class NeedsToken:
    """Let only requests through that carry the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        """Guard `app` with `token`."""
        self._app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 to a request without the token."""
        if scope["type"] == "http" and not carries_token(Request(scope), self._token):
            await detail(401, "Send the control token as Authorization: Bearer <token>.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


class ControlRoutes:
    """The routes over one stack."""

    def __init__(self, stack: Stack) -> None:
        """Control `stack`."""
        self._stack = stack

    async def stack(self, request: Request) -> Response:
        """Answer `GET /stack`."""
        return PlainJson(self._stack.state())

    async def process(self, request: Request) -> Response:
        """Answer `POST /systems/{system}/process/{action}`, and the same for the process `name` of the path."""
        action, name = request.path_params["action"], request.path_params.get("name")
        settings = _settings(await _body(request))
        return await self._changed(request, lambda system: system.act(action, settings, name))

    async def dependency(self, request: Request) -> Response:
        """Answer `POST /systems/{system}/dependencies/{dependency}/{action}`."""
        name, action = request.path_params["dependency"], request.path_params["action"]

        async def act(system: RunningSystem) -> None:
            dependency = system.dependency(name)
            if action not in ("stop", "start", "pause", "resume"):
                raise Unknown(f"no action {action!r} on a dependency: use stop, start, pause or resume")
            await getattr(dependency, action)()

        return await self._changed(request, act)

    async def faults(self, request: Request) -> Response:
        """Answer `PUT` and `DELETE /systems/{system}/faults`; DELETE takes away all."""
        wanted = [] if request.method == "DELETE" else _faults(await _body(request))
        return await self._changed(request, lambda system: system.seed_faults(wanted))

    async def keep(self, request: Request) -> Response:
        """Answer `POST /systems/{system}/backups/{name}/{action}`, where the action is save or restore."""
        name, action = request.path_params["name"], request.path_params["action"]

        async def act(system: RunningSystem) -> None:
            if action not in ("save", "restore"):
                raise Unknown(f"no action {action!r} on a backup: use save or restore")
            await (system.backup(name) if action == "save" else system.restore(name))

        return await self._changed(request, act)

    async def lose(self, request: Request) -> Response:
        """Answer `POST /systems/{system}/database/lose`."""
        return await self._changed(request, lambda system: system.lose_database())

    async def logs(self, request: Request) -> Response:
        """Answer `GET /systems/{system}/logs?tail=N`."""
        raw = request.query_params.get("tail", str(TAIL_LINES))
        if not raw.isdecimal():
            raise Unusable(f"tail must be a number of lines, got {raw!r}")
        system = self._stack.system(request.path_params["system"])
        return PlainJson(system.logs(min(int(raw), LONGEST_TAIL)))

    async def _changed(self, request: Request, change: Callable[[RunningSystem], Awaitable[None]]) -> Response:
        system = self._stack.system(request.path_params["system"])
        async with system.changing:
            await change(system)
        return PlainJson({"system": system.entry.name, **system.description(), **system.state()})


def create_control(stack: Stack, token: str) -> Starlette:
    """Build the control API over `stack`, guarded by `token`."""
    routes = ControlRoutes(stack)
    return Starlette(
        routes=[
            Route("/stack", routes.stack, methods=["GET"]),
            Route("/systems/{system}/process/{action}", routes.process, methods=["POST"]),
            Route("/systems/{system}/processes/{name}/{action}", routes.process, methods=["POST"]),
            Route("/systems/{system}/dependencies/{dependency}/{action}", routes.dependency, methods=["POST"]),
            Route("/systems/{system}/faults", routes.faults, methods=["PUT", "DELETE"]),
            Route("/systems/{system}/backups/{name}/{action}", routes.keep, methods=["POST"]),
            Route("/systems/{system}/database/lose", routes.lose, methods=["POST"]),
            Route("/systems/{system}/logs", routes.logs, methods=["GET"]),
        ],
        middleware=[Middleware(NeedsToken, token=token)],
        exception_handlers={StackError: _refused},
    )


async def _refused(request: Request, error: Exception) -> Response:
    return detail(error.status if isinstance(error, StackError) else 500, str(error))


async def _body(request: Request) -> dict[str, Any]:
    raw = await request.body()
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise Unusable("the body is not JSON") from None
    if not isinstance(body, dict):
        raise Unusable("the body must be an object")
    return body


def _settings(body: dict[str, Any]) -> dict[str, str] | None:
    given = body.get("settings")
    if given is None:
        return None
    if not isinstance(given, dict) or not all(isinstance(value, str | int | float) for value in given.values()):
        raise Unusable('settings must be an object of names and values, such as {"AI_TIMEOUT_SECONDS": "2"}')
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


def _faults(body: dict[str, Any]) -> list[str]:
    given = body.get("faults")
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise Unusable('faults must be a list of names: {"faults": ["write-behind"]}')
    return given
