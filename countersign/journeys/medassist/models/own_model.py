"""A model in the hands of one scenario: made by it, or the one that answers patients, put back in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.journeys.medassist.administrator import Administrator
from countersign.systems.medassist.models import CHAT_MODEL, Models
from countersign.systems.medassist.trials import Experiment, Trials

FIRST, SECOND, THIRD = "1.0.0", "1.1.0", "1.2.0"
PUT_BACK = "put back after the scenario"


@dataclass(frozen=True)
class ManagedModel:
    """A model and the administrator who manages it."""

    admin: Administrator
    model_id: str

    @property
    def models(self) -> Models:
        """The administrator's access to models."""
        return self.admin.api.models

    @property
    def trials(self) -> Trials:
        """The administrator's access to canaries, flags and A/B tests."""
        return Trials(self.admin.api.ask)

    @property
    def active(self) -> str:
        """The version in service now; empty if there is none."""
        return str(self.models.state(self.model_id).get("active_version") or "")

    def called(self, version: str) -> str:
        """Give the name under which the AI is asked for a version."""
        return f"{self.model_id}:{version}"

    def starts_canary(self, version: str, percentage: int) -> Mapping[str, Any]:
        """Give a version to a share of the users; it is cancelled in the end if it still runs."""
        deployment = self.models.deploy(self.model_id, version, "canary", percentage=percentage)
        identity = deployment["deployment_id"]
        self.admin.stage.at_end(
            lambda: self.trials.try_cancelling(identity).must_be(200, 409), f"cancelling the canary of {self.model_id}"
        )
        return deployment

    def sets_flag(self, name: str, version: str, percentage: float, *, enabled: bool = True) -> Mapping[str, Any]:
        """Set a flag of the scenario's own; use `flag_off_in_the_end` first."""
        return self.trials.set_flag(
            name, enabled=enabled, percentage=percentage, model_id=self.model_id, version=version
        )

    def flag_off_in_the_end(self, name: str, version: str) -> None:
        """Have a flag switched off when the scenario is over."""
        self.admin.stage.at_end(
            lambda: self.sets_flag(name, version, 0, enabled=False), f"switching the flag {name} off"
        )

    def starts_experiment(self, **more: Any) -> Experiment:
        """Start an A/B test of the first two versions; it is stopped in the end if it still runs."""
        name = f"countersign {self.admin.stage.tag}"
        started = self.trials.start(self.model_id, FIRST, SECOND, name=name, **more)
        self.admin.stage.at_end(
            lambda: self.trials.try_stopping(started.id).must_be(200, 409), f"stopping the A/B test of {self.model_id}"
        )
        return started


def own_model(admin: Administrator, versions: Sequence[str] = (FIRST, SECOND)) -> ManagedModel:
    """Make a model of the scenario's own with these versions, the first of them in service."""
    stage = admin.stage
    stage.made["models"] += 1
    model = ManagedModel(admin, f"countersign_{stage.tag}_{stage.made['models']}")
    model.models.post("models", {"model_id": model.model_id, "description": "made for a sign-off"}, 201)
    for version in versions:
        model.models.register_version(model.model_id, version)
    for version in versions[:1]:
        model.models.deploy(model.model_id, version)
    return model


def patients_model(admin: Administrator) -> ManagedModel:
    """Take the model that answers patients; the version in service now is put back when the scenario is over."""
    model = ManagedModel(admin, CHAT_MODEL)
    former = model.active
    admin.stage.at_end(lambda: _put_back(model, former), f"putting version {former} of {CHAT_MODEL} back into service")
    return model


def next_version(model: ManagedModel, ahead: int = 1) -> str:
    """Give a version number that the model has not had, above all it has."""
    numbers = [tuple(map(int, str(each["version"]).split("."))) for each in model.models.versions(model.model_id)]
    major, minor, _ = max(numbers)
    return f"{major}.{minor + ahead}.0"


def _put_back(model: ManagedModel, former: str) -> None:
    if model.active != former:
        body = {"reason": PUT_BACK, "target_version": former}
        model.models.post(f"models/{model.model_id}/rollback", body, 200)
