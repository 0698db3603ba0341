"""The published shapes of models, deployments, experiments and training."""

import math
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from reference.medassist.rest.shapes import ModelId, Number, Version, text

MOST_OUTCOMES = 10_000
Share = Annotated[Number, Field(ge=0, le=100)]


class _Published(BaseModel):
    model_config = ConfigDict(protected_namespaces=())


def _metrics(value: dict[str, Any]) -> dict[str, Any]:
    accuracy = value.get("accuracy")
    if isinstance(accuracy, bool) or not isinstance(accuracy, int | float) or not 0 <= accuracy <= 1:
        raise ValueError("The metrics need an accuracy from 0 to 1.")
    for name, number in value.items():
        known = isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
        if len(name) > 64 or "\0" in name or not known:
            raise ValueError("Metrics are finite numbers under names of up to 64 characters.")
    return value


def _parameters(value: dict[str, Any]) -> dict[str, Any]:
    for name, given in value.items():
        plain = given is None or isinstance(given, bool | int | float | str)
        if len(name) > 64 or not plain or (isinstance(given, float) and not math.isfinite(given)):
            raise ValueError("Parameters are numbers, texts and switches under names of up to 64 characters.")
    return value


class Canary(_Published):
    """A running canary."""

    version: str
    percentage: int


class Model(_Published):
    """A model."""

    model_id: str
    description: str
    active_version: str | None
    previous_version: str | None
    canary: Canary | None
    updated_at: str


class NewModel(_Published):
    """A model to create."""

    model_id: ModelId
    description: text(0, 500) = ""  # type: ignore[valid-type]


class NewVersion(_Published):
    """A version to register."""

    version: Version
    metrics: Annotated[dict[str, Any], Field(max_length=50), AfterValidator(_metrics)]
    description: text(0, 500) = ""  # type: ignore[valid-type]


class ModelVersion(_Published):
    """A version of a model."""

    model_id: str
    version: str
    status: Literal["registered", "active", "canary", "retired", "rejected"]
    metrics: dict[str, float]
    description: str
    source: str
    created_at: str
    created_by: str | None


class NewDeployment(_Published):
    """A deployment to make."""

    version: Version
    strategy: Literal["immediate", "canary"]
    percentage: Annotated[StrictInt, Field(ge=1, le=99)] = 10


class Deployment(_Published):
    """A deployment."""

    deployment_id: str
    model_id: str
    version: str
    previous_version: str | None
    strategy: str
    percentage: int
    status: Literal["success", "failed", "in_progress", "cancelled", "rolled_back"]
    reason: str | None
    created_at: str
    updated_at: str
    created_by: str | None


class Promotion(_Published):
    """A larger share for a canary."""

    percentage: Annotated[StrictInt, Field(ge=1, le=100)]


class NewRollback(_Published):
    """A rollback to make."""

    reason: text(3, 500)  # type: ignore[valid-type]
    target_version: Version | None = None


class Rollback(_Published):
    """Which version serves after a rollback."""

    model_id: str
    active_version: str | None
    previous_version: str | None


class NewPrediction(_Published):
    """A prediction to make."""

    inputs: text(1, 5000)  # type: ignore[valid-type]
    parameters: Annotated[dict[str, Any], Field(max_length=20), AfterValidator(_parameters)] = Field(
        default_factory=dict
    )
    user_id: text(1, 64) | None = None  # type: ignore[valid-type]
    session_id: text(1, 64) | None = None  # type: ignore[valid-type]


class Outputs(_Published):
    """What a version said."""

    text: str


class Route(_Published):
    """Which version serves a user, and why."""

    model_version: str
    route: Literal["active", "canary", "experiment", "flag"]
    experiment_id: str | None
    variant: Literal["control", "treatment"] | None


class Prediction(Route):
    """A prediction."""

    request_id: str
    model_id: str
    outputs: Outputs
    confidence: float
    cache_hit: bool
    fallback: bool
    processing_time: float
    timestamp: str


class Figures(_Published):
    """How a version did."""

    requests: int
    errors: int
    error_rate: float
    avg_latency_ms: float
    p95_latency_ms: float


class ModelFigures(Figures):
    """How a model and its versions did."""

    versions: dict[str, Figures]


class FlagSetting(_Published):
    """What a flag shall be."""

    enabled: StrictBool
    percentage: Share
    model_id: ModelId
    version: Version


class Flag(_Published):
    """A flag."""

    name: str
    enabled: bool
    percentage: float
    model_id: str
    version: str
    updated_at: str


class NewExperiment(_Published):
    """An experiment to start."""

    name: text(1, 100)  # type: ignore[valid-type]
    model_id: ModelId
    control_version: Version
    treatment_version: Version
    split: Annotated[Number, Field(ge=0.1, le=0.9)] = 0.5
    min_sample: Annotated[StrictInt, Field(ge=10, le=1_000_000)] = 100

    @model_validator(mode="after")
    def _two_versions(self) -> Self:
        if self.control_version == self.treatment_version:
            raise ValueError("Control and treatment must be different versions.")
        return self


class Arm(_Published):
    """One arm of an experiment."""

    n: int
    successes: int
    rate: float | None


class Experiment(_Published):
    """An experiment."""

    experiment_id: str
    name: str
    model_id: str
    control_version: str
    treatment_version: str
    split: float
    min_sample: int
    status: Literal["running", "stopped"]
    created_at: str
    stopped_at: str | None
    control: Arm
    treatment: Arm
    p_value: float | None
    conclusion: Literal["treatment_better", "control_better", "no_difference", "inconclusive"]


class Outcome(_Published):
    """How it went for a user."""

    user_id: text(1, 64)  # type: ignore[valid-type]
    success: StrictBool


class NewOutcomes(_Published):
    """Outcomes to count."""

    outcomes: Annotated[list[Outcome], Field(min_length=1, max_length=MOST_OUTCOMES)]


class Accepted(_Published):
    """How many were counted."""

    accepted: int


class Alert(_Published):
    """An alert."""

    id: str
    name: str
    severity: Literal["info", "warning", "critical"]
    status: Literal["active", "resolved"]
    model_id: str | None
    message: str
    created_at: str
    resolved_at: str | None


class BreakerState(_Published):
    """A breaker."""

    name: str
    state: Literal["closed", "open", "half_open"]
    failure_count: int
    success_count: int
    opened_at: str | None
    next_try_at: str | None


class NewJob(_Published):
    """A training job to queue."""

    model_id: ModelId
    version: Version
    dataset: text(1, 64)  # type: ignore[valid-type]


class Job(_Published):
    """A training job."""

    job_id: str
    model_id: str
    version: str
    dataset: str
    status: Literal["queued", "running", "completed", "failed", "cancelled"]
    progress: float
    metrics: dict[str, float] | None
    error: str | None
    created_at: str
    finished_at: str | None
