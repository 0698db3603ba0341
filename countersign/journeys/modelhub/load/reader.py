"""Somebody who only reads, one thing after the other."""

import random
from collections.abc import Sequence

from countersign.evidence.operations import Operation, attempt
from countersign.journeys.modelhub.load.day import READINGS, asks_for_advice, reads
from countersign.systems.modelhub.api import ModelHubApi

ADVICE = "suggestion"


class Reader:
    """Reads everything equally often, in an order drawn from a seed. `models` are installed."""

    def __init__(self, api: ModelHubApi, models: Sequence[str], seed: str) -> None:
        self._api, self._models, self._dice = api, models, random.Random(seed)
        self._kinds = (*READINGS, ADVICE)
        self._left: list[str] = []

    def next(self) -> Operation:
        """Read the next thing."""
        self._left = self._left or self._dice.sample(self._kinds, len(self._kinds))
        what = self._left.pop()
        return attempt(self._api.actor, what, lambda: self._reads(what))

    def _reads(self, what: str) -> float:
        if what == ADVICE:
            return asks_for_advice(self._api, self._dice.choice(self._models))
        return reads(self._api, what, "{" if what == "progress" else self._models[0])
