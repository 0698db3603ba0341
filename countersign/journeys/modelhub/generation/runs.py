"""Generations from the order to their end."""

from collections.abc import Sequence
from typing import Any

from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.model import Task
from countersign.transport import eventually

ENDED_WITHIN = 30.0


def runs(api: ModelHubApi, model_id: str, prompts: Sequence[str], **more: Any) -> list[Task]:
    """Order these generations at once and wait until all are over; give them in the order they were asked for."""
    ordered = [str(api.generation.submit(model_id, prompt, **more)["task_id"]) for prompt in prompts]
    return ended(api, ordered)


def runs_singly(api: ModelHubApi, model_id: str, prompts: Sequence[str], **more: Any) -> list[Task]:
    """Order one generation after the other, each when the one before is over."""
    return [runs(api, model_id, [prompt], **more)[0] for prompt in prompts]


def ended(api: ModelHubApi, task_ids: Sequence[str]) -> list[Task]:
    """Wait until these tasks are over; give them in this order."""

    def look() -> list[Task]:
        listed = {task.id: task for task in api.generation.tasks()}
        tasks = [listed[task_id] for task_id in task_ids if task_id in listed]
        open_ones = [task for task in tasks if not task.final]
        assert len(tasks) == len(task_ids), f"{len(task_ids) - len(tasks)} of the generations are not in the queue"
        assert not open_ones, f"{len(open_ones)} of {len(tasks)} generations are not over, one is {open_ones[0].status}"
        return tasks

    return eventually(look, ENDED_WITHIN, every=0.1, what="the generations to be over")
