"""Versions of a model: registered, refused, kept out of service, and still there after a restart."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.medassist.served import Served
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, ManagedModel, own_model
from countersign.journeys.medassist.models.predicting import predicted
from countersign.journeys.medassist.trouble.restarting import starts_anew_where_allowed
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Registered:
    """A model of which the versions of the sentence were registered."""

    model: ManagedModel


@dataclass(frozen=True)
class TwoQualities:
    """What became of a version just below the wanted quality and of one that just reaches it."""

    poor: str
    deploying_poor: Answer
    good: str
    good_version: str
    served: Served


@dataclass(frozen=True)
class Listings:
    """The versions of a model with their states, before and after a restart."""

    before: Sequence[tuple[str, str]]
    after: Sequence[tuple[str, str]]


def registers(admin: Administrator, versions: Sequence[str]) -> Registered:
    """Register versions of a new model in this order."""
    model = own_model(admin, ())
    for version in versions:
        model.models.register_version(model.model_id, version)
    return Registered(model)


def listed(model: ManagedModel) -> list[tuple[str, str]]:
    """Read the versions of a model and their states, as listed."""
    return [(str(each["version"]), str(each["status"])) for each in model.models.versions(model.model_id)]


def tries_registering(model: ManagedModel, version: str) -> Answer:
    """Try to register a version of good quality."""
    body = {"version": version, "metrics": {"accuracy": 0.9}}
    return model.models.ask("POST", f"/api/models/{model.model_id}/versions", json=body)


def tries_deploying(model: ManagedModel, version: str) -> Answer:
    """Try to put a version into service."""
    body = {"version": version, "strategy": "immediate"}
    return model.models.ask("POST", f"/api/models/{model.model_id}/deploy", json=body)


def registers_two_qualities(admin: Administrator, poor: float, good: float) -> TwoQualities:
    """Register a version of poor and one of good accuracy, and try to put each into service."""
    model = own_model(admin, ())
    first = model.models.register_version(model.model_id, FIRST, poor)
    deploying = tries_deploying(model, FIRST)
    second = model.models.register_version(model.model_id, SECOND, good)
    model.models.deploy(model.model_id, SECOND)
    served = predicted(admin.api, model.model_id, f"dry cough, note {admin.stage.tag}")
    return TwoQualities(str(first["status"]), deploying, str(second["status"]), SECOND, served)


def outlive_a_restart(model: ManagedModel) -> Listings:
    """Read the versions, start the system anew where that is allowed, and read them again."""
    before = listed(model)
    starts_anew_where_allowed(model.admin.stage)
    return Listings(before, listed(model))
