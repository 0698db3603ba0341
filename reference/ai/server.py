"""The routes of the scripted AI."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reference.ai import wire
from reference.ai.answering import answer
from reference.ai.behaviours import CUSTOMER, decide
from reference.ai.choosing import Choosing, conditioned
from reference.ai.marks import BadMark, Script
from reference.ai.record import CallRecord
from reference.ai.replies import Reply
from reference.common.answers import PlainJson, detail
from reference.common.bearer import carries_token

LARGEST_BODY = 8 * 2**20
UNREADABLE = "unreadable"
"""Stands in the record for a call whose mark cannot be understood (answered with 400 and the reason)."""


class ScriptedAI:
    """One server's memory: its default behaviour and the calls it received."""

    def __init__(self, token: str = "") -> None:
        """Guard `/control` with `token`; an empty one is replaced by a random one that nobody knows."""
        self.token = token or secrets.token_urlsafe(24)
        self.default = CUSTOMER
        self.record = CallRecord()
        self.choosing = Choosing()

    async def complete(self, http: Request) -> Response:
        """Answer `POST /v1/chat/completions` as the mark or the default says."""
        try:
            request = _request(await _body(http))
            behaviour, reply = self._decide(request)
        except BadMark as error:
            return PlainJson(wire.error(400, str(error)), 400)
        self.record.add(request, behaviour)
        return await answer(http, request, reply)

    async def models(self, http: Request) -> Response:
        """Answer `GET /v1/models`."""
        return PlainJson(wire.models())

    async def calls(self, http: Request) -> Response:
        """Answer `GET` and `DELETE /control/calls`."""
        if not carries_token(http, self.token):
            return _unauthorized()
        if http.method == "DELETE":
            self.record.clear()
        since = http.query_params.get("since", "0")
        if not since.isdecimal():
            return detail(422, "since must be the number of a call, such as the last `next`.")
        return PlainJson(self.record.since(int(since)))

    async def behaviour(self, http: Request) -> Response:
        """Answer `GET` and `PUT /control/default`."""
        if not carries_token(http, self.token):
            return _unauthorized()
        if http.method == "PUT":
            try:
                default = _script(await _body(http))
                decide(default, CUSTOMER, {})
                self.default = default
            except BadMark as error:
                return detail(422, str(error))
        return PlainJson({"do": self.default.do, **self.default.options})

    async def scripts(self, http: Request) -> Response:
        """Answer `GET`, `PUT`, `POST` and `DELETE /control/scripts`: the scripts bound to a model or a text.

        `PUT` replaces them all; `POST` adds to them and gives the names of the added ones as `added`.
        """
        if not carries_token(http, self.token):
            return _unauthorized()
        if http.method == "DELETE":
            self.choosing.bind([])
        added: list[str] = []
        try:
            if http.method == "PUT":
                self.choosing.bind(_scripts(await _body(http)))
            if http.method == "POST":
                added = self.choosing.add(_scripts(await _body(http)))
        except BadMark as error:
            return detail(422, str(error))
        return PlainJson({"scripts": self.choosing.shown(), "added": added})

    async def script(self, http: Request) -> Response:
        """Answer `DELETE /control/scripts/{name}`: remove one bound script and leave the others."""
        if not carries_token(http, self.token):
            return _unauthorized()
        if not self.choosing.remove(http.path_params["name"]):
            return detail(404, "No script of this name is bound.")
        return PlainJson({"scripts": self.choosing.shown()})

    def _decide(self, request: Mapping[str, Any]) -> tuple[str, Reply]:
        try:
            script = self.choosing.script_for(request) or self.default
            return script.do, decide(script, self.default, request, self.choosing.attempt(request))
        except BadMark:
            self.record.add(request, UNREADABLE)
            raise


def create_app(token: str = "") -> Starlette:
    """Build the server. `token` is the bearer token of the routes under `/control`."""
    ai = ScriptedAI(token)
    return Starlette(
        routes=[
            Route("/v1/chat/completions", ai.complete, methods=["POST"]),
            Route("/v1/models", ai.models, methods=["GET"]),
            Route("/control/calls", ai.calls, methods=["GET", "DELETE"]),
            Route("/control/scripts", ai.scripts, methods=["GET", "PUT", "POST", "DELETE"]),
            Route("/control/scripts/{name}", ai.script, methods=["DELETE"]),
            Route("/control/default", ai.behaviour, methods=["GET", "PUT"]),
        ]
    )


def _unauthorized() -> Response:
    return detail(401, "Send the control token as Authorization: Bearer <token>.")


async def _body(http: Request) -> Any:
    body = bytearray()
    async for piece in http.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise BadMark("the body is larger than 8 MiB")
    try:
        return json.loads(body)
    except ValueError:
        raise BadMark("the body is not JSON") from None


def _request(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise BadMark("the body must be an object with messages")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(item, Mapping) for item in messages):
        raise BadMark("messages must be a list of at least one object with role and content")
    return body


def _script(body: Any) -> Script:
    if not isinstance(body, dict) or not isinstance(body.get("do"), str):
        raise BadMark('the default must be an object such as {"do": "say", "text": "Hello"}')
    script = Script(body["do"], {key: str(value) for key, value in body.items() if key != "do"})
    return script


def _scripts(body: Any) -> list[Script]:
    if not isinstance(body, dict) or not isinstance(body.get("scripts"), list):
        raise BadMark('bound scripts are given as {"scripts": [{"do": "say", "text": "Hello", "contains": "mark-1"}]}')
    scripts = [_script(item) for item in body["scripts"]]
    for script in scripts:
        decide(conditioned(script).script, CUSTOMER, {})
    return scripts
