"""HTTP to a live system: every exchange ends by its deadline, is recorded, and fails with a message one can act on."""

import json as json_module
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode, urlsplit

import httpcore
import httpx

from countersign.errors import ContractBroken, SuiteError, SystemFault, TargetError
from countersign.evidence import Direction, Entry, Recorder, utc_now
from countersign.evidence.waiting import waiting
from countersign.transport.answer import Answer
from countersign.transport.deadline import Deadline
from countersign.transport.explain import broken_off, unreachable
from countersign.transport.network import DeadlineBackend
from countersign.transport.pool import DeadlineTransport

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of an answer that are read; no system in scope has longer ones (documents end at 10 MiB)."""

# What may stand in a request line as it is. A path goes out as the caller wrote it, "..", "%2f" and all.
_REDIRECTS = {301, 302, 303, 307, 308}

_IN_REQUEST_LINE = "/:?#[]@!$&'()*+,;=%~-._|\\{}^`\"<>"


class HttpClient:
    """A client of one actor for one system. Connections are reused. Use one client in one thread at a time.

    `headers` go with every request, `within` is the time (seconds) for a request that names none. `ca` is the file
    with the authorities an https system's certificate is checked against (default: the usual ones). Proxies of the
    environment are used for remote systems, never for loopback.

    Examples::

        with HttpClient(url, system="chattrain", actor="Ben", recorder=recorder, within=3) as client:
            health = client.request("GET", "/api/health").must_be(200).json()
    """

    def __init__(
        self,
        base_url: str,
        *,
        system: str,
        actor: str,
        recorder: Recorder,
        headers: Mapping[str, str] | None = None,
        within: float = 10.0,
        ca: str | None = None,
        body_limit: int = BODY_LIMIT,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            shown = recorder.redactor.text(base_url)
            raise TargetError(f"{system}: {shown!r} is no address; write it like http://127.0.0.1:8000")
        self.base_url = base_url.rstrip("/")
        self._address = recorder.redactor.text(self.base_url)
        self._prefix = urlsplit(self.base_url).path
        self.system = system
        self.actor = actor
        self._recorder = recorder
        self._within = within
        self._body_limit = body_limit
        self._network = DeadlineBackend()
        self._client = httpx.Client(
            transport=DeadlineTransport(self._network, base_url, ca),
            headers={"Accept-Encoding": "identity", **(headers or {})},
            timeout=None,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        within: float | Deadline | None = None,
        json: Any = None,
        content: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        keep_redirect: bool = False,
    ) -> Answer:
        """Send a request and give the whole answer, whatever its status.

        The deadline holds for connecting, sending, headers and body together. `path` is sent as it is written.
        `json` is sent as a JSON body (None means none; send `content="null"` for a null). A redirect is followed
        nowhere; it is ContractBroken unless `keep_redirect`.

        Raises SystemUnreachable (nobody there, TLS fails), DeadlineExceeded, LineClosed (closed in the middle),
        ContractBroken (not HTTP, a redirect, longer than the limit).
        """
        target = path + (("&" if "?" in path else "?") + urlencode(params, doseq=True) if params else "")
        what = self._redact(f"{self.system}: {method} {target}")
        deadline = Deadline.of(self._within if within is None else within, what)
        asked = _Request(method, target, *_body(json, content, headers), what, utc_now())
        self._note("sent", f"{method} {target}", body=_as_text(asked.body or b"", ""), at=asked.sent_at)
        try:
            answer = self._exchange(asked, deadline)
            if answer.status in _REDIRECTS and not keep_redirect:
                elsewhere = self._redact(answer.headers.get("location", "nowhere"))
                raise ContractBroken(
                    f"{what}: answered {answer.status}, a redirect to {elsewhere!r}, expected an answer. "
                    f"Is {self._address} the system's own address (http or https, port, path)?"
                )
        except SystemFault as fault:
            self._note("event", f"{method} {target} failed: {fault}", seconds=deadline.waited)
            raise
        text = _as_text(answer.body, answer.content_type)
        # The beginning finds it in the system's log, and leaves the transcript readable.
        known_as = f" (request {answer.request_id[:8]})" if answer.request_id else ""
        summary = f"{answer.status} to {method} {target}{known_as}"
        self._note("received", summary, body=text, seconds=answer.seconds)
        return answer

    @waiting()
    def _exchange(self, asked: "_Request", deadline: Deadline) -> Answer:
        what = asked.what
        progress = self._network.begin(deadline)
        line = quote(self._prefix + asked.target, safe=_IN_REQUEST_LINE).encode("ascii")
        try:
            request = self._client.build_request(
                asked.method, self.base_url, content=asked.body, headers=asked.headers, extensions={"target": line}
            )
            began = time.monotonic()
            response = self._client.send(request, stream=True)
            try:
                received = _bounded(response.iter_bytes(), self._body_limit, what)
            finally:
                response.close()
        except httpcore.TimeoutException as error:
            raise deadline.exceeded(self._redact(progress.last_seen())) from error
        except httpcore.ConnectError as error:
            raise unreachable(progress.trouble or error, self._address, what) from error
        except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError) as error:
            raise broken_off(error, progress, self._address, what, self._redact) from error
        except httpx.DecodingError as error:
            raise ContractBroken(f"{what}: the body cannot be decoded as its headers say: {error}") from error
        except (httpcore.LocalProtocolError, httpx.InvalidURL, ValueError) as error:
            # Not chained: the library's own message may quote a header with a secret.
            raise SuiteError(f"{what}: this request cannot be sent as HTTP: {self._redact(str(error))}") from None
        seconds = time.monotonic() - began
        return Answer(response.status_code, response.headers, received, seconds, asked.sent_at, what, self._redact)

    def _redact(self, text: str) -> str:
        return self._recorder.redactor.text(text)

    def _note(
        self,
        direction: Direction,
        summary: str,
        *,
        body: str = "",
        at: datetime | None = None,
        seconds: float | None = None,
    ) -> None:
        if self._recorder.keeps:
            entry = Entry(at or utc_now(), self.actor, self.system, "http", direction, summary, body, seconds)
            self._recorder.note(entry)


@dataclass(frozen=True)
class _Request:
    method: str
    target: str
    body: bytes | None
    headers: Mapping[str, str]
    what: str
    sent_at: datetime


def _bounded(chunks: Iterator[bytes], limit: int, what: str) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise ContractBroken(f"{what}: the answer is longer than {limit} bytes; it was not read to its end")
    return bytes(body)


def _body(
    json: Any, content: bytes | str | None, headers: Mapping[str, str] | None
) -> tuple[bytes | None, dict[str, str]]:
    sent = dict(headers or {})
    if json is None:
        return (content.encode("utf-8") if isinstance(content, str) else content), sent
    if not any(name.lower() == "content-type" for name in sent):
        sent["Content-Type"] = "application/json"
    # ASCII escapes, so that half a surrogate pair can be sent where a system has to refuse it.
    return json_module.dumps(json).encode("ascii"), sent


def _as_text(body: bytes, content_type: str) -> str:
    if b"\0" in body[:1024] or content_type.startswith(("image/", "audio/", "video/")) or content_type.endswith("/pdf"):
        return f"<{len(body)} bytes {content_type or 'of binary data'}>"
    return body.decode("utf-8", errors="replace")
