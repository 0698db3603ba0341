"""Matchers for generations that were confirmed in bad times: each is done once, none is lost or hanging."""

from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Task

LEAST_WORDS = 3


@dataclass(frozen=True)
class Found:
    """A confirmed generation as it is found afterwards.

    `tasks` are all that stand in the queue for its prompt, `calls` how often the engine was asked for it (None where
    nobody can tell), `output` whether there is a result. `interrupted` says that it was killed in the middle.
    """

    who: str
    prompt: str
    tasks: tuple[Task, ...]
    calls: int | None
    output: bool
    interrupted: bool = False


class DoneOnce(Lacking[Found]):
    """See `done_once`."""

    expected = "a confirmed generation to be done once (an interrupted one: once more, or given up with a sentence)"

    def lack(self, item: Any) -> str:
        """Say what became of it."""
        told = f"the generation of {item.who} ({item.prompt!r})"
        if len(item.tasks) != 1:
            return f"{told} was confirmed and is {f'{len(item.tasks)} times' if item.tasks else 'nowhere'} in the queue"
        task, most = item.tasks[0], 2 if item.interrupted else 1
        if not task.final:
            return f"{told} is still {task.status}"
        if item.calls is not None and item.calls > most:
            return f"{told} was made {item.calls} times"
        if item.interrupted and task.status == "failed":
            return "" if len((task.error or "").split()) >= LEAST_WORDS else f"{told} failed without a sentence"
        if task.status != "completed":
            return f"{told} is {task.status} ({task.error})"
        return "" if item.output else f"{told} is completed without a result"


def done_once() -> DoneOnce:
    """Match a confirmed generation that is in the queue once, over, and was made once."""
    return DoneOnce()
