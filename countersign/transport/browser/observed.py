"""What a page does while it is open: console, errors, dialogs, requests and socket frames, seen and recorded."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request, Response, WebSocket

from countersign.evidence import Direction, Entry, Recorder, Speech, utc_now
from countersign.transport.narration import Narrator

MOST = 5000
"""Items of one kind that are kept; a page that does more is itself a finding, and memory stays bounded."""

_OWN = {"chrome", "chrome-extension", "devtools"}
"""Schemes of the browser's own parts (its PDF viewer loads them); they never leave it."""


@dataclass(frozen=True)
class ConsoleLine:
    """A line of the browser's console. `kind` is "error", "warning", "log" ..., `where` the source and line."""

    kind: str
    text: str
    where: str


@dataclass(frozen=True)
class PageRequest:
    """A request of the page. `status` is 0 and `failure` says why when no answer came."""

    method: str
    url: str
    kind: str
    status: int
    failure: str = ""

    @property
    def path(self) -> str:
        """The path without host and query."""
        return urlsplit(self.url).path


@dataclass(frozen=True)
class SocketFrame:
    """A frame of one of the page's WebSockets. `direction` is "sent" or "received"; binary frames have no text."""

    at: datetime
    direction: Direction
    url: str
    text: str

    def json(self) -> Any:
        """Give the frame as JSON, or None if it is no JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None


@dataclass
class Observed:
    """Everything seen since the window was opened, in the order it happened, over all its pages and reloads."""

    console: list[ConsoleLine] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    requests: list[PageRequest] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    frames: list[SocketFrame] = field(default_factory=list)

    @property
    def errors(self) -> list[str]:
        """Errors of the console and errors that no script caught."""
        return [line.text for line in self.console if line.kind == "error"] + self.page_errors

    @property
    def failed_requests(self) -> list[str]:
        """Requests that got no answer or were refused, and how."""
        failed = [request for request in self.requests if not 0 < request.status < 400]
        return [f"{request.method} {request.path}: {request.status or request.failure}" for request in failed]

    @property
    def loads(self) -> int:
        """How often a page was loaded."""
        return sum(request.kind == "document" for request in self.requests)

    def received(self, kind: str) -> list[dict[str, Any]]:
        """Give the JSON frames of this `type` that the page received."""
        return self._frames("received", kind)

    def sent(self, kind: str) -> list[dict[str, Any]]:
        """Give the JSON frames of this `type` that the page sent."""
        return self._frames("sent", kind)

    def _frames(self, direction: Direction, kind: str) -> list[dict[str, Any]]:
        read = (frame.json() for frame in self.frames if frame.direction == direction)
        return [data for data in read if isinstance(data, dict) and data.get("type") == kind]


class Watcher:
    """Listens to a page and keeps what happens, here and in the recorder. Handlers never ask the page anything."""

    def __init__(self, observed: Observed, *, system: str, actor: str, recorder: Recorder, narrator: Narrator | None):
        self._observed = observed
        self._system = system
        self._actor = actor
        self._recorder = recorder
        self._narrator = narrator

    def watch(self, page: Page) -> None:
        """Listen to everything on this page."""
        page.on("console", self._console)
        page.on("pageerror", self._page_error)
        page.on("dialog", self._dialog)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)
        page.on("websocket", self._socket)
        page.on("crash", lambda _page: self._page_error("the page crashed"))

    def note(self, direction: Direction, summary: str, body: str = "", speech: Speech | None = None) -> None:
        """Put an entry of the browser into the evidence."""
        self._recorder.note(
            Entry(utc_now(), self._actor, self._system, "browser", direction, summary, body, None, speech)
        )

    def _console(self, message: ConsoleMessage) -> None:
        location = message.location
        where = f"{location.get('url', '')}:{location.get('lineNumber', '')}"
        _keep(self._observed.console, ConsoleLine(message.type, message.text, where))
        self.note("event", f"console {message.type}", f"{message.text}\n{where}")

    def _page_error(self, error: Error | str) -> None:
        _keep(self._observed.page_errors, str(error))
        self.note("event", "error on the page", str(error))

    def _dialog(self, dialog: Dialog) -> None:
        _keep(self._observed.dialogs, f"{dialog.type}: {dialog.message}")
        self.note("event", f"dialog {dialog.type}", dialog.message)
        dialog.dismiss()

    def _response(self, response: Response) -> None:
        request = response.request
        self._request(PageRequest(request.method, request.url, request.resource_type, response.status))

    def _failed(self, request: Request) -> None:
        failure = request.failure or "no answer"
        self._request(PageRequest(request.method, request.url, request.resource_type, 0, failure))

    def _request(self, seen: PageRequest) -> None:
        if urlsplit(seen.url).scheme in _OWN:
            return
        _keep(self._observed.requests, seen)
        self.note("received", f"{seen.method} {seen.url} -> {seen.status or seen.failure}")

    def _socket(self, socket: WebSocket) -> None:
        _keep(self._observed.sockets, socket.url)
        self.note("event", f"socket opened: {socket.url}")
        socket.on("framesent", lambda payload: self._frame(socket.url, "sent", payload))
        socket.on("framereceived", lambda payload: self._frame(socket.url, "received", payload))
        socket.on("socketerror", lambda reason: self.note("event", f"socket failed: {socket.url}", str(reason)))
        socket.on("close", lambda _socket: self.note("event", f"socket closed: {socket.url}"))

    def _frame(self, url: str, direction: Direction, payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else ""
        frame = SocketFrame(utc_now(), direction, url, text)
        _keep(self._observed.frames, frame)
        data = frame.json()
        kind = data.get("type", "") if isinstance(data, dict) else f"{len(payload)} bytes"
        speech = self._narrator(direction, data) if self._narrator else None
        self.note(direction, f"frame {kind}", text, speech)


def _keep(items: list[Any], item: Any) -> None:
    if len(items) < MOST:
        items.append(item)
