"""Matchers for mock and real results: each is called what it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Task


@dataclass(frozen=True)
class Generation:
    """The answer to a submitted generation, and its task at its end."""

    told: Mapping[str, Any]
    task: Task


class CalledWhatItIs(Lacking[Generation]):
    """See `called_mock` and `called_real`."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.expected = f"a generation that is called {mode} in the answer and in the queue"

    def lack(self, item: Any) -> str:
        """Say what it was called."""
        real = self.mode == "real"
        if item.told.get("real_ai_enabled") is not real or item.told.get("generation_mode") != self.mode:
            return (
                f"the answer called it {item.told.get('generation_mode')} "
                f"with real results {'on' if item.told.get('real_ai_enabled') else 'off'}"
            )
        if item.task.mode != self.mode:
            return f"the queue called it {item.task.mode}"
        if real and (item.task.status != "completed" or not item.task.output_path):
            return f"it is {item.task.status} with the output {item.task.output_path!r}"
        return ""


def called_mock() -> CalledWhatItIs:
    """Match a generation that everybody calls mock."""
    return CalledWhatItIs("mock")


def called_real() -> CalledWhatItIs:
    """Match a generation that everybody calls real, completed with an output."""
    return CalledWhatItIs("real")
