"""Faults that the source was told to have, and which of them meet a request."""

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MODES = (
    "status",
    "drop_after",
    "corrupt",
    "truncate",
    "hang",
    "slow",
    "latency",
    "ignore_range",
    "refuse",
    "fail_rate",
)
NUMBERED = ("status", "drop_after", "slow", "latency", "fail_rate")


class NotAFault(ValueError):
    """A fault cannot be set as asked; the message says why."""


@dataclass
class Mishap:
    """A fault of the source: for a model, a file, so many requests (`each`: of every file), so many seconds."""

    mode: str
    model_id: str | None = None
    path: str | None = None
    value: float | None = None
    count: int | None = None
    each: bool = False
    retry_after: float | None = None
    ends_at: float | None = None
    met: Counter[str] = field(default_factory=Counter)
    dice: random.Random = field(default_factory=lambda: random.Random(20_260_101))

    @property
    def lasts(self) -> bool:
        """Whether its time is not over."""
        return self.ends_at is None or time.monotonic() <= self.ends_at

    def meets(self, model_id: str, path: str) -> bool:
        """Say whether this request is one that the fault is for, and count it."""
        if self.model_id not in (None, model_id) or self.path not in (None, path):
            return False
        if not self.lasts:
            return False
        key = f"{model_id}/{path}" if self.each else ""
        if self.count is not None and self.met[key] >= self.count:
            return False
        if self.mode == "fail_rate" and self.dice.random() >= (self.value or 0):
            return False
        self.met[key] += 1
        return True


class Mishaps:
    """The faults in force."""

    def __init__(self) -> None:
        """Begin without any."""
        self._set: list[Mishap] = []

    def add(self, body: Mapping[str, Any]) -> None:
        """Set a fault. Raises NotAFault."""
        mode, value, seconds = body.get("mode"), body.get("value"), body.get("seconds")
        if mode not in MODES:
            raise NotAFault(f"mode must be one of {', '.join(MODES)}")
        if mode in NUMBERED and not isinstance(value, int | float):
            raise NotAFault(f"{mode} needs a number as value")
        self._set.append(
            Mishap(
                mode=str(mode),
                model_id=body.get("model_id"),
                path=body.get("path"),
                value=None if value is None else float(value),
                count=body.get("count"),
                each=bool(body.get("each")),
                retry_after=body.get("retry_after"),
                ends_at=None if seconds is None else time.monotonic() + float(seconds),
            )
        )

    def clear(self) -> None:
        """Take all faults away."""
        self._set.clear()

    def shown(self) -> list[dict[str, Any]]:
        """Give the faults that are set."""
        return [
            {"mode": each.mode, "model_id": each.model_id, "path": each.path, "value": each.value, "count": each.count}
            for each in self._set
        ]

    def refused(self) -> bool:
        """Say whether every connection is cut."""
        return any(each.mode == "refuse" and each.model_id is None and each.meets("", "") for each in self._set)

    def cut_off(self) -> bool:
        """Say whether what is under way is cut too: everything is refused, and not only so many requests of it."""
        return any(
            each.mode == "refuse" and each.model_id is None and each.path is None and each.count is None and each.lasts
            for each in self._set
        )

    def meeting(self, model_id: str, path: str) -> dict[str, Mishap]:
        """Give the faults of one request, by mode."""
        return {each.mode: each for each in self._set if each.meets(model_id, path)}

    def everywhere(self) -> dict[str, Mishap]:
        """Give what also meets a request for the list: faults of no particular model that are about the connection."""
        return {
            each.mode: each
            for each in self._set
            if each.mode in ("hang", "latency") and each.model_id is None and each.meets("", "")
        }
