"""Turn a reply into what goes over the connection."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reference.ai import wire
from reference.ai.replies import Content, Cut, Delayed, Garbage, Hang, NoChoices, Refusal, Reply
from reference.common.answers import PlainJson

_GARBAGE = b'<<<<{"id": "chatcmpl-, "choices": [{"mess'


class ConnectionCut(Exception):
    """Raised in the middle of a body: the server then closes the connection without finishing it."""


class WithoutCuts(logging.Filter):
    """Keep the cuts that were asked for out of the server's error log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the record is worth printing."""
        return not (record.exc_info and isinstance(record.exc_info[1], ConnectionCut))


async def answer(http: Request, request: Mapping[str, Any], reply: Reply) -> Response:
    """Answer a request for a completion with `reply`, streamed if the request says so."""
    while isinstance(reply, Delayed):
        await asyncio.sleep(reply.seconds)
        reply = reply.then
    streamed = request.get("stream") is True
    match reply:
        case Hang():
            return await _silence(http)
        case Refusal(code):
            return PlainJson(wire.error(code), code)
        case Garbage():
            return Response(_GARBAGE, media_type="text/event-stream" if streamed else "application/json")
        case Cut(text, kept):
            return _cut(request, text, streamed, kept)
        case NoChoices():
            return _completed(request, None, streamed, choices=False)
        case Content(text, size, pause):
            return _completed(request, text, streamed, choices=True, size=size, pause=pause)


def _completed(
    request: Mapping[str, Any],
    text: str | None,
    streamed: bool,
    *,
    choices: bool,
    size: int | None = None,
    pause: float = 0.0,
) -> Response:
    if streamed:
        events = wire.events(request, text, choices=choices, size=size)
        return StreamingResponse(_paced(events, pause), media_type="text/event-stream; charset=utf-8")
    return PlainJson(wire.completion(request, text, choices=choices))


async def _paced(events: Iterator[bytes], pause: float) -> AsyncIterator[bytes]:
    for event in events:
        yield event
        await asyncio.sleep(pause)


def _cut(request: Mapping[str, Any], text: str, streamed: bool, kept: int | None) -> Response:
    if streamed:
        pieces = list(wire.events(request, text))
        sent = pieces[: len(pieces) // 2 if kept is None else kept + 1]
        return StreamingResponse(_broken_off(sent), media_type="text/event-stream; charset=utf-8")
    body = json.dumps(wire.completion(request, text)).encode()
    return StreamingResponse(
        _broken_off([body[: len(body) // 2]]),
        media_type="application/json",
        headers={"Content-Length": str(len(body))},
    )


async def _broken_off(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
    raise ConnectionCut("cut as the script says")


async def _silence(http: Request) -> Response:
    while (await http.receive())["type"] != "http.disconnect":
        continue
    return Response(status_code=499)
