"""Somebody who only reads, one thing after the other."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.modelhub.load.day import READINGS, asks_for_advice, reads
from countersign.load.landing import landing
from countersign.load.served import served
from countersign.systems.modelhub.api import BASE, ModelHubApi
from countersign.transport.flight import Landed, Shot

ADVICE = "suggestion"


class Order:
    """Everything that can be read, equally often, in an order drawn from a seed. `models` are installed."""

    def __init__(self, models: Sequence[str], seed: str) -> None:
        self._models, self._dice = models, random.Random(seed)
        self._kinds = (*READINGS, ADVICE)
        self._left: list[str] = []

    def next(self) -> tuple[str, str]:
        """Give the kind of the next reading, and what its answer has to hold or, for advice, the model it is about."""
        self._left = self._left or self._dice.sample(self._kinds, len(self._kinds))
        what = self._left.pop()
        return what, self._dice.choice(self._models) if what == ADVICE else "{" if what == "progress" else self._models[
            0
        ]


class Reader:
    """Reads one thing after the other over a client."""

    def __init__(self, api: ModelHubApi, models: Sequence[str], seed: str) -> None:
        self._api, self._order = api, Order(models, seed)

    def next(self) -> Operation:
        """Read the next thing."""
        what, text = self._order.next()
        if what == ADVICE:
            return attempt(self._api.actor, what, lambda: asks_for_advice(self._api, text))
        return attempt(self._api.actor, what, lambda: reads(self._api, what, text))


@dataclass(frozen=True)
class Reading(Shot):
    """A request for a reading: its kind, and what the answer has to hold."""

    what: str = ""
    holding: bytes = b""


class Client:
    """One of very many who read without a pause under the sign-in of somebody."""

    def __init__(self, token: str, models: Sequence[str], seed: str) -> None:
        self._order = Order(models, seed)
        self._headers: Mapping[str, str] = {"Authorization": f"Bearer {token}"}

    def next(self) -> Reading:
        """Give the next request."""
        what, text = self._order.next()
        if what == ADVICE:
            place, body, holding = "/models/fallback/suggest", {"requested_model": text}, b"fallback_strategy"
            return Reading("POST", f"{BASE}{place}", body, self._headers, "keep-alive", what, holding)
        return Reading("GET", f"{BASE}{READINGS[what]}", None, self._headers, "keep-alive", what, text.encode())


def judged(shot: Shot, landed: Landed) -> Operation:
    """Give what became of a reading."""
    assert isinstance(shot, Reading), "clients give readings"
    return landing("a client", shot.what, landed, lambda answer: served(answer, 200, holding=shot.holding))
