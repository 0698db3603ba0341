"""The source as an HTTP/1.1 server on asyncio streams.

It is written on streams because it must cut, stall and count to the byte, which web frameworks hide.
"""

import asyncio
import contextlib
import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from reference.modelhub.source.counting import Counts
from reference.modelhub.source.mishaps import Mishap, Mishaps, NotAFault
from reference.modelhub.source.publishing import File, NotPublishable, Publications

PIECE = 16_384
SEND_BUFFER = 16_384
LARGEST_BODY = 2**20
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")
_REASONS = {200: "OK", 206: "Partial Content", 404: "Not Found", 416: "Range Not Satisfiable", 422: "Unprocessable"}


class Cut(Exception):
    """The connection is to be cut without a word."""


@dataclass
class Asked:
    """A request."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""

    def json(self) -> dict[str, Any]:
        """Read the body. Raises NotAFault when it is no object."""
        try:
            read = json.loads(self.body or b"{}")
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise NotAFault("the body must be a JSON object")
        return read


@dataclass
class SourceServer:
    """One source."""

    publications: Publications
    mishaps: Mishaps = field(default_factory=Mishaps)
    counts: Counts = field(default_factory=Counts)
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, host: str, port: int, ended: asyncio.Event) -> None:
        """Serve until `ended`."""
        server = await asyncio.start_server(self._connection, host, port, limit=LARGEST_BODY)
        await ended.wait()
        server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        writer.transport.set_write_buffer_limits(high=0)
        try:
            while (asked := await _read(reader)) is not None:
                await self._answer(asked, reader, writer)
        except Cut:
            writer.transport.abort()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._open.discard(task)
            with contextlib.suppress(OSError):
                writer.close()

    async def _answer(self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parts = [unquote(part) for part in urlsplit(asked.path).path.split("/")[1:]]
        if parts[0] == "control":
            status, told = self._controlled(asked, parts[1:])
            await _send_json(writer, status, told)
        elif self.mishaps.refused():
            raise Cut
        elif parts == ["catalog.json"]:
            await _connection_trouble(self.mishaps.everywhere(), reader)
            await _send_json(writer, 200, self.publications.catalogue(), head=asked.method == "HEAD")
        elif parts[0] == "files" and len(parts) >= 4:
            await self._file(asked, (parts[1], parts[2], "/".join(parts[3:])), reader, writer)
        else:
            await _send_json(writer, 404, {"detail": "There is nothing here."})

    async def _file(
        self, asked: Asked, named: tuple[str, str, str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        model_id, version, path = named
        file = self.publications.file(model_id, version, path)
        if file is None:
            await _send_json(writer, 404, {"detail": "There is no such file."})
            return
        key, ranged = f"{model_id}/{version}/{path}", asked.headers.get("range", "")
        self.counts.asked(key, bool(ranged))
        met = self.mishaps.meeting(model_id, path)
        if "refuse" in met:
            raise Cut
        if "hang" not in met or met["hang"].value is None:
            await _connection_trouble(met, reader)
        failing = met.get("status") or met.get("fail_rate")
        if failing is not None:
            status = int(failing.value or 503) if failing.mode == "status" else 503
            more = {} if failing.retry_after is None else {"Retry-After": f"{failing.retry_after:g}"}
            await _send_json(writer, status, {"detail": "as asked"}, more)
            return
        await self._bytes(
            file, key, ranged="" if "ignore_range" in met else ranged, met=met, reader=reader, writer=writer
        )

    async def _bytes(
        self,
        file: File,
        key: str,
        *,
        ranged: str,
        met: Mapping[str, Mishap],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        content = self.publications.bytes.of(file)
        if "corrupt" in met:
            middle = len(content) // 2
            flipped = bytes(255 - byte for byte in content[middle : middle + 64])
            content = content[:middle] + flipped + content[middle + 64 :]
        etag, start, status = f'"{file.sha256[:32]}"', 0, 200
        headers = {"Accept-Ranges": "bytes", "ETag": etag, "Content-Type": "application/octet-stream"}
        wanted = _RANGE.fullmatch(ranged)
        if wanted:
            start = int(wanted[1])
            if start >= len(content):
                headers["Content-Range"] = f"bytes */{len(content)}"
                await _send_json(writer, 416, {"detail": "There are no such bytes."}, headers)
                return
            end = min(int(wanted[2]), len(content) - 1) if wanted[2] else len(content) - 1
            headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
            content, status = content[: end + 1], 206
        body = memoryview(content)[start:]
        if "truncate" in met:
            value = met["truncate"].value
            body = body[: int(value) if value is not None else len(body) // 2]
        headers["Content-Length"] = str(len(body))
        writer.write(_head(status, headers))
        await writer.drain()
        await self._paced(body, key, met, reader, writer)

    async def _paced(
        self,
        body: memoryview,
        key: str,
        met: Mapping[str, Mishap],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), 0
        drop, hang = _limit(met, "drop_after"), _limit(met, "hang")
        rate = (met["slow"].value or 0) * 1_000_000 / 8 if "slow" in met else 0.0
        for at in range(0, len(body), PIECE):
            if self.mishaps.cut_off():
                raise Cut
            piece = body[at : at + PIECE]
            if drop is not None:
                piece = piece[: max(0, drop - sent)]
            if hang is not None and sent + len(piece) > hang:
                await _silence(reader)
            if piece:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
                self.counts.sent(key, len(piece))
            if drop is not None and sent >= drop:
                raise Cut
            while rate and loop.time() < began + sent / rate:
                await asyncio.sleep(began + sent / rate - loop.time())

    def _controlled(self, asked: Asked, parts: list[str]) -> tuple[int, Any]:
        try:
            return self._control(asked, parts)
        except (NotAFault, NotPublishable) as problem:
            return 422, {"detail": str(problem)}

    def _control(self, asked: Asked, parts: list[str]) -> tuple[int, Any]:
        match asked.method, *parts:
            case "POST", "faults":
                self.mishaps.add(asked.json())
                return 200, {"faults": self.mishaps.shown()}
            case "DELETE", "faults":
                self.mishaps.clear()
                return 200, {"faults": []}
            case "GET", "faults":
                return 200, {"faults": self.mishaps.shown()}
            case "GET", "stats":
                return 200, self.counts.shown()
            case "DELETE", "stats":
                self.counts.clear()
                return 200, self.counts.shown()
            case "POST", "models":
                return 200, self.publications.publish(asked.json()).shown()
            case "DELETE", "models":
                self.publications.reset()
                return 200, self.publications.catalogue()
            case "DELETE", "models", model_id:
                found = self.publications.withdraw(model_id, None)
                return (200 if found else 404), {"withdrawn": found}
            case "DELETE", "models", model_id, version:
                found = self.publications.withdraw(model_id, version)
                return (200 if found else 404), {"withdrawn": found}
        return 404, {"detail": "There is no such control route."}


async def _connection_trouble(met: Mapping[str, Mishap], reader: asyncio.StreamReader) -> None:
    if "latency" in met:
        await asyncio.sleep((met["latency"].value or 0) / 1000)
    if "hang" in met:
        await _silence(reader)


async def _silence(reader: asyncio.StreamReader) -> None:
    """Say nothing until the caller goes away."""
    while await reader.read(1024):
        continue
    raise Cut


def _limit(met: Mapping[str, Mishap], mode: str) -> int | None:
    value = met[mode].value if mode in met else None
    return None if value is None else int(value)


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = raw.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3:
        return None
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    size = headers.get("content-length", "0")
    body = await reader.readexactly(min(int(size), LARGEST_BODY)) if size.isdigit() and size != "0" else b""
    return Asked(words[0], words[1], headers, body)


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'As Asked')}", *(f"{k}: {v}" for k, v in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _send_json(
    writer: asyncio.StreamWriter, status: int, told: Any, more: Mapping[str, str] | None = None, *, head: bool = False
) -> None:
    body = json.dumps(told).encode()
    headers = {**(more or {}), "Content-Type": "application/json", "Content-Length": str(len(body))}
    writer.write(_head(status, headers) + (b"" if head else body))
    await writer.drain()
