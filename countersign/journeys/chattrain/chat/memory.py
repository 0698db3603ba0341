"""What a system still knows of a training, by every way it offers to a trainee."""

from collections.abc import Mapping
from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.stored import Stored, read_stored

ON_JOINING = "what the trainee is told on rejoining"
READ_BACK = "the conversation read back"
Memories = Mapping[str, list[Stored]]


def memories(trainee: Trainee) -> Memories:
    """Ask for everything that was said in the current training; give it by the way it was told.

    Raises ContractBroken if the system has no such way.
    """
    told = trainee.training.chat.info().get("messages")
    found: dict[str, list[Stored]] = {}
    if isinstance(told, list):
        found[ON_JOINING] = [read_stored(item) for item in told]
    if "history" in trainee.system.capabilities:
        items: list[Any] = trainee.api.read_messages(trainee.training.session)
        found[READ_BACK] = [read_stored(item) for item in items]
    if not found:
        raise ContractBroken("chattrain: there is no way to see again what was said in a session")
    return found
