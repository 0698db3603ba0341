"""Trials of a model's version over HTTP: canary deployments, feature flags and A/B tests (capability model-ops)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from countersign.systems.asking import Ask
from countersign.systems.medassist.model import need
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Arm:
    """What one arm of an A/B test has brought."""

    n: int
    successes: int


@dataclass(frozen=True)
class Experiment:
    """An A/B test. `status` is running or stopped; `conclusion` is a word of the contract, section 6.8."""

    id: str
    status: str
    control: Arm
    treatment: Arm
    p_value: float | None
    conclusion: str


class Trials:
    """The routes of deployments, flags and A/B tests."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask

    def deployment(self, deployment_id: str) -> Mapping[str, Any]:
        """Read a deployment."""
        told: Mapping[str, Any] = self.ask("GET", f"/api/deployments/{deployment_id}").must_be(200).json()
        return told

    def promote(self, deployment_id: str, percentage: int) -> Mapping[str, Any]:
        """Raise the share of a canary; 100 ends it."""
        path, body = f"/api/deployments/{deployment_id}/promote", {"percentage": percentage}
        told: Mapping[str, Any] = self.ask("POST", path, json=body).must_be(200).json()
        return told

    def try_cancelling(self, deployment_id: str) -> Answer:
        """Try to take a canary back and give the answer, whatever its status (409: it is finished already)."""
        return self.ask("POST", f"/api/deployments/{deployment_id}/cancel")

    def set_flag(
        self, name: str, *, enabled: bool, percentage: float, model_id: str, version: str
    ) -> Mapping[str, Any]:
        """Set a flag: which share of the users, in percent, is served by the version."""
        body = {"enabled": enabled, "percentage": percentage, "model_id": model_id, "version": version}
        told: Mapping[str, Any] = self.ask("PUT", f"/api/flags/{name}", json=body).must_be(200, 201).json()
        return told

    def start(self, model_id: str, control: str, treatment: str, *, name: str, **more: Any) -> Experiment:
        """Start an A/B test of two versions (`split`, `min_sample`)."""
        body = {"name": name, "model_id": model_id, "control_version": control, "treatment_version": treatment, **more}
        return _experiment(self.ask("POST", "/api/experiments", json=body).must_be(201))

    def add_outcomes(self, experiment_id: str, outcomes: Iterable[tuple[str, bool]]) -> int:
        """Report for users whether it went well; give how many were accepted."""
        body = {"outcomes": [{"user_id": user, "success": success} for user, success in outcomes]}
        answer = self.ask("POST", f"/api/experiments/{experiment_id}/outcomes", json=body).must_be(200, 201)
        accepted: int = need(answer.json(), "accepted", int, "the outcomes of an experiment")
        return accepted

    def stop(self, experiment_id: str) -> Experiment:
        """Stop an A/B test and read its conclusion."""
        return _experiment(self.try_stopping(experiment_id).must_be(200), experiment_id)

    def try_stopping(self, experiment_id: str) -> Answer:
        """Try to stop an A/B test and give the answer, whatever its status (409: it is stopped already)."""
        return self.ask("POST", f"/api/experiments/{experiment_id}/stop")


def _experiment(answer: Answer, known_id: str = "") -> Experiment:
    data, where = answer.json(), "an A/B test"
    p_value = data.get("p_value")
    return Experiment(
        id=known_id or need(data, "experiment_id", str, where),
        status=need(data, "status", str, where),
        control=_arm(data.get("control"), "control"),
        treatment=_arm(data.get("treatment"), "treatment"),
        p_value=None if p_value is None else float(p_value),
        conclusion=str(data.get("conclusion") or ""),
    )


def _arm(data: Any, name: str) -> Arm:
    if data is None:
        return Arm(0, 0)
    where = f"the {name} arm of an A/B test"
    return Arm(need(data, "n", int, where), need(data, "successes", int, where))
