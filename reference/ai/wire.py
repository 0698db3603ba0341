"""How replies look on the wire: OpenAI's chat completions, whole and streamed, and its error bodies."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from reference.ai.conversation import text_of

MODELS = ("gpt-4o-mini", "gpt-4o", "gpt-4")
SECRET_LOOKING = "sk-live-51Nx7CountersignMarker00QyZ"
"""Stands in every error body; a system must never show it to its users."""

_CHARACTERS_A_TOKEN = 4
_PIECE = re.compile(r"\s*\S+\s*\S*|\s+")

_ERRORS = {
    400: (
        "invalid_request_error",
        "bad_request",
        "Invalid request for organization org-4f2: bad value for 'messages'.",
    ),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    403: ("permission_error", "forbidden", "Project proj_9 does not have access to this model."),
    404: ("invalid_request_error", "model_not_found", "The model does not exist or you do not have access to it."),
    429: ("rate_limit_error", "rate_limit_exceeded", "Rate limit reached for gpt-4o-mini in organization org-4f2."),
}
_SERVER_ERROR = ("server_error", "internal_error", "Traceback in openai.inference.worker: the engine is overloaded.")


def tokens(text: str) -> int:
    """Estimate the tokens of a text: one for every four characters begun."""
    return -(-len(text) // _CHARACTERS_A_TOKEN)


def error(code: int, message: str = "") -> dict[str, Any]:
    """Give a provider-like error body for a status; it holds `SECRET_LOOKING`."""
    kind, name, usual = _ERRORS.get(code, _SERVER_ERROR)
    return {
        "error": {
            "message": f"{message or usual} (request with key {SECRET_LOOKING})",
            "type": kind,
            "param": None,
            "code": name,
        }
    }


def usage(messages: Sequence[Mapping[str, Any]], text: str) -> dict[str, int]:
    """Count the tokens of a request and its answer."""
    asked, answered = sum(tokens(text_of(message)) for message in messages), tokens(text)
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


def completion(request: Mapping[str, Any], text: str | None, *, choices: bool = True) -> dict[str, Any]:
    """Give a whole completion; without `choices` its list of choices is empty."""
    choice = {
        "index": 0,
        "message": {"role": "assistant", "content": text, "refusal": None},
        "logprobs": None,
        "finish_reason": "stop",
    }
    return {
        **_head(request, "chat.completion"),
        "choices": [choice] if choices else [],
        "usage": usage(request["messages"], text or ""),
    }


def events(
    request: Mapping[str, Any], text: str | None, *, choices: bool = True, size: int | None = None
) -> Iterator[bytes]:
    """Give a streamed completion as server-sent events, `size` characters (None: a few words) each, up to `[DONE]`.

    The tokens are counted in a last chunk if the request has `stream_options.include_usage`.
    """
    head = _head(request, "chat.completion.chunk")
    if choices:
        yield _event(head, {"role": "assistant", "content": None if text is None else ""}, None)
        for piece in _pieces(text or "", size):
            yield _event(head, {"content": piece}, None)
        yield _event(head, {}, "stop")
    else:
        yield _data({**head, "choices": []})
    options = request.get("stream_options")
    if isinstance(options, Mapping) and options.get("include_usage"):
        yield _data({**head, "choices": [], "usage": usage(request["messages"], text or "")})
    yield b"data: [DONE]\n\n"


def _pieces(text: str, size: int | None) -> list[str]:
    if size is None:
        return _PIECE.findall(text)
    return [text[at : at + size] for at in range(0, len(text), size)]


def models() -> dict[str, Any]:
    """List the models by which the server can be asked (it answers to every name)."""
    listed = [{"id": name, "object": "model", "created": 1_700_000_000, "owned_by": "scripted"} for name in MODELS]
    return {"object": "list", "data": listed}


def _head(request: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": request.get("model") or MODELS[0],
    }


def _event(head: Mapping[str, Any], delta: Mapping[str, Any], finish: str | None) -> bytes:
    return _data({**head, "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]})


def _data(value: Mapping[str, Any]) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"
