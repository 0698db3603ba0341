"""Starting downloads, more than once."""

from dataclasses import dataclass

from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Starts:
    """What starting the same download several times was answered with."""

    model_id: str
    answers: tuple[Answer, ...]


def starts(user: HubUser, model: str, times: int) -> Starts:
    """Start the download of a model so many times, one after the other."""
    model_id = model_of(model)
    return Starts(model_id, tuple(user.api.downloads.try_managing(model_id, "start") for _ in range(times)))
