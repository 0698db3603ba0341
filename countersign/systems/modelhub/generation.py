"""Generation: submitting, the queue of tasks, cancelling."""

from collections.abc import Mapping
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.modelhub.model import Task, need, read_task
from countersign.transport.answer import Answer


class Generation:
    """The routes of generation."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def submit(self, model_id: str, prompt: str, **more: Any) -> Mapping[str, Any]:
        """Ask for a generation (`resolution`, `steps`, `priority`, `allow_mock` ...); give the answer's facts."""
        told: Mapping[str, Any] = self.try_submitting(model_id, prompt, **more).must_be(200).json()
        return told

    def try_submitting(self, model_id: Any, prompt: Any, **more: Any) -> Answer:
        """Ask for a generation and give the answer, whatever its status."""
        return self._ask("POST", "/generation/submit", json={"model_type": model_id, "prompt": prompt, **more})

    def tasks(self) -> list[Task]:
        """Read the own tasks, newest first."""
        told = self._ask("GET", "/queue").must_be(200).json()
        return [read_task(item) for item in need(told, "tasks", list, "the queue")]

    def task(self, task_id: str) -> Task | None:
        """Read one of the own tasks; None if the queue does not hold it."""
        return next((task for task in self.tasks() if task.id == str(task_id)), None)

    def try_cancel(self, task_id: Any) -> Answer:
        """Try to cancel a task and give the answer, whatever its status."""
        return self._ask("POST", f"/queue/{task_id}/cancel")
