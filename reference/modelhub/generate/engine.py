"""The engine: an OpenAI-compatible service that is asked for a stream (contract 11.2)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from reference.common import jsontext

if TYPE_CHECKING:
    import httpx

PROBE_WITHIN = 1.5
LARGEST_OUTPUT = 4 * 2**20


class EngineFailed(Exception):
    """The engine gave no usable result; the message is a plain sentence."""


class EngineClient:
    """Asks the engine."""

    def __init__(self, url: str, key: str, timeout: float) -> None:
        """Use the service at `url`; a run may take `timeout` seconds."""
        self._url = url
        self._key = key
        self._timeout = timeout
        self._made: httpx.AsyncClient | None = None

    async def run(self, model_id: str, prompt: str, about: dict[str, Any]) -> AsyncIterator[str]:
        """Give the pieces of a run as they come. Raises EngineFailed for everything but a complete stream."""
        import httpx

        body = {
            "model": model_id,
            "messages": [{"role": "user", "content": prompt}],
            "stream": True,
            "metadata": {name: str(value) for name, value in about.items()},
        }
        try:
            async with asyncio.timeout(self._timeout):
                async with self._client().stream(
                    "POST", f"{self._url}/chat/completions", json=body, headers=self._headers()
                ) as answer:
                    if answer.status_code != 200:
                        raise EngineFailed("The engine refused to generate.")
                    async for piece in _pieces(answer):
                        yield piece
        except (TimeoutError, httpx.TimeoutException):
            raise EngineFailed("The engine did not finish in time.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise EngineFailed("The connection to the engine was refused or broke off.") from None

    async def reachable(self) -> bool:
        """Say whether the engine answers at all."""
        import httpx

        if not self._url:
            return False
        try:
            async with asyncio.timeout(PROBE_WITHIN):
                answer = await self._client().get(f"{self._url}/models", headers=self._headers())
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return False
        return answer.status_code < 500

    async def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            await self._made.aclose()

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if self._made is None:
            trusted = httpx.create_ssl_context(trust_env=False)
            self._made = httpx.AsyncClient(timeout=self._timeout, trust_env=False, verify=trusted)
        return self._made

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key else {}


async def _pieces(answer: "httpx.Response") -> AsyncIterator[str]:
    size, finished = 0, False
    async for line in answer.aiter_lines():
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            if not finished or not size:
                raise EngineFailed("The engine gave an empty result.")
            return
        try:
            event = json.loads(data)
            choice = (event.get("choices") or [{}])[0]
            text = (choice.get("delta") or {}).get("content")
            finished = finished or bool(choice.get("finish_reason"))
        except (ValueError, AttributeError, IndexError, TypeError, RecursionError):
            raise EngineFailed("The result of the engine cannot be read.") from None
        if isinstance(text, str) and text:
            size += len(text.strip())
            if size > LARGEST_OUTPUT:
                raise EngineFailed("The result of the engine is too large.")
            yield jsontext.clean(text)
    raise EngineFailed("The result of the engine broke off.")
