"""A model that fails or is slow for a while: what its figures and alerts say, and when they are good again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from countersign.expect.medassist.served import Served
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.models.alerts import waited_for_alert
from countersign.journeys.medassist.models.own_model import FIRST, ManagedModel
from countersign.journeys.medassist.models.predicting import predicted, shared_out
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.medassist.model_figures import ModelFigures, alerts_of, figures_of
from countersign.systems.scripted_ai import mark

AT_ONCE = 25
"""Slow predictions at work at the same time, so that the scenario is quick; far below what the system must bear."""


@dataclass(frozen=True)
class Trouble:
    """What was caused in a model's last 50 requests, and what was told of it.

    `figures` are those of the whole model, `of_version` those of its only version. `raised_after` is None if the alert
    did not come in time.
    """

    model: ManagedModel
    alert: str
    served: Sequence[Served]
    figures: ModelFigures
    of_version: ModelFigures
    raised_after: float | None

    @property
    def failed(self) -> int:
        """How many requests brought no prediction."""
        return sum(bool(each.problem) for each in self.served)

    @property
    def longest(self) -> float:
        """The seconds of the slowest prediction as its asker saw it."""
        return max((each.prediction.seconds for each in self.served if each.prediction is not None), default=0.0)


def fails_every_fifth(model: ManagedModel, count: int, limit: float) -> Trouble:
    """Ask for predictions, of which the AI fails every fifth, and wait up to `limit` seconds for the alert.

    They are asked for one after the other: five failures in a row would open the circuit breaker.
    """
    inputs = [_question(model, number, number % 5 == 4) for number in range(count)]
    served = [predicted(model.admin.api, model.model_id, each) for each in inputs]
    return _trouble(model, "model_error_rate", served, limit)


def is_slow(model: ManagedModel, count: int, seconds: float, limit: float) -> Trouble:
    """Ask for predictions, each of which takes the AI so long, and wait up to `limit` seconds for the alert."""
    inputs = [mark("delay", f"dry cough {number} {model.admin.stage.tag}", seconds=seconds) for number in range(count)]
    return _trouble(model, "model_latency", shared_out(model.admin, inputs, _asking(model), AT_ONCE), limit)


def recovers(trouble: Trouble, count: int, limit: float) -> float | None:
    """Ask for so many good predictions, then wait up to `limit` seconds for the alert to end.

    Gives the seconds from the last of them to the end of the alert, None if it did not end.
    """
    model = trouble.model
    inputs = [f"well again {number} {model.admin.stage.tag}" for number in range(count)]
    shared_out(model.admin, inputs, _asking(model))
    return waited_for_alert(model, model.model_id, trouble.alert, limit, active=False)


def resolved_alerts(trouble: Trouble) -> int:
    """Count the alerts of this trouble that are resolved and say when."""
    listed = alerts_of(trouble.model.models, trouble.model.model_id, trouble.alert)
    return sum(alert.status == "resolved" and alert.resolved_at is not None for alert in listed)


def measure_change(trouble: Trouble, what: str, seconds: float | None, limit: float) -> None:
    """Journal how long an alert took to be raised or resolved, if it came to that."""
    if seconds is not None:
        name = f"alert {trouble.alert} {what}"
        measure_longest(
            trouble.model.admin.stage, name, [seconds], below=limit, load=f"{len(trouble.served)} predictions"
        )


def _trouble(model: ManagedModel, alert: str, served: Sequence[Served], limit: float) -> Trouble:
    figures = figures_of(model.models, model.model_id), figures_of(model.models, model.model_id, FIRST)
    return Trouble(model, alert, served, *figures, waited_for_alert(model, model.model_id, alert, limit, active=True))


def _question(model: ManagedModel, number: int, failing: bool) -> str:
    text = f"dry cough {number} {model.admin.stage.tag}"
    return mark("status", text, code=500) if failing else text


def _asking(model: ManagedModel) -> Callable[[MedAssistApi, str], Served]:
    return lambda api, inputs: predicted(api, model.model_id, inputs)
