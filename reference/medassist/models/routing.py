"""Which version serves whom: a fixed function of the user and the flag, experiment or deployment."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Route = Literal["active", "canary", "experiment", "flag"]


@dataclass(frozen=True)
class Canary:
    """A running canary deployment."""

    deployment_id: str
    version: str
    percentage: float


@dataclass(frozen=True)
class RunningExperiment:
    """A running experiment; `split` is the share of the treatment."""

    experiment_id: str
    control_version: str
    treatment_version: str
    split: float


@dataclass(frozen=True)
class ModelState:
    """A model as requests need it; flags are (name, percentage, version), in the order of their names."""

    model_id: str
    active_version: str | None
    canary: Canary | None = None
    experiment: RunningExperiment | None = None
    flags: tuple[tuple[str, float, str], ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """All models at one moment."""

    models: Mapping[str, ModelState] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """The version that serves a request, and why."""

    version: str
    route: Route
    experiment_id: str | None = None
    variant: Literal["control", "treatment"] | None = None
    deployment_id: str | None = None


class Router:
    """Chooses versions. The first that applies: flag, experiment, canary, active version."""

    def choose(self, state: ModelState, user_id: str) -> Choice | None:
        """Choose for a user; None if the model has no active version."""
        if state.active_version is None:
            return None
        for name, percentage, version in state.flags:
            if self.place(f"flag:{name}", user_id) < percentage:
                return Choice(version, "flag")
        if state.experiment is not None:
            variant = self.variant(state.experiment.experiment_id, state.experiment.split, user_id)
            treated = variant == "treatment"
            version = state.experiment.treatment_version if treated else state.experiment.control_version
            return Choice(version, "experiment", state.experiment.experiment_id, variant)
        canary = state.canary
        if canary is not None and self.place(f"canary:{canary.deployment_id}", user_id) < canary.percentage:
            return Choice(canary.version, "canary", deployment_id=canary.deployment_id)
        return Choice(state.active_version, "active")

    def variant(self, experiment_id: str, split: float, user_id: str) -> Literal["control", "treatment"]:
        """Say in which arm of an experiment a user is."""
        return "treatment" if self.place(f"experiment:{experiment_id}", user_id) < split * 100 else "control"

    def place(self, salt: str, user_id: str) -> float:
        """Give a user's fixed place between 0 and 100."""
        digest = hashlib.sha256(f"{salt}|{user_id}".encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:8]) / 2**64 * 100
