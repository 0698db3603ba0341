"""How the areas of a driver are given their way to ask."""

from typing import Any, Protocol

from countersign.transport.answer import Answer


class Ask(Protocol):
    """Send a request as the person whose client this is."""

    def __call__(self, method: str, path: str, *, token: str | None = None, **details: Any) -> Answer:
        """Give the answer, whatever its status."""
