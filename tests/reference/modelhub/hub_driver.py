"""A whole model hub in a stack of its own, and what its tests ask of it."""

import itertools
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from stack_driver import RunningStack
from websockets.sync.client import ClientConnection, connect

T2V, I2V, TI2V = "t2v-A14B", "i2v-A14B", "ti2v-5B"
MB = 1_048_576
PASSWORD = "Good-pass-1"
_numbers = itertools.count(1)


def until(question: Callable[[], Any], what: str, within: float = 10.0) -> float:
    """Wait until `question` is true; fail with `what` if it never is. Gives the seconds it took."""
    began = time.monotonic()
    while not question():
        assert time.monotonic() - began < within, f"not within {within:g} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - began


class Person:
    """Somebody who is signed in."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url = url
        form = {"username": username, "password": password}
        answer = httpx.post(f"{url}/api/v1/auth/login", data=form)
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        self.http = httpx.Client(base_url=url, timeout=15, headers={"Authorization": f"Bearer {self.token}"})

    def get(self, path: str, status: int = 200, **params: Any) -> Any:
        """Read; fail on another status."""
        answer = self.http.get(f"/api/v1{path}", params=params)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        """Write; fail on another status."""
        answer = self.http.post(f"/api/v1{path}", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def manage(self, model: str, action: str, status: int = 200, **more: Any) -> Any:
        """Do something with a download."""
        return self.post("/models/download/manage", {"model_id": model, "action": action, **more}, status)

    def start(self, model: str, **more: Any) -> Any:
        """Start a download."""
        return self.manage(model, "start", 202, **more)

    def detailed(self, model: str) -> dict[str, Any]:
        """Give the whole status of a model."""
        found: dict[str, Any] = self.get("/models/status/detailed")["models"][model]
        return found

    def progress(self, model: str) -> dict[str, Any]:
        """Give the transfer of a model."""
        found: dict[str, Any] = self.get(f"/models/download/progress/{model}")
        return found

    def health(self, model: str) -> dict[str, Any]:
        """Give the health of a model."""
        found: dict[str, Any] = self.get(f"/models/health/{model}")
        return found

    def submit(self, model: str, prompt: str = "a cat", status: int = 200, **more: Any) -> Any:
        """Ask for a generation."""
        return self.post("/generation/submit", {"model_type": model, "prompt": prompt, **more}, status)

    def task(self, task_id: str) -> dict[str, Any]:
        """Give one of the own generations."""
        return next(task for task in self.get("/queue")["tasks"] if task["id"] == task_id)

    def dial(self, path: str = "/api/v1/ws") -> "Line":
        """Open a socket."""
        return Line(
            connect(f"{self.url.replace('http', 'ws', 1)}{path}?token={self.token}", max_queue=4096, legacy=True)
        )


class Line:
    """An open socket."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def frame(self, within: float = 5.0) -> dict[str, Any]:
        """Give the next frame."""
        read: dict[str, Any] = json.loads(self.socket.recv(timeout=within))
        return read

    def until(self, kind: str, within: float = 8.0, **data: Any) -> list[dict[str, Any]]:
        """Give the frames up to the first of a type with this in its data."""
        frames = [self.frame(within)]
        while frames[-1]["type"] != kind or not data.items() <= frames[-1].get("data", {}).items():
            frames.append(self.frame(within))
        return frames

    def send(self, kind: str, **data: Any) -> None:
        """Send a frame."""
        self.socket.send(json.dumps({"type": kind, "data": data}))

    def subscribe(self, topic: str, **data: Any) -> list[dict[str, Any]]:
        """Subscribe to a topic and give the frames up to the response."""
        self.send("subscribe", topic=topic, **data)
        return self.until("subscription_response", topic=topic)

    def close(self) -> None:
        """Close it."""
        self.socket.close()


class Hub:
    """The hub of a running stack."""

    def __init__(self, temporary: Path, *arguments: str) -> None:
        self.stack = RunningStack(temporary, *arguments, systems="modelhub", program=("-m", "reference"))
        self.line = self.stack.line["systems"]["modelhub"]
        self.url = str(self.line["url"])
        self.models = Path(self.line["models"])
        self.source = httpx.Client(base_url=self.line["source"]["url"], timeout=10)
        self.admin = Person(self.url, **self.line["admin"])

    def person(self, name: str = "") -> Person:
        """Register somebody and sign them in."""
        username = name or f"person{next(_numbers)}"
        body = {"username": username, "email": f"{username}@people.example", "password": PASSWORD}
        answer = httpx.post(f"{self.url}/api/v1/auth/register", json=body)
        assert answer.status_code == 200, answer.text
        return Person(self.url, username, PASSWORD)

    def fault(self, mode: str, **more: Any) -> None:
        """Let the source fail."""
        answer = self.source.post("/control/faults", json={"mode": mode, **more})
        assert answer.status_code == 200, answer.text

    def publish(self, model: str, version: str, **more: Any) -> Any:
        """Let the source publish a version, and let the hub read it."""
        answer = self.source.post("/control/models", json={"model_id": model, "version": version, **more})
        assert answer.status_code == 200, answer.text
        return self.admin.post("/models/updates/check")

    def stats(self) -> dict[str, Any]:
        """Give what the source sent."""
        read: dict[str, Any] = self.source.get("/control/stats").json()
        return read

    def prefer(self, **preferences: Any) -> None:
        """Change the administrator's preferences, and those of the installation."""
        answer = self.admin.http.put("/api/v1/config/user-preferences", json=preferences)
        assert answer.status_code == 200, answer.text

    def install(self, *models: str) -> None:
        """Have models available, whatever they were before."""
        for model in models:
            if self.admin.detailed(model)["availability_status"] != "available":
                self.admin.start(model)
        for model in models:
            until(lambda model=model: self.admin.detailed(model)["is_available"], f"{model} is available")

    def act(self, process: str, action: str, settings: dict[str, str] | None = None) -> dict[str, Any]:
        """Do something to a process."""
        body = None if settings is None else {"settings": settings}
        answer = self.stack.control("POST", f"/systems/modelhub/processes/{process}/{action}", body)
        assert answer.status_code == 200, answer.text
        read: dict[str, Any] = answer.json()
        return read

    def dependency(self, name: str, action: str) -> None:
        """Do something to a dependency."""
        answer = self.stack.control("POST", f"/systems/modelhub/dependencies/{name}/{action}")
        assert answer.status_code == 200, answer.text

    def calm(self) -> None:
        """Bring the source, the preferences and the models back to the beginning: nothing installed."""
        self.source.delete("/control/faults")
        self.source.delete("/control/models")
        # The monitor may be about to repair what a test has damaged.
        until(self._is_empty, "every model is deleted")
        self.admin.post("/config/reset-to-defaults?section=preferences")
        self.admin.post("/models/updates/check")
        self.source.delete("/control/stats")

    def _is_empty(self) -> bool:
        for model, progress in self.admin.get("/models/download/progress").items():
            if progress["can_cancel"]:
                self.admin.http.post("/api/v1/models/download/manage", json={"model_id": model, "action": "cancel"})
        models = list(self.admin.get("/models/status")["models"])
        codes = {self.admin.http.delete(f"/api/v1/models/{model}").status_code for model in models}
        return codes <= {200, 404}

    def close(self) -> None:
        """End everything."""
        self.source.close()
        self.stack.__exit__(None, None, None)
