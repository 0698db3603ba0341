"""Generations that people ask for while parts are away, and what is found of each afterwards."""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.orders import Found
from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.journeys.modelhub.outages.recovering import Return, until_holds
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import has_output
from countersign.systems.modelhub.model import Task
from countersign.systems.scripted_ai import ScriptedAiRecord, mark
from countersign.transport import eventually

BEGUN_WITHIN, DONE_WITHIN, OVER_WITHIN = 10.0, 20.0, 20.0
LASTING_PIECES, LASTING_PAUSE = 20, 0.15
"""A lasting generation takes about 3 s, so that something can happen in the middle of it."""


@dataclass(frozen=True)
class Order:
    """A generation that was asked for and confirmed. `confirmed` is monotonic."""

    user: HubUser
    prompt: str
    task_id: str
    confirmed: float


class OrderBook:
    """The orders of one scenario. It is opened before the first of them."""

    def __init__(self, stage: Any) -> None:
        self.stage = stage
        self._record = ScriptedAiRecord(stage.system(), stage.recorder) if stage.system().scripted_ai else None
        if self._record is not None:
            stage.at_end(self._record.close, "closing the look at the engine's calls")
        self._place = self._record.here() if self._record is not None else 0

    def found(self, orders: Sequence[Order], interrupted: Collection[str] = ()) -> list[Found]:
        """Look every order up when all are over, or should be; `interrupted` are the prompts of those whose generation
        was killed."""
        hub, mine = hub_of(self.stage), {order.task_id for order in orders}
        until_holds(lambda: _over(hub, mine), Return(time.monotonic(), OVER_WITHIN))
        tasks = hub.admin.generation.tasks()
        calls = None if self._record is None else [each.last_user_text for each in self._record.since(self._place)]
        return [self._find(order, tasks, calls, order.prompt in interrupted) for order in orders]

    def _find(self, order: Order, tasks: Sequence[Task], calls: Sequence[str] | None, interrupted: bool) -> Found:
        mine = tuple(task for task in tasks if task.prompt == order.prompt)
        made = None if calls is None else sum(order.prompt in text for text in calls)
        output = bool(mine) and has_output(order.user, mine[0])
        return Found(order.user.name, order.prompt, mine, made, output, interrupted)


def _over(hub: Hub, mine: Collection[str]) -> None:
    left = [task for task in hub.admin.generation.tasks() if task.id in mine and not task.final]
    assert not left, f"{len(left)} generations are not over"


def worded(user: HubUser, number: int, *, lasting: bool = False) -> str:
    """Give a prompt that nobody else uses; a lasting one keeps a scripted engine busy for about 3 s."""
    words = f"{personas.material('modelhub')['prompts']['plain']}, {user.stage.tag}{user.suffix} {number}."
    if lasting and user.system.scripted_ai is not None:
        return mark("chunks", words, count=LASTING_PIECES, pause=LASTING_PAUSE)
    return words


def ordered(user: HubUser, model_id: str, prompt: str) -> Order:
    """Ask for a generation; give the confirmed order."""
    told = user.api.generation.submit(model_id, prompt)
    return Order(user, prompt, str(told["task_id"]), time.monotonic())


def ordered_with_image(user: HubUser, model_id: str, prompt: str) -> Order:
    """Ask for a generation that begins with an image; give the confirmed order."""
    image = bytes.fromhex("".join(personas.material("modelhub_workflows")["image"].split()))
    told = user.api.generation.try_submitting_with_image(model_id, prompt, image).must_be(200).json()
    return Order(user, prompt, str(told["task_id"]), time.monotonic())


def under_way(order: Order) -> None:
    """Wait until a generation is in work. Raises DeadlineExceeded saying how it is."""

    def processing() -> None:
        task = order.user.api.generation.task(order.task_id)
        assert task is not None and task.status == "processing", f"it is {task.status if task else 'in no list'}"

    eventually(processing, BEGUN_WITHIN, every=0.05, what="the generation to be in work")


def ordered_and_done(user: HubUser, model_id: str) -> None:
    """Ask for a generation and wait until it is over."""
    order = ordered(user, model_id, worded(user, 0))

    def over() -> None:
        task = user.api.generation.task(order.task_id)
        assert task is not None and task.final, f"it is {task.status if task else 'in no list'}"

    eventually(over, DONE_WITHIN, every=0.1, what="the generation to be over")
