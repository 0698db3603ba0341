"""The record of calls: what the scripted AI was asked, readable and clearable, bounded."""

import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

KEPT_CALLS = 5000


@dataclass(frozen=True)
class Call:
    """One request for a completion. `at` is ISO-8601 UTC; what the request did not say is None."""

    number: int
    at: str
    model: Any
    temperature: Any
    max_tokens: Any
    messages: Sequence[Mapping[str, Any]]
    behaviour: str
    stream: bool
    metadata: Any = None


class CallRecord:
    """The last calls, numbered.

    Numbers begin at the milliseconds since 1970, so they also rise over a restart of the server: a reader that keeps
    `next` never misses or repeats a call.
    """

    def __init__(self, kept: int = KEPT_CALLS) -> None:
        """Keep the last `kept` calls."""
        self._calls: deque[Call] = deque(maxlen=kept)
        self._next = time.time_ns() // 1_000_000

    def add(self, request: Mapping[str, Any], behaviour: str) -> None:
        """Write down a request and the name of the behaviour that decides it."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self._calls.append(
            Call(
                number=self._next,
                at=at,
                model=request.get("model"),
                temperature=request.get("temperature"),
                max_tokens=request.get("max_tokens"),
                messages=request.get("messages", ()),
                behaviour=behaviour,
                stream=request.get("stream") is True,
                metadata=request.get("metadata"),
            )
        )
        self._next += 1

    def since(self, number: int) -> dict[str, Any]:
        """Give the kept calls from `number` on, and the number that the next call will have."""
        return {"next": self._next, "calls": [asdict(call) for call in self._calls if call.number >= number]}

    def clear(self) -> None:
        """Forget the calls; the numbers go on."""
        self._calls.clear()
