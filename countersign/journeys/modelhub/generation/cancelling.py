"""Cancel generations that run and that wait, and watch long enough to see that nothing comes after."""

from dataclasses import dataclass

from countersign.errors import NotVerified
from countersign.expect.modelhub.generation import Cancelled
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.generation.scripted_prompts import scripted
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.transport import eventually

COUNT = 5
BEGINS_WITHIN, ENDS_WITHIN = 10.0, 30.0


@dataclass(frozen=True)
class Cancellations:
    """The generations that were cancelled."""

    made: tuple[Cancelled, ...]


def cancels_running_and_waiting(user: HubUser, model: str) -> Cancellations:
    """Cancel one generation that runs and one that waits; the others, and one more, run to their ends meanwhile.

    Each would have ended by itself within that time. Raises NotVerified where so few generations never wait.
    """
    user.stage.need("scripted-ai")
    api, model_id = user.api.generation, model_of(model)
    line = user.follows_tasks()
    for number in range(COUNT):
        api.submit(model_id, scripted("very slowly", plain(user, number)))
    running = eventually(lambda: _first(user, "processing"), BEGINS_WITHIN, what="a generation to begin")
    waiting = next((task for task in api.tasks() if task.status == "pending"), None)
    if waiting is None:
        raise NotVerified(f"modelhub: {COUNT} generations run at once, so none waits that could be cancelled")
    chosen = (running, waiting)
    first = [api.try_cancel(task.id).status for task in chosen]
    last = api.submit(model_id, plain(user, COUNT), priority="low")["task_id"]
    line.wait_for_data("task_update", ENDS_WITHIN, task_id=last, status="completed")
    again = [api.try_cancel(task.id).status for task in chosen]
    now = {task.id: task for task in api.tasks()}
    return Cancellations(
        tuple(
            Cancelled(
                task.status,
                (one, two),
                tuple(str(frame.data["status"]) for frame in line.frames if frame.data.get("task_id") == task.id),
                now[task.id].status,
                now[task.id].output_path,
            )
            for task, one, two in zip(chosen, first, again, strict=True)
        )
    )


def _first(user: HubUser, status: str) -> Task:
    task = next((task for task in user.api.generation.tasks() if task.status == status), None)
    assert task is not None, f"none is {status}"
    return task
