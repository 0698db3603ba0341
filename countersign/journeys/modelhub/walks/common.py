"""What several workflows do: generate, follow a transfer, damage a file, keep time of what was announced."""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import personas
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must, refusal
from countersign.systems.modelhub.model import ACTIVE, MB, Health, Progress, Task
from countersign.systems.modelhub.socket import Frame, TopicLine
from countersign.transport import eventually
from countersign.transport.answer import Answer

TEXT, IMAGE, FAST = "t2v-A14B", "i2v-A14B", "ti2v-5B"
MBPS = 1_000_000
SHOWN_WITHIN = 3.0
"""Status answers show a change within 2 s (contract, section 2); a little more, so that a late one is measured."""
TRANSFER_WITHIN = 12.0
GENERATION_WITHIN = 10.0


def prompt(person: HubUser) -> str:
    """Give what the person asks a model for."""
    words: str = personas.material("modelhub")["prompts"]["plain"]
    return f"{words}, {person.stage.tag}"


def generated(person: HubUser, task_id: str, within: float = GENERATION_WITHIN) -> Task:
    """Wait until a generation is completed, and give it. Raises DeadlineExceeded saying how it is."""

    def completed() -> Task:
        task = person.api.generation.task(task_id)
        must(task is not None, "the generation is in no list")
        assert task is not None
        must(task.status == "completed", f"the generation is {task.status}{f': {task.error}' if task.error else ''}")
        return task

    return eventually(completed, within, every=0.1, what="the generation to be completed")


def has_output(person: HubUser, task: Task) -> bool:
    """Say whether a completed generation names an output, and, where the suite may look, that it is there."""
    folder = person.system.folders.get("outputs")
    if not task.output_path or task.mode != "real":
        return False
    if folder is None or "model-files" not in person.system.capabilities:
        return True
    path = Path(folder) / Path(task.output_path).name
    return path.is_file() and path.stat().st_size > 0


def transfer(person: HubUser, model_id: str, wanted: str = "completed", within: float = TRANSFER_WITHIN) -> Progress:
    """Wait until a transfer has a state, and give it. Ends at once when it ended otherwise."""

    def there() -> Progress | str:
        progress = person.api.downloads.progress(model_id)
        if progress.status not in (*ACTIVE, wanted):
            return f"the transfer of {model_id} is {progress.status} ({progress.error or 'without a word'})"
        must(progress.status == wanted, f"it is {progress.status} at {progress.percent:g} %")
        return progress

    found = eventually(there, within, every=0.05, what=f"the transfer of {model_id} to be {wanted}")
    if isinstance(found, str):
        raise AssertionError(found)
    return found


def available(person: HubUser, model_id: str, within: float = SHOWN_WITHIN) -> None:
    """Wait until health and both status routes agree that a model is ready."""

    def agreed() -> None:
        status, basic = person.api.models.status(model_id), person.api.models.basic(model_id)
        health = person.api.models.health(model_id)
        must(status.availability == "available" and status.is_available, f"its status is {status.availability}")
        must(basic["status"] == "available" and basic["is_available"], f"its short status is {basic['status']}")
        must(sound(health), f"its health is {health.status}")

    eventually(agreed, within, every=0.1, what=f"{model_id} to be shown as ready everywhere")


def sound(health: Health) -> bool:
    """Say whether a model is healthy, or would be if only its last generations had been as quick as those before.

    A model whose generations got slower is called degraded too (contract, 6.5); here its files are what matters.
    """
    slower = health.status == "degraded" and health.performance_trend == "degrading"
    return health.integrity_score == 1.0 and not health.corruption_types and (health.is_healthy or slower)


def frame(line: TopicLine, kind: str, within: float, **data: Any) -> Frame:
    """Give the first frame of a type with these facts, also one that came already."""
    for each in line.frames:
        if each.says(kind, **data):
            return each
    return line.wait_for_data(kind, within, **data)


def seconds_until(moment: Any, since: float) -> float | None:
    """Give how many seconds from `since` (epoch) an announced moment is away; None for what is no moment."""
    if not isinstance(moment, str):
        return None
    try:
        return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp() - since
    except ValueError:
        return None


def first_estimate(told: Mapping[str, Any], name: str = "estimated_completion") -> float | None:
    """Give the seconds until the end that an answer, which came just now, announces."""
    return seconds_until(told.get(name), time.time())


def overwrite(folder: Path) -> str:
    """Overwrite bytes in the middle of the first weight file, keeping its size; give its name."""
    path = sorted(folder.glob("*.safetensors"))[0]
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(bytes(each ^ 0xFF for each in file.read(64)) if size else b"")
    return path.name


def on_disk(folder: Path) -> int:
    """Give the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0


def megabytes(size: float) -> float:
    """Give bytes as MB of 1 048 576 bytes."""
    return size / MB


def taken(walk: Walk, person: HubUser, answer: Answer, what: str) -> dict[str, Any]:
    """Give what a submission was answered with; a refusal is an error that the person met."""
    if answer.status != 200:
        sentence, hint, bare = refusal(answer)
        walk.meets(what, sentence, hint, bare=bare)
        raise AssertionError(f"{person.name}'s request was refused: {sentence or f'answered {answer.status}'}")
    told: dict[str, Any] = answer.json()
    return told


def generates(walk: Walk, person: HubUser, step: Taking, model_id: str) -> None:
    """Generate and wait for the output; the step shows what its workflow asks for of this."""
    began = time.monotonic()
    told = taken(walk, person, person.api.generation.try_submitting(model_id, prompt(person)), "a refused generation")
    step.answered()
    real = told.get("generation_mode") == "real"
    facts = {
        "task": told.get("task_id"),
        "position": told.get("queue_position"),
        "wait": told.get("estimated_wait_seconds") is not None,
        "real or mock": real and told.get("real_ai_enabled") is True,
    }
    step.show({name: there for name, there in facts.items() if name in step.items})
    must(real, f"the generation is {told.get('generation_mode')}, not real")
    task = generated(person, str(told["task_id"]))
    step.promised(told.get("estimated_wait_seconds"), time.monotonic() - began)
    must(has_output(person, task), "the completed generation has no output")
    step.shows(output=True)


def regular(walk: Walk) -> HubUser:
    """Give the person of a workflow, with a fresh account for each scenario."""
    person: HubUser = walk.stage.actor(walk.workflow.persona)
    return person
