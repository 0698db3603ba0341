"""Model operations over HTTP: versions, deployments, predictions, flags, experiments, alerts, breakers, training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import need
from countersign.transport.answer import Answer

CHAT_MODEL = "clinical_assessment"
"""The model that answers patients and completes reports (contract, section 3)."""


@dataclass(frozen=True)
class Prediction:
    """What a prediction brought. `route` is active, canary, experiment or flag; `seconds` is the client's time."""

    request_id: str
    model_version: str
    route: str
    text: str
    cache_hit: bool
    fallback: bool
    breaker: str
    seconds: float
    raw: Mapping[str, Any]


class Models:
    """The routes of models and what belongs to them (capabilities model-ops and training)."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask

    def get(self, path: str, **params: Any) -> Any:
        """Read below /api ("models", "alerts", "resilience/breakers", "flags/new-model" ...)."""
        return self.ask("GET", f"/api/{path}", params=params).must_be(200).json()

    def post(self, path: str, body: Any = None, *statuses: int) -> Any:
        """Write below /api; expects 200, 201 or 202 unless other statuses are named."""
        return self.ask("POST", f"/api/{path}", json=body).must_be(*(statuses or (200, 201, 202))).json()

    def put(self, path: str, body: Any) -> Any:
        """Replace below /api."""
        return self.ask("PUT", f"/api/{path}", json=body).must_be(200, 201).json()

    def state(self, model_id: str) -> Mapping[str, Any]:
        """Give a model as the list tells it: active and previous version, canary."""
        found: Mapping[str, Any] = next(each for each in self.get("models") if each["model_id"] == model_id)
        return found

    def register_version(self, model_id: str, version: str, accuracy: float = 0.9) -> Mapping[str, Any]:
        """Register a version."""
        body = {"version": version, "metrics": {"accuracy": accuracy}}
        registered: Mapping[str, Any] = self.post(f"models/{model_id}/versions", body, 201)
        return registered

    def versions(self, model_id: str) -> Sequence[Mapping[str, Any]]:
        """List the versions of a model, newest first."""
        listed: Sequence[Mapping[str, Any]] = self.get(f"models/{model_id}/versions")
        return listed

    def deploy(self, model_id: str, version: str, strategy: str = "immediate", **more: Any) -> Mapping[str, Any]:
        """Deploy a version (`percentage` for a canary); give the deployment."""
        body = {"version": version, "strategy": strategy, **more}
        deployment: Mapping[str, Any] = self.post(f"models/{model_id}/deploy", body, 201)
        return deployment

    def roll_back(self, model_id: str, reason: str) -> Mapping[str, Any]:
        """Go back to the version before."""
        back: Mapping[str, Any] = self.post(f"models/{model_id}/rollback", {"reason": reason}, 200)
        return back

    def predict(self, model_id: str, inputs: str, **more: Any) -> Prediction:
        """Ask for a prediction (`parameters`, `user_id`, `session_id`)."""
        return read_prediction(self.try_predict(model_id, inputs, **more).must_be(200))

    def try_predict(self, model_id: str, inputs: Any, within: float | None = None, **more: Any) -> Answer:
        """Ask for a prediction and give the answer, whatever its status."""
        body = {"inputs": inputs, **more}
        return self.ask("POST", f"/api/models/{model_id}/predict", json=body, within=within)

    def route(self, model_id: str, user_id: str) -> Mapping[str, Any]:
        """Ask which version would serve a user, without asking the AI."""
        told: Mapping[str, Any] = self.get(f"models/{model_id}/route", user_id=user_id)
        return told

    def breaker(self, name: str = "model") -> Mapping[str, Any]:
        """Read a circuit breaker."""
        found: Mapping[str, Any] = next(each for each in self.get("resilience/breakers") if each["name"] == name)
        return found

    def alerts(self, status: str = "active") -> Sequence[Mapping[str, Any]]:
        """List the alerts in a state."""
        listed: Sequence[Mapping[str, Any]] = self.get("alerts", status=status)
        return listed


def read_prediction(answer: Answer) -> Prediction:
    """Read a prediction."""
    data, where = answer.json(), "a prediction"
    outputs = need(data, "outputs", Mapping, where)  # type: ignore[type-abstract]
    return Prediction(
        request_id=need(data, "request_id", str, where),
        model_version=need(data, "model_version", str, where),
        route=need(data, "route", str, where),
        text=need(outputs, "text", str, "the outputs of a prediction"),
        cache_hit=need(data, "cache_hit", bool, where),
        fallback=need(data, "fallback", bool, where),
        breaker=answer.headers.get("x-circuit-breaker-state", ""),
        seconds=answer.seconds,
        raw=data,
    )
