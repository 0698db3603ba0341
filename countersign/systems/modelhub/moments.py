"""How long things took by the times that the hub tells."""

from countersign.errors import ContractBroken
from countersign.systems.modelhub.model import Task, moment


def seconds_of(task: Task) -> float:
    """Give the seconds from the start of a generation to its end. Raises ContractBroken where these are not told."""
    began, over = (task.raw.get(name) for name in ("started_at", "completed_at"))
    if not isinstance(began, str) or not isinstance(over, str):
        raise ContractBroken(f"modelhub: the queue does not tell when generation {task.id} began and ended")
    return (moment(over, "a task") - moment(began, "a task")).total_seconds()
