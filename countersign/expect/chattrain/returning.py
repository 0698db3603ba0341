"""Match a trainee's way back into a session after the connection was lost."""

from typing import Any

from countersign.expect.lacking import Lacking


class BackWithin(Lacking[Any]):
    """See `back_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a return that ends with a greeting within {limit:g} s"

    def lack(self, item: Any) -> str:
        """Say who could not get back, or how long it took."""
        if not item.trouble and item.seconds < self.limit:
            return ""
        what = f"could not get back in: {item.trouble}" if item.trouble else f"was greeted after {item.seconds:.2f} s"
        return f"{item.who}, {item.away:g} s after the drop, {what}"


def back_within(limit: float) -> BackWithin:
    """Match a return (who, away, seconds, trouble) that ended with a greeting in less than `limit` seconds."""
    return BackWithin(limit)
