"""Generation: submitting, the queue of tasks, cancelling."""

import secrets
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

    def try_submitting_with_image(self, model_id: str, prompt: str, image: bytes) -> Answer:
        """Ask for a generation that begins with an image (PNG) and give the answer, whatever its status."""
        boundary = secrets.token_hex(12)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"model_type": model_id, "prompt": prompt}.items()
        ]
        described = 'name="image"; filename="image.png"\r\nContent-Type: image/png'
        parts += [f"--{boundary}\r\nContent-Disposition: form-data; {described}\r\n\r\n".encode(), image]
        form = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        body = b"".join([*parts, f"\r\n--{boundary}--\r\n".encode()])
        return self._ask("POST", "/generation/submit", content=body, headers=form)

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
