"""Answers that were given before: bounded, and only for a while."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

MOST = 1000
Key = tuple[str, str, str, str]


class PredictionCache:
    """Keeps what a version answered to inputs and parameters; the least recently used goes first."""

    def __init__(self, ttl_seconds: float, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep at most `most` answers, each for `ttl_seconds`."""
        self._ttl = ttl_seconds
        self._most = most
        self._clock = clock
        self._kept: OrderedDict[Key, tuple[float, Mapping[str, Any]]] = OrderedDict()

    def key(self, model_id: str, version: str, inputs: str, parameters: Mapping[str, Any]) -> Key:
        """Give the key of a question."""
        return (model_id, version, inputs, json.dumps(parameters, sort_keys=True))

    def find(self, key: Key) -> Mapping[str, Any] | None:
        """Give what was answered before."""
        found = self._kept.get(key)
        if found is None or self._clock() - found[0] >= self._ttl:
            self._kept.pop(key, None)
            return None
        self._kept.move_to_end(key)
        return found[1]

    def keep(self, key: Key, outputs: Mapping[str, Any]) -> None:
        """Keep an answer."""
        self._kept[key] = (self._clock(), outputs)
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
