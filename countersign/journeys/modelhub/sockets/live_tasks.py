"""Generations of one person, some of them cancelled, while many windows of that person are open."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.modelhub.live_tasks import LiveTask, TaskWindow
from countersign.journeys.load_figures import excused, measure_most, vouched
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.generation.scripted_prompts import scripted
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.systems.modelhub.socket import PlainLine
from countersign.transport import Deadline, eventually

MODEL = "the text model"
SLOW = 3
"""So many first generations are slow where the engine is scripted: the first one to be cancelled while it runs, the
others so that those behind them wait and can be cancelled too."""
OVER_WITHIN, BEHIND_WITHIN, LOOK_EVERY = 60.0, 3.0, 0.1


@dataclass(frozen=True)
class LiveTasks:
    """What every window was told of all generations."""

    windows: Sequence[TaskWindow]
    injector: InjectorHealth

    @property
    def delays(self) -> list[float]:
        """The seconds from each state to each message of it."""
        return [delay for window in self.windows for delay in window.delays]

    @property
    def load(self) -> str:
        """Say what was on the system."""
        return f"{len(self.windows)} windows, {len(self.windows[0].tasks)} generations"


@dataclass
class _Followed:
    """A generation that goes on: when it was asked for or first seen in each state."""

    id: str
    since: dict[str, float] = field(default_factory=dict)


def generates_before_windows(user: HubUser, count: int, cancelled: int, windows: int) -> LiveTasks:
    """Have so many generations, cancel the first when it runs and others while they wait, before all windows."""
    lines = [user.follows_tasks() for _ in range(windows)]
    with watching_the_injector() as injector:
        tasks = [_submits(user, 0)]
        eventually(lambda: _runs(user, tasks), OVER_WITHIN, every=LOOK_EVERY, what="the first generation to run")
        _cancels(user, tasks[0])
        for number in range(1, count):
            tasks.append(_submits(user, number))
            if SLOW <= number < SLOW + cancelled - 1:
                _cancels(user, tasks[-1])
        eventually(lambda: _over(user, tasks), OVER_WITHIN, every=LOOK_EVERY, what="the generations to be over")
        live = [LiveTask(task.id, task.since) for task in tasks]
        behind = Deadline(BEHIND_WITHIN, "modelhub: the last messages of generations")
        seen = [_seen(f"window {number}", line, live, behind) for number, line in enumerate(lines, 1)]
    return LiveTasks(seen, injector.health)


def _submits(user: HubUser, number: int) -> _Followed:
    prompt = personas.material("modelhub_sockets")["prompt"]
    if number < SLOW and "scripted-ai" in user.system.capabilities:
        prompt = scripted("slowly", prompt)
    asked = time.monotonic()
    return _Followed(str(user.api.generation.submit(model_of(MODEL), prompt)["task_id"]), {"pending": asked})


def _cancels(user: HubUser, task: _Followed) -> None:
    asked = time.monotonic()
    user.api.generation.try_cancel(task.id).must_be(200)
    task.since["cancelled"] = asked


def _look(user: HubUser, tasks: Sequence[_Followed]) -> None:
    """Note the states that the list shows for the first time, from the moment it has been read."""
    listed, now = {task.id: task.status for task in user.api.generation.tasks()}, time.monotonic()
    for task in tasks:
        if task.id in listed:
            task.since.setdefault(listed[task.id], now)


def _runs(user: HubUser, tasks: Sequence[_Followed]) -> None:
    _look(user, tasks)
    assert "processing" in tasks[0].since, f"it was {' and '.join(tasks[0].since)}"


def _over(user: HubUser, tasks: Sequence[_Followed]) -> None:
    _look(user, tasks)
    left = [task.id for task in tasks if not {"completed", "failed", "cancelled"} & set(task.since)]
    assert not left, f"{len(left)} are not"


def _seen(name: str, line: PlainLine, tasks: Sequence[LiveTask], behind: Deadline) -> TaskWindow:
    def told() -> bool:
        have = {(frame.data.get("task_id"), frame.data.get("status")) for frame in line.frames}
        return all((task.id, status) in have for task in tasks for status in task.since)

    line.gather(told, behind)
    try:
        ping: float | None = line.ping()
    except (DeadlineExceeded, LineClosed):
        ping = None
    return TaskWindow(name, tasks, tuple(line.frames), ping)


def measure_delays(stage: Any, live: LiveTasks, least: int, of: int, limit: float) -> Sequence[float]:
    """Journal how soon messages came; give the seconds. Raises NotVerified for an injector out of breath."""
    vouched(stage, live.injector, live.load)
    return measure_most(stage, "state to message", live.delays, least=least, of=of, limit=limit, load=live.load)


def pings_of(stage: Any, live: LiveTasks, limit: float) -> list[float]:
    """Journal the longest time to a sign of life; give those of the windows that gave one."""
    pings = [window.ping for window in live.windows if window.ping is not None]
    if pings:
        longest = measure_longest(stage, "ping to pong", pings, below=limit, load=live.load, required=len(live.windows))
        excused(stage, missed=longest >= limit)
    return pings
