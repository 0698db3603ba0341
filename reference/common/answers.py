"""Answers in JSON: bodies that can always be encoded, and error bodies with one sentence."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import JSONResponse


class PlainJson(JSONResponse):
    """JSON in ASCII, so that text with unpaired surrogates can be sent back too."""

    def render(self, content: Any) -> bytes:
        """Encode the body."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")


def detail(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> PlainJson:
    """Give an error answer `{"detail": "<sentence>"}`."""
    return PlainJson({"detail": sentence}, status, headers)


def validation_detail(errors: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Reduce pydantic's errors to `type`, `loc`, `msg` and `input`, without links to the library or its objects."""
    return [
        {
            "type": str(error["type"]),
            "loc": [part if isinstance(part, int) else str(part) for part in error["loc"]],
            "msg": str(error["msg"]),
            "input": _encodable(error.get("input")),
        }
        for error in errors
    ]


def _encodable(value: Any) -> Any:
    try:
        json.dumps(value, allow_nan=False)
    except (TypeError, ValueError):
        return str(value)
    return value
