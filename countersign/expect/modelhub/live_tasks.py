"""Matcher for what a window was told of one's own generations, next to what their list showed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.socket import Frame

UPDATE = "task_update"
ORDER = {"pending": 0, "processing": 1, "completed": 2, "failed": 2, "cancelled": 2}
END = 2
FACTS = {"task_id": str, "status": str, "progress": (int, float), "message": str}


@dataclass(frozen=True)
class LiveTask:
    """A generation: when each state was asked for by its owner or first seen in the list (monotonic)."""

    id: str
    since: Mapping[str, float]


@dataclass(frozen=True)
class TaskWindow:
    """One window, what it was told of generations, and the seconds to its last sign of life (None: it gave none)."""

    name: str
    tasks: Sequence[LiveTask]
    frames: Sequence[Frame]
    ping: float | None

    def told(self, task: LiveTask) -> list[Frame]:
        """Give the messages of a generation."""
        return [frame for frame in self.frames if frame.says(UPDATE, task_id=task.id)]

    @property
    def delays(self) -> list[float]:
        """Give the seconds from each state, as its owner knew of it, to the first message of it."""
        found = []
        for task in self.tasks:
            for status, since in task.since.items():
                first = next((frame for frame in self.told(task) if frame.data.get("status") == status), None)
                if first is not None:
                    found.append(max(0.0, first.arrived - since))
        return found


class ToldEveryState(Lacking[TaskWindow]):
    """See `told_every_state`."""

    expected = "a window that is told of every state of every generation, in order, and of one end of each"

    def lack(self, item: TaskWindow) -> str:
        """Say of which generation something was not told, or wrongly."""
        for number, task in enumerate(item.tasks, 1):
            if wrong := _wrong(item.told(task), task):
                return f"{item.name}, generation {number} of {len(item.tasks)}: {wrong}"
        return ""


def told_every_state() -> ToldEveryState:
    """Match a window that was told live of all that its owner's generations went through (contract 4.1 and 5)."""
    return ToldEveryState()


def _wrong(frames: Sequence[Frame], task: LiveTask) -> str:
    told = [str(frame.data.get("status")) for frame in frames]
    words = ", ".join(told) or "nothing"
    untold = [status for status in task.since if status not in told]
    if untold:
        return f"it was {' and '.join(task.since)}, told was {words}"
    ranks = [ORDER.get(status, -1) for status in told]
    if -1 in ranks or ranks != sorted(ranks):
        return f"the states were told out of order: {words}"
    if ranks.count(END) != 1:
        return f"{ranks.count(END)} ends were told: {words}"
    for frame in frames:
        if lacking := _lacking(frame):
            return lacking
    return ""


def _lacking(frame: Frame) -> str:
    for name, kinds in FACTS.items():
        value: Any = frame.data.get(name)
        if not isinstance(value, kinds) or isinstance(value, bool) or not str(value).strip():  # type: ignore[arg-type]
            return f"the message that it is {frame.data.get('status')} tells {name.replace('_', ' ')} {value!r}"
    if frame.data["status"] == "completed" and not frame.data.get("output_path"):
        return "the message of its completion names no result"
    return ""
