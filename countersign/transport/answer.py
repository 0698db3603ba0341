"""What a system answered to a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from countersign.errors import ContractBroken
from countersign.evidence import Redact
from countersign.transport.network import readable


@dataclass(frozen=True)
class Answer:
    """An answer as it came. `seconds` runs from the start of the request to the last byte, `sent_at` is UTC.

    `headers` can be asked in any letter case. `what` names the exchange for messages ("chattrain: GET /api/health").
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    sent_at: datetime
    what: str = ""
    redact: Redact = field(default=str, repr=False, compare=False)

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case; empty if none was sent."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text. Raises ContractBroken when it is not UTF-8."""
        try:
            return self.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ContractBroken(
                f"{self.what}: answered {self.status} with a body that is not UTF-8 text ({len(self.body)} bytes, "
                f"{self.content_type or 'no content type'})"
            ) from error

    @property
    def request_id(self) -> str:
        """The number under which the system's own log knows the exchange (`X-Request-ID`); empty if it told none."""
        return self.headers.get("x-request-id", "")

    def json(self) -> Any:
        """Give the body as JSON. Raises ContractBroken, with the beginning of what came instead."""
        try:
            return strict_json(self.text)
        except ValueError as error:
            if not self.body:
                instead = "nothing"
            elif "html" in self.content_type or self.body.lstrip()[:14].lower().startswith(
                (b"<!doctype html", b"<html")
            ):
                instead = f"a web page: {self.beginning()!r}"
            else:
                instead = f"{self.beginning()!r} ({error})"
            raise ContractBroken(f"{self.what}: answered {self.status}, expected JSON, got {instead}") from error

    def must_be(self, *statuses: int) -> "Answer":
        """Give the answer back if it has one of these statuses. Raises ContractBroken, with the body's beginning."""
        if self.status in statuses:
            return self
        wanted = " or ".join(str(status) for status in statuses)
        raise ContractBroken(f"{self.what}: expected {wanted}, was answered {self.status}: {self.beginning()!r}")

    def beginning(self) -> str:
        """Give the first 200 characters of the body, redacted."""
        return self.redact(readable(self.body, 1000))[:200]


def strict_json(text: str) -> Any:
    """Read JSON as its standard says: `NaN` and `Infinity` are no JSON. Raises ValueError."""
    return json.loads(text, parse_constant=_no_number)


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
