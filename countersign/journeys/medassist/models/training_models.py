"""Training a model: watching a job, putting what it made into service, and jobs that lead to nothing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.medassist.served import Served
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.models.own_model import (
    FIRST,
    SECOND,
    THIRD,
    ManagedModel,
    next_version,
    patients_model,
)
from countersign.journeys.medassist.models.predicting import predicted
from countersign.journeys.medassist.models.versions import listed, tries_deploying
from countersign.systems.medassist.training import Job, TrainingJobs
from countersign.transport import eventually
from countersign.transport.answer import Answer

LOOK_EVERY = 0.25
ENDED_WITHIN = 60.0


@dataclass(frozen=True)
class Trained:
    """A job that was watched to its end: `seen` are all looks at it, `status` is that of the version it made."""

    model: ManagedModel
    version: str
    seen: Sequence[Job]
    status: str
    seconds: float


@dataclass(frozen=True)
class Useless:
    """Jobs that must change nothing: on poor data, cancelled, refused; `states` are the versions afterwards."""

    poor: Job
    deploying_poor: Answer
    cancelled: Job
    unknown: Answer
    duplicate: Answer
    states: dict[str, str]
    served: Served


def trains_for_patients(admin: Administrator, dataset: str) -> Trained:
    """Train a further version of the model that answers patients, and watch the job to its end."""
    model = patients_model(admin)
    jobs, version = TrainingJobs(admin.api.ask), next_version(model)
    began = time.monotonic()
    seen = [jobs.start(model.model_id, version, _dataset(dataset))]
    _watch(jobs, seen)
    seconds = time.monotonic() - began
    return Trained(model, version, seen, dict(listed(model)).get(version, "missing"), seconds)


def measure_training(stage: Any, trained: Trained, limit: float) -> float:
    """Journal and give how long the training took."""
    return measure_longest(stage, "training to its end", [trained.seconds], below=limit, load="1 training")


def puts_into_service(trained: Trained) -> Served:
    """Put the trained version into service and ask it for a prediction."""
    trained.model.models.deploy(trained.model.model_id, trained.version)
    return predicted(
        trained.model.admin.api, trained.model.model_id, f"dry cough, note {trained.model.admin.stage.tag}"
    )


def trains_in_vain(model: ManagedModel) -> Useless:
    """Train on poor data, cancel a training and ask for impossible ones; the second version is the poor one."""
    admin = model.admin
    jobs = TrainingJobs(admin.api.ask)
    poor = [jobs.start(model.model_id, SECOND, _dataset("poor"))]
    cancelled = jobs.start(model.model_id, THIRD, _dataset("good"))
    jobs.cancel(cancelled.id)
    unknown = jobs.try_starting(model.model_id, THIRD, _dataset("unknown"))
    duplicate = jobs.try_starting(model.model_id, FIRST, _dataset("good"))
    _watch(jobs, poor)
    return Useless(
        poor=poor[-1],
        deploying_poor=tries_deploying(model, SECOND),
        cancelled=jobs.read(cancelled.id),
        unknown=unknown,
        duplicate=duplicate,
        states=dict(listed(model)),
        served=predicted(admin.api, model.model_id, f"dry cough, note {admin.stage.tag}"),
    )


def _watch(jobs: TrainingJobs, seen: list[Job]) -> None:
    """Look at a job until it has ended; every look is added."""

    def ended() -> None:
        seen.append(jobs.read(seen[-1].id))
        if not seen[-1].ended:
            raise AssertionError(f"the training is {seen[-1].status} at {seen[-1].progress:.0%}")

    eventually(ended, ENDED_WITHIN, LOOK_EVERY, what="the training to end")


def _dataset(name: str) -> str:
    dataset: str = personas.material("medassist_models")["datasets"][name]
    return dataset
