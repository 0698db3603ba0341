"""Everything an administrator can do with a model, done once, with a diary of it."""

from typing import Any

import personas
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.diary import Diary
from countersign.journeys.medassist.models.failing_canary import asks_a_failing_canary
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, THIRD, ManagedModel, own_model
from countersign.systems.medassist.training import Job, TrainingJobs
from countersign.transport import eventually

TRAINED = "2.0.0"
TRAINED_WITHIN = 30.0
WITHDRAWN_WITHIN = 5.0
FAILURES = 20
"""Failed requests of a canary after which it has to be withdrawn (contract, section 6.6)."""


def manages_a_model(diary: Diary, admin: Administrator) -> None:
    """Register, deploy, roll back, flag, compare and train a model of the scenario's own.

    What needs training jobs or a scripted AI is left out where the system or the target does not offer it.
    """
    model = diary.does(lambda: own_model(admin, ()))
    diary.did("model_registered", admin, model.model_id)
    training = _starts_training(diary, model) if "training" in admin.system.capabilities else None
    for version in (FIRST, SECOND, THIRD):
        diary.does(lambda each=version: model.models.register_version(model.model_id, each))  # type: ignore[misc]
        diary.did("model_registered", admin, model.model_id)
    for version in (FIRST, THIRD):
        _deployed(diary, model, diary.does(lambda each=version: model.models.deploy(model.model_id, each)))  # type: ignore[misc]
    diary.does(lambda: model.models.roll_back(model.model_id, "back to the version before"))
    diary.did("model_rolled_back", admin, model.model_id)
    if "scripted-ai" in admin.system.capabilities:
        failing = diary.does(lambda: asks_a_failing_canary(model, FAILURES, FAILURES, WITHDRAWN_WITHIN))
        _deployed(diary, model, failing.deployment)
        diary.did("canary_rolled_back", None, str(failing.deployment["deployment_id"]), model.model_id)
    _compares(diary, model)
    if training is not None:
        _ends_training(diary, model, training)


def _deployed(diary: Diary, model: ManagedModel, deployment: Any) -> None:
    diary.did("model_deployed", model.admin, str(deployment["deployment_id"]))


def _compares(diary: Diary, model: ManagedModel) -> None:
    flag = f"countersign_{model.admin.stage.tag}"
    model.flag_off_in_the_end(flag, SECOND)
    diary.does(lambda: model.sets_flag(flag, SECOND, 10))
    diary.did("flag_changed", model.admin, flag, model.model_id)
    experiment = diary.does(lambda: model.starts_experiment(split=0.5, min_sample=10))
    diary.did("experiment_started", model.admin, experiment.id)
    diary.does(lambda: model.trials.stop(experiment.id))
    diary.did("experiment_stopped", model.admin, experiment.id)


def _starts_training(diary: Diary, model: ManagedModel) -> Job:
    dataset = personas.material("medassist_models")["datasets"]["good"]
    job = diary.does(lambda: TrainingJobs(model.admin.api.ask).start(model.model_id, TRAINED, dataset))
    diary.did("training_started", model.admin, job.id)
    return job


def _ends_training(diary: Diary, model: ManagedModel, job: Job) -> None:
    jobs = TrainingJobs(model.admin.api.ask)

    def ended() -> None:
        if not jobs.read(job.id).ended:
            raise AssertionError("the training goes on")

    diary.does(lambda: eventually(ended, TRAINED_WITHIN, 0.25, what="medassist: the end of a training"))
    diary.did("training_finished", None, job.id)
    diary.did("model_registered", None, model.model_id)
