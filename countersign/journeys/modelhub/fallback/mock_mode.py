"""Mock results while the source is away, and the way back to real ones."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.modelhub.mock import Generation
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

AWAY_WITHIN = 20.0
ARRIVED_WITHIN = 30.0
ENDED_WITHIN = 30.0
REAL_WITHIN = 15.0
"""Long enough to measure a change that comes too late."""


@dataclass(frozen=True)
class BackToReal:
    """The state after the model arrived: seconds until mock mode was over, the recovery's state, a generation."""

    seconds: float
    recovery: Mapping[str, Any]
    generation: Generation


@dataclass(frozen=True)
class Mocked:
    """What the hub said while the source was away."""

    model_id: str
    recovery: Mapping[str, Any]
    generation: Generation


def loses_the_source(user: HubUser, model: str) -> Mocked:
    """Take the source away, report that a model cannot be loaded, and generate with it."""
    hub, model_id = hub_of(user.stage), model_of(model)
    hub.source.fails("refuse")
    eventually(lambda: _unreachable(user, model_id), AWAY_WITHIN, every=0.2, what="the hub to miss the source")
    wish = {"failure_type": "model_loading_failure", "context": {"model_id": model_id}}
    hub.admin.caring.try_recovery(wish).must_be(200)
    return Mocked(model_id, user.api.models.get("recovery/status"), _generates(user, model_id))


def gets_it_back(user: HubUser, mocked: Mocked, model: str) -> BackToReal:
    """Bring the source back, download the model, and generate as soon as the hub says that results are real again."""
    user.hub.source.works_again()
    user.api.downloads.start(model_of(model))
    Watch(user, [mocked.model_id]).until_over(ARRIVED_WITHIN)
    arrived = time.monotonic()
    recovery = eventually(lambda: _real_again(user), REAL_WITHIN, every=0.05, what="mock results to end")
    seconds = time.monotonic() - arrived
    return BackToReal(seconds, recovery, _generates(user, mocked.model_id))


def measure(stage: Any, back: BackToReal, limit: float) -> None:
    """Journal how long mock results were still given after the model had arrived."""
    name = "arrival of the model until results are real"
    measure_longest(stage, name, [back.seconds], below=limit, load="1 user")


def _generates(user: HubUser, model_id: str) -> Generation:
    """Generate and wait for the end; the task is None if it is not listed."""
    prompt = str(personas.material("modelhub")["prompts"]["plain"])
    told = user.api.generation.submit(model_id, prompt)

    def over() -> Any:
        task = user.api.generation.task(told["task_id"])
        assert task is not None and task.final, f"it is {task.status if task else 'not listed'}"
        return task

    return Generation(told, eventually(over, ENDED_WITHIN, every=0.1, what="the generation to end"))


def _unreachable(user: HubUser, model_id: str) -> None:
    assert not user.api.models.status(model_id).source_reachable, "the hub still takes the source for reachable"


def _real_again(user: HubUser) -> Mapping[str, Any]:
    told: Mapping[str, Any] = user.api.models.get("recovery/status")
    assert not told["mock_generation_enabled"], "mock results are still given"
    return told
