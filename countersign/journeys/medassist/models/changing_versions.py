"""Deploying and rolling back a model's version while predictions go on."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from countersign.errors import DeadlineExceeded
from countersign.expect.medassist.served import Served, a_row_served_by
from countersign.journeys.medassist.administrator import Administrator
from countersign.journeys.medassist.models.own_model import (
    FIRST,
    SECOND,
    ManagedModel,
    next_version,
    own_model,
    patients_model,
)
from countersign.journeys.medassist.models.predicting import CONNECTIONS, Asking, asked_all_the_time, predicted
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.audit import AuditEntry
from countersign.systems.medassist.model import Message
from countersign.transport import eventually
from countersign.transport.answer import Answer

BEFORE, AFTER = 100, 150
"""Predictions before and after a change: 200 and more in all, and a hundred after it to look at."""
IN_A_ROW = 100
QUESTIONS = 3


@dataclass(frozen=True)
class NewVersion:
    """A version that is registered and not yet in service."""

    model: ManagedModel
    version: str


@dataclass(frozen=True)
class Change:
    """The predictions while a version came into service, which are in force from `changed` on (monotonic)."""

    former: str
    version: str
    served: Sequence[Served]
    changed: float

    @property
    def afterwards(self) -> list[Served]:
        """Those that began after the system had confirmed the change."""
        return [each for each in self.served if each.began > self.changed]


@dataclass(frozen=True)
class Rollback:
    """A rollback: the predictions while it was made, and questions that only the withdrawn version had answered."""

    model: ManagedModel
    reason: str
    change: Change
    asked_again: Sequence[Served]


def registers_next(admin: Administrator) -> NewVersion:
    """Register a further version of the model that answers patients."""
    model = patients_model(admin)
    version = next_version(model)
    model.models.register_version(model.model_id, version)
    return NewVersion(model, version)


def deploys_meanwhile(new: NewVersion) -> Change:
    """Put a version into service while predictions go on."""
    former, model = new.model.active, new.model

    def lasting(asking: Asking) -> Change:
        asking.wait_for(BEFORE)
        model.models.deploy(model.model_id, new.version)
        changed = time.monotonic()
        asking.wait_for(AFTER, changed)
        return Change(former, new.version, asking.served, changed)

    return asked_all_the_time(model, lasting)


def next_reply(patient: Patient) -> Message:
    """Say something and read the stored answer with what is known of its making."""
    turn = patient.says("I have had a cough for two days")
    history = patient.api.sessions.whole_history(patient.session.id)
    return next(message for message in history if message.in_reply_to == turn.message_id)


def deployed_second(admin: Administrator) -> ManagedModel:
    """Make a model whose second version is in service after its first."""
    model = own_model(admin)
    model.models.deploy(model.model_id, SECOND)
    return model


def rolls_back_meanwhile(model: ManagedModel, reason: str, limit: float) -> Rollback:
    """Go back to the first version while predictions go on, and wait up to `limit` seconds for a hundred by it.

    Questions that the withdrawn version has answered before are asked again afterwards.
    """
    model.admin.stage.need("audit-read")
    questions = [f"sore throat, question {number} {model.admin.stage.tag}" for number in range(QUESTIONS)]
    for question in questions:
        model.models.predict(model.model_id, question)

    def lasting(asking: Asking) -> Change:
        asking.wait_for(BEFORE)
        model.models.roll_back(model.model_id, reason)
        changed = time.monotonic()
        with suppress(DeadlineExceeded):  # what was served until then is judged by the sentence
            eventually(partial(_served_in_a_row, asking, changed), limit, what="the former version to serve everybody")
        return Change(SECOND, FIRST, asking.served, changed)

    change = asked_all_the_time(model, lasting)
    return Rollback(model, reason, change, [predicted(model.admin.api, model.model_id, each) for each in questions])


def _served_in_a_row(asking: Asking, changed: float) -> None:
    served = asking.since(changed)
    if len(served) < AFTER or a_row_served_by(FIRST, IN_A_ROW).lack(served):
        raise AssertionError(f"{len(served)} predictions since")


def measure_withdrawal(rollback: Rollback, limit: float) -> None:
    """Journal how long after the rollback the withdrawn version still began to answer."""
    change = rollback.change
    late = [each.began - change.changed for each in change.afterwards if each.version != change.version]
    rollback.model.admin.stage.measure(
        "rollback to the last prediction of another version",
        max(late, default=0.0),
        "s",
        samples=len(change.afterwards),
        limit=limit,
        relation="below",
        required_samples=IN_A_ROW,
        statistic="maximum",
        load=f"{CONNECTIONS} connections",
    )


def rollback_entries(rollback: Rollback) -> list[AuditEntry]:
    """Read what the audit trail says of the rollbacks of the model."""
    return rollback.model.admin.api.audit.entries(action="model_rolled_back", resource_id=rollback.model.model_id)


def rolls_back_further(rollback: Rollback) -> Answer:
    """Try to roll back once more, where nothing came before the version in service."""
    path = f"/api/models/{rollback.model.model_id}/rollback"
    return rollback.model.models.ask("POST", path, json={"reason": "one more step back"})
