"""Mock results: made because somebody allows it or because the hub is in mock mode, and the way to the real ones."""

from dataclasses import dataclass

from countersign.expect.modelhub.way_out import Result
from countersign.journeys.modelhub.generation.generating import calls_for, ended, plain
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

INSTALLED_WITHIN = 20.0
TRIGGERED_WITHIN = 40.0


@dataclass(frozen=True)
class Results:
    """What was made while the model was away, and what after its download."""

    away: Result
    arrived: Result


def goes_to_the_real_one(user: HubUser, model: str) -> Results:
    """Allow a mock result of a model that is away, download the model as the way says, and ask the same again."""
    model_id = model_of(model)
    away = _generates(user, model_id, 1, allow_mock=True)
    _downloads(user, model_id)
    return Results(away, _generates(user, model_id, 2, allow_mock=True))


def lives_through_mock_mode(user: HubUser, model: str) -> Results:
    """Ask for a generation in mock mode, which the administrator's recovery enters while the source is away."""
    user.stage.need("origin-control")
    hub, model_id = user.hub, model_of(model)
    hub.source.fails("refuse")

    def in_mock_mode() -> None:
        body = {"failure_type": "model_loading_failure", "context": {"model_id": model_id}}
        told = hub.admin.caring.try_recovery(body).must_be(200).json()
        now = hub.admin.ask("GET", "/recovery/status").must_be(200).json()
        assert now["mock_generation_enabled"], f"the recovery said {told['message']!r}"

    eventually(in_mock_mode, TRIGGERED_WITHIN, every=1.0, what="the hub to be in mock mode")
    away = _generates(user, model_id, 1)
    hub.source.works_again()
    _downloads(user, model_id)
    return Results(away, _generates(user, model_id, 2))


def _generates(user: HubUser, model_id: str, number: int, **more: bool) -> Result:
    prompt = plain(user, number)
    taken = user.api.generation.submit(model_id, prompt, **more)
    task = ended(user, taken["task_id"])
    return Result(model_id, taken, task, calls_for(user, prompt))


def _downloads(user: HubUser, model_id: str) -> None:
    def begun() -> None:
        answer = user.api.downloads.try_managing(model_id, "start")
        assert answer.status in (202, 409), f"the start was answered with {answer.status}"

    def there() -> None:
        now = user.api.models.status(model_id).availability
        assert now == "available", f"it is {now}"

    eventually(begun, INSTALLED_WITHIN, every=0.5, what="the download to begin")
    eventually(there, INSTALLED_WITHIN, every=0.1, what=f"{model_id} to be available")
