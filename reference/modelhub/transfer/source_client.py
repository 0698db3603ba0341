"""Talk to the source of models."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from reference.modelhub.transfer.failures import Failure

if TYPE_CHECKING:
    import httpx

RECEIVE_BUFFER, SEGMENT = 32_768, 8_192
"""Kept small: what a paused or slowed transfer does not read stays with the source. Several segments have to fit into
the buffer, or the source waits for room again and again."""
LIST_WITHIN = 2.0
LARGEST_LIST = 16 * 2**20


class SourceDown(Exception):
    """The source does not give its list."""


class SourceClient:
    """Reads the source's list and its files."""

    def __init__(self, url: str, idle_seconds: float) -> None:
        """Use the source at `url`; without a byte for `idle_seconds` it counts as silent."""
        self._url = url
        self._idle = idle_seconds
        self._made: httpx.AsyncClient | None = None

    async def catalogue(self) -> dict[str, Any]:
        """Give the list of everything published. Raises SourceDown."""
        import httpx

        try:
            answer = await self._client().get(f"{self._url}/catalog.json", timeout=LIST_WITHIN)
            if answer.status_code != 200 or len(answer.content) > LARGEST_LIST:
                raise SourceDown(f"status {answer.status_code}")
            read = answer.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise SourceDown(type(error).__name__) from None
        if not isinstance(read, dict) or not isinstance(read.get("models"), list):
            raise SourceDown("no list of models")
        return read

    async def reachable(self) -> bool:
        """Say whether the source answers."""
        import httpx

        try:
            answer = await self._client().head(f"{self._url}/catalog.json", timeout=LIST_WITHIN)
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return answer.status_code < 500

    @asynccontextmanager
    async def file(self, model_id: str, version: str, path: str, held: int) -> AsyncIterator["httpx.Response"]:
        """Open a file, from byte `held` on. Raises Failure for everything that goes wrong on the way."""
        import httpx

        address = "/".join(quote(part, safe="") for part in (model_id, version, path))
        headers = {"Accept-Encoding": "identity", **self.range_from(held)}
        try:
            async with self._client().stream("GET", f"{self._url}/files/{address}", headers=headers) as answer:
                yield answer
        except httpx.TimeoutException:
            raise Failure("timeout") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise Failure("source_unreachable") from None

    def range_from(self, held: int) -> dict[str, str]:
        """Give the header that asks for the rest of a file."""
        return {"Range": f"bytes={held}-"} if held else {}

    async def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._made is None:
            trusted = httpx.create_ssl_context(trust_env=False)
            transport = httpx.AsyncHTTPTransport(
                verify=trusted,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=4),
                socket_options=[
                    (socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER),
                    (socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT),
                ],
            )
            self._made = httpx.AsyncClient(transport=transport, timeout=self._idle, trust_env=False)
        return self._made
