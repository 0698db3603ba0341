"""Generations with a model that was just installed, and with one that was damaged behind the hub's back."""

from dataclasses import dataclass

import personas
from countersign.expect.modelhub.loading import Loaded, Speed
from countersign.journeys.modelhub.generation.runs import ended, runs_singly
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.upkeep.damage import FolderCopy, overwritten
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.systems.modelhub.moments import seconds_of


@dataclass(frozen=True)
class Loadings:
    """The first generation after installing, and the one after a file was damaged."""

    first: Loaded
    damaged: Loaded


def loads(user: HubUser, model: str) -> Loadings:
    """Generate with a model, damage one of its files with its size kept, and generate again."""
    model_id, folder = model_of(model), hub_of(user.stage).models_folder / model_of(model)
    first = _loaded(user, model_id, "the first generation after installing")
    good = FolderCopy(folder)
    user.stage.at_end(good.restores, f"bringing the files of {model} back")
    overwritten(folder)
    return Loadings(first, _loaded(user, model_id, "the generation after a file was damaged"))


def _loaded(user: HubUser, model_id: str, what: str) -> Loaded:
    before = user.api.models.health(model_id)
    answer = user.api.generation.try_submitting(model_id, _prompt()).must_be(200, 409)
    task = ended(user.api, [str(answer.json()["task_id"])])[0] if answer.status == 200 else None
    return Loaded(what, before, user.api.models.health(model_id), task)


def speed_after(user: HubUser, model: str, count: int) -> Speed:
    """Generate so many times, and read what is told of the speed of the model."""
    tasks: list[Task] = runs_singly(user.api, model_of(model), [_prompt()] * count)
    return Speed(user.api.models.status(model_of(model)).raw, tuple(seconds_of(task) for task in tasks))


def _prompt() -> str:
    prompt: str = personas.material("modelhub")["prompts"]["plain"]
    return prompt
