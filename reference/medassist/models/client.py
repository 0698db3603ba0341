"""Ask an OpenAI-compatible service, with one hard end for all of it."""

import asyncio
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reference.common import jsontext
from reference.medassist.settings import Settings

if TYPE_CHECKING:
    import httpx

PAUSE_BEFORE_RETRY = 0.2
LARGEST_REPLY = 2**18
POOLS = 16
"""Connection pools, used in turn: a pool gets slow with hundreds of calls at the same time."""


class AiFailed(Exception):
    """The AI gave nothing usable. `again` says whether a second call may help; the message is for the log only."""

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True)
class Question:
    """What is asked of the AI: `as_json` for one JSON object, `streamed` for an answer in pieces."""

    messages: Sequence[Mapping[str, str]]
    as_json: bool = False
    streamed: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AiText:
    """What the AI said. `tokens` is None where the service does not count them."""

    text: str
    tokens: int | None


class AiClient:
    """Calls the AI service. Nothing that the service says about its own trouble goes any further than here."""

    def __init__(self, settings: Settings) -> None:
        """Use the service and the key of `settings`."""
        self._settings = settings
        self._clients: list[httpx.AsyncClient] = []
        self._turn = itertools.count()

    async def ask(self, model: str, question: Question, within: float) -> AiText:
        """Give the AI's answer after at most two calls and `within` seconds. Raises AiFailed."""
        try:
            async with asyncio.timeout(within):
                return await self._ask_twice(model, question)
        except TimeoutError:
            raise AiFailed("no answer in time") from None

    async def reachable(self, within: float) -> bool:
        """Say whether the service answers at all; no model is asked."""
        import httpx

        if not self._settings.ai_base_url:
            return False
        try:
            async with asyncio.timeout(within):
                answer = await self._client().get(self._address("/models"), headers=self._headers())
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            return False
        return answer.status_code < 500

    async def warm_up(self) -> None:
        """Load what the first call needs, so that the first patient does not wait for it."""
        await asyncio.to_thread(__import__, "httpx")
        self._client()

    async def close(self) -> None:
        """Close the connections to the service."""
        for client in self._clients:
            await client.aclose()

    async def _ask_twice(self, model: str, question: Question) -> AiText:
        try:
            return await self.call(model, question)
        except AiFailed as failure:
            if not failure.again:
                raise
        await asyncio.sleep(PAUSE_BEFORE_RETRY)
        return await self.call(model, question)

    async def call(self, model: str, question: Question) -> AiText:
        """Make one call. Raises AiFailed; the end in time is the caller's."""
        import httpx

        if not self._settings.ai_base_url:
            raise AiFailed("no AI service is set (AI_BASE_URL)")
        body: dict[str, Any] = {
            "temperature": 0.2,
            "max_tokens": 600,
            **question.parameters,
            "model": model,
            "messages": list(question.messages),
        }
        if question.streamed:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        if question.as_json:
            body["response_format"] = {"type": "json_object"}
        try:
            address = self._address("/chat/completions")
            async with self._client().stream("POST", address, json=body, headers=self._headers()) as response:
                if response.status_code != httpx.codes.OK:
                    raise AiFailed(f"status {response.status_code}", again=response.status_code >= 500)
                return await _read(response)
        except httpx.TimeoutException:
            raise AiFailed("no answer in time") from None
        except httpx.ConnectError:
            raise AiFailed("refused", again=True) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AiFailed(type(error).__name__) from None

    def _address(self, path: str) -> str:
        return self._settings.ai_base_url.rstrip("/") + path

    def _client(self) -> "httpx.AsyncClient":
        import httpx

        if not self._clients:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
            timeout, trusted = self._settings.ai_timeout_seconds, httpx.create_ssl_context(trust_env=False)
            self._clients = [
                httpx.AsyncClient(timeout=timeout, limits=limits, trust_env=False, verify=trusted) for _ in range(POOLS)
            ]
        return self._clients[next(self._turn) % POOLS]

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.ai_key}"} if self._settings.ai_key else {}


async def _read(response: "httpx.Response") -> AiText:
    if "event-stream" in response.headers.get("content-type", ""):
        return await _read_stream(response)
    raw = b""
    async for piece in response.aiter_bytes():
        raw += piece
        if len(raw) > LARGEST_REPLY:
            raise AiFailed("the answer is too large")
    try:
        body = json.loads(raw)
        text = body["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise AiFailed("the answer cannot be read") from None
    return _usable(text, _tokens(body))


async def _read_stream(response: "httpx.Response") -> AiText:
    pieces: list[str] = []
    size, finished, tokens = 0, False, None
    async for line in response.aiter_lines():
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return _usable("".join(pieces) if finished else "", tokens)
        try:
            event = json.loads(data)
            choices = event.get("choices") or []
            delta = choices[0].get("delta", {}).get("content") if choices else None
        except (ValueError, AttributeError, IndexError, TypeError, RecursionError):
            raise AiFailed("the answer cannot be read") from None
        tokens = _tokens(event) or tokens
        finished = finished or bool(choices and choices[0].get("finish_reason"))
        pieces.append(delta if isinstance(delta, str) else "")
        size += len(pieces[-1])
        if size > LARGEST_REPLY:
            raise AiFailed("the answer is too large")
    raise AiFailed("the answer broke off")


def _usable(text: Any, tokens: int | None) -> AiText:
    if not isinstance(text, str) or not text.strip():
        raise AiFailed("the answer is empty")
    return AiText(jsontext.clean(text).replace("\0", "").strip(), tokens)


def _tokens(body: Mapping[str, Any]) -> int | None:
    usage = body.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) else None
