"""Matcher for a message that was sent more than once: it is one message, and is told so every time."""

from countersign.expect.delivery_record import Sending
from countersign.expect.lacking import Lacking


class ConfirmedAlike(Lacking[Sending]):
    """See `confirmed_alike`."""

    expected = "the same confirmation every time it was sent"

    def lack(self, item: Sending) -> str:
        """Say which confirmations came."""
        told = [f"{each.id} ({each.number})" for each in item.confirmations]
        if len(told) == item.times and len(set(told)) == 1:
            return ""
        return f"message {item.mark}, sent {item.times} times, was confirmed as {', '.join(told) or 'nothing'}"


def confirmed_alike() -> ConfirmedAlike:
    """Match a message that had as many confirmations as it was sent, all with the same id and number."""
    return ConfirmedAlike()
