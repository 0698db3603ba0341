"""What ChatTrain has kept of a conversation: the items of `session_info` and of the read-back route."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.systems.chattrain.model import Exchange, need


@dataclass(frozen=True)
class Stored:
    """A kept line of the trainee ("user", with its score and comment once it was rated) or of the customer."""

    id: int
    role: str
    text: str
    score: int | None = None
    comment: str | None = None


def read_stored(item: Any) -> Stored:
    """Read one item. Raises ContractBroken naming the first field that is not as promised."""
    where = "a kept message"
    evaluation = item.get("evaluation") if isinstance(item, Mapping) else None
    rated = isinstance(evaluation, Mapping)
    return Stored(
        id=need(item, "id", int, where),
        role=need(item, "role", str, where),
        text=need(item, "content", str, where),
        score=need(evaluation, "score", int, "a kept evaluation") if rated else None,
        comment=need(evaluation, "feedback", str, "a kept evaluation") if rated else None,
    )


def as_stored(exchange: Exchange) -> tuple[Stored, Stored]:
    """Give what must be kept of an exchange: the trainee's line with its rating, then the customer's reply.

    Raises ContractBroken if the exchange was not whole.
    """
    return (
        Stored(exchange.message_id, "user", exchange.line, exchange.feedback.score, exchange.feedback.comment),
        Stored(exchange.reply_id, "assistant", exchange.reply),
    )


def all_stored(exchanges: Sequence[Exchange]) -> list[Stored]:
    """Give what must be kept of several exchanges, in the order of the conversation."""
    return [item for exchange in exchanges for item in as_stored(exchange)]
