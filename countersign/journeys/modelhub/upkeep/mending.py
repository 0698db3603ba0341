"""A model with a missing and a damaged file, and its repair."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.upkeep.on_disk import deletes, digests, overwrites
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Health
from countersign.systems.modelhub.sent import PublishedFile, Sent
from countersign.transport import eventually

REPAIRED_WITHIN = 20.0


@dataclass(frozen=True)
class Damaged:
    """A model and the files of it that are not right."""

    model_id: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Repaired:
    """A repair that is over: what was fetched for it, and how the model is afterwards."""

    damaged: Damaged
    sent: Sent
    published: tuple[PublishedFile, ...]
    digests: Mapping[str, str]
    verified: Mapping[str, Any]
    health: Health


def damages(stage: Any, model: str) -> Damaged:
    """Delete one file of a model and change bytes of another, and have the hub look at it."""
    hub, model_id = hub_of(stage), model_of(model)
    names = personas.material("modelhub_downloads")["damage"]
    deletes(hub, model_id, names["deleted"])
    overwrites(hub, model_id, names["changed"])
    hub.admin.caring.validate(model_id)
    return Damaged(model_id, (names["deleted"], names["changed"]))


def repairs(user: HubUser, damaged: Damaged) -> Repaired:
    """Have a model repaired and wait for the end."""
    user.hub.source.counts_anew()
    user.api.caring.repair(damaged.model_id)
    eventually(lambda: _over(user, damaged.model_id), REPAIRED_WITHIN, every=0.1, what="the repair to be over")
    sent, published = user.hub.source.sent(damaged.model_id), user.hub.source.published(damaged.model_id)
    found = digests(user.hub, damaged.model_id)
    verified = user.api.caring.verify(damaged.model_id)
    return Repaired(damaged, sent, published, found, verified, user.api.models.health(damaged.model_id))


def _over(user: HubUser, model_id: str) -> None:
    repair = user.api.models.get(f"models/health/{model_id}")["repair"]
    assert repair is not None, "no repair is told of"
    assert repair["status"] in ("completed", "failed"), f"the repair is {repair['status']}"
