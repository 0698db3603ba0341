"""Figures of the pilot page, journaled with their limits as the sentences say them."""

from typing import Any

from countersign.expect.page_offer import FirstView
from countersign.journeys.chattrain.page.page_training import DocumentsBesideChat


def first_view(stage: Any, view: FirstView, seconds: float) -> float:
    """Journal how long the first view of the page took and give the seconds."""
    return _single(stage, "first view of the pilot page", view.seconds, seconds)


def start(stage: Any, taken: float, seconds: float) -> float:
    """Journal how long it took from the start button to the customer's first line and give the seconds."""
    return _single(stage, "from the start button to the customer's first line", taken, seconds)


def replies_beside(stage: Any, read: DocumentsBesideChat, seconds: float) -> tuple[float, ...]:
    """Journal how long the customer's replies beside open documents took and give all of them."""
    if read.reply_seconds:
        stage.measure(
            "reply on the page beside an open document",
            max(read.reply_seconds),
            "s",
            samples=len(read.reply_seconds),
            limit=seconds,
            relation="below",
            statistic="maximum",
            series=read.reply_seconds,
        )
    return read.reply_seconds


def _single(stage: Any, what: str, taken: float, seconds: float) -> float:
    value: float = stage.measure(what, taken, "s", samples=1, limit=seconds, relation="below", statistic="single value")
    return value
