"""Ask an OpenAI-compatible service for the customer's next line, with one hard end for all of it."""

import asyncio
import json
from typing import TYPE_CHECKING, Any, Literal

from reference.chattrain import jsontext
from reference.chattrain.messages import CustomerLine
from reference.chattrain.metrics import Metrics
from reference.chattrain.prompts import Prompt
from reference.chattrain.settings import Settings

if TYPE_CHECKING:
    import httpx

PAUSE_BEFORE_RETRY = 0.3
LARGEST_REPLY_BYTES = 2**20
LONGEST_LINE = 20_000
FALLBACK = "The customer cannot answer right now. Your message is kept and rated; please go on with your next one."


class AiFailed(Exception):
    """The AI gave nothing usable. `again` says whether a second call may help; the message is for the log only."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class AiClient:
    """Calls the AI service. Nothing that the service says about its own trouble goes any further than here."""

    def __init__(self, settings: Settings) -> None:
        """Use the service and the key of `settings`."""
        self._settings = settings
        self._client: httpx.AsyncClient | None = None

    async def ask(self, prompt: Prompt) -> CustomerLine:
        """Give the AI's answer after at most two calls and AI_TIMEOUT_SECONDS, drip or not. Raises AiFailed."""
        try:
            async with asyncio.timeout(self._settings.ai_timeout_seconds):
                return await self._ask_twice(prompt)
        except TimeoutError:
            raise AiFailed("no answer in time", again=False) from None

    async def _ask_twice(self, prompt: Prompt) -> CustomerLine:
        try:
            return await self.call(prompt)
        except AiFailed as failure:
            if not failure.again:
                raise
        await asyncio.sleep(PAUSE_BEFORE_RETRY)
        return await self.call(prompt)

    async def call(self, prompt: Prompt) -> CustomerLine:
        """Make one call. Raises AiFailed; the end in time is the caller's."""
        import httpx

        if not self._settings.ai_base_url:
            raise AiFailed("no AI service is set (OPENAI_BASE_URL)", again=False)
        body = {
            "model": prompt.model,
            "temperature": prompt.temperature,
            "max_tokens": prompt.max_tokens,
            "messages": list(prompt.messages),
        }
        try:
            address = self._settings.ai_base_url.rstrip("/") + "/chat/completions"
            async with self._open_client().stream("POST", address, json=body, headers=self._headers()) as response:
                if response.status_code != httpx.codes.OK:
                    again = response.status_code == 429 or response.status_code >= 500
                    raise AiFailed(f"status {response.status_code}", again=again)
                raw = await _limited(response)
        except httpx.TimeoutException:
            raise AiFailed("no answer in time", again=False) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise AiFailed(type(error).__name__, again=isinstance(error, httpx.TransportError)) from None
        return _customer_line(raw, prompt.model)

    async def warm_up(self) -> None:
        """Load what the first call needs, so that the first trainee does not wait for it."""
        await asyncio.to_thread(__import__, "httpx")
        self._open_client()

    async def close(self) -> None:
        """Close the connections to the service."""
        if self._client is not None:
            await self._client.aclose()

    def _open_client(self) -> "httpx.AsyncClient":
        import httpx

        if self._client is None:
            self._client = httpx.AsyncClient(timeout=self._settings.ai_timeout_seconds, trust_env=False)
        return self._client

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._settings.ai_key}"} if self._settings.ai_key else {}


class Customer:
    """The customer a trainee talks to: the AI, or a neutral sentence when the AI fails."""

    def __init__(self, client: AiClient, metrics: Metrics) -> None:
        """Speak through `client` and count its calls in `metrics`."""
        self.client = client
        self._metrics = metrics
        self.state: Literal["up", "down", "unknown"] = "unknown"

    async def answer(self, prompt: Prompt) -> CustomerLine:
        """Give the customer's answer; never raises for trouble of the AI."""
        try:
            line = await self.client.ask(prompt)
        except AiFailed:
            self.state = "down"
            self._metrics.ai_call("failed")
            return CustomerLine(FALLBACK, "fallback", 0, failed=True)
        self.state = "up"
        self._metrics.ai_call("answered")
        return line


async def _limited(response: "httpx.Response") -> bytes:
    raw = b""
    async for piece in response.aiter_bytes():
        raw += piece
        if len(raw) > LARGEST_REPLY_BYTES:
            raise AiFailed("the answer is too large", again=False)
    return raw


def _customer_line(raw: bytes, asked_model: str) -> CustomerLine:
    try:
        body = json.loads(raw)
        text = body["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise AiFailed("the answer cannot be read", again=False) from None
    if not isinstance(text, str) or not text.strip():
        raise AiFailed("the answer is empty", again=False)
    model = body.get("model")
    named = model if isinstance(model, str) and model else asked_model
    return CustomerLine(jsontext.clean(text)[:LONGEST_LINE], jsontext.clean(named), _tokens(body), failed=False)


def _tokens(body: dict[str, Any]) -> int:
    usage = body.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) else 0
