"""Questions that were asked before: when the cache answers, and when it must not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.medassist.cached import Cached
from countersign.expect.medassist.served import Served
from countersign.journeys.measuring import measure_percentile
from countersign.journeys.medassist.models.own_model import FIRST, SECOND, ManagedModel
from countersign.journeys.medassist.models.predicting import predicted, shared_out
from countersign.journeys.medassist.models.rollout import previewed, users_of
from countersign.journeys.scripts import bind, scripted_ai
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.scripted_ai import mark

AI_SECONDS = 0.3
AT_ONCE = 5
HALF = 50.0
CANARY_SHARE = 99
CANDIDATES = 20
CALLS_OF_A_FAILURE = 2
"""Calls to the AI that one failing prediction makes: the second is the retry (contract, section 6.7)."""


@dataclass(frozen=True)
class AskedTwice:
    """Questions that were asked twice, and how often the AI was asked for any of them."""

    first: Sequence[Served]
    second: Sequence[Served]
    calls: int


@dataclass(frozen=True)
class Differently:
    """A question that was repeated, and others that differ from it in one thing (among them its first asking)."""

    repetition: Cached
    others: Sequence[Cached]


@dataclass(frozen=True)
class FailedAndAgain:
    """A question that failed and was asked again; one answered twice in place of a canary, then by the canary."""

    failed: Cached
    after_failure: Cached
    in_place: Sequence[Cached]
    once_well: Cached


def asks_twice(model: ManagedModel, count: int) -> AskedTwice:
    """Ask so many questions and then all of them again; the AI takes 0.3 s for each."""
    place = scripted_ai(model.admin.stage).here()
    questions = [
        mark("echo", f"dry cough for {number} days, note {model.admin.stage.tag}", after=AI_SECONDS)
        for number in range(count)
    ]

    def ask(api: MedAssistApi, question: str) -> Served:
        return predicted(api, model.model_id, question)

    first = shared_out(model.admin, questions, ask, AT_ONCE)
    second = shared_out(model.admin, questions, ask, AT_ONCE)
    return AskedTwice(first, second, len(_calls(model, place)))


def measure_both(stage: Any, asked: AskedTwice) -> tuple[float, float]:
    """Journal and give the median time of the first and of the second answers."""
    first, second = (
        measure_percentile(
            stage,
            f"{name} answer to a question",
            [each.prediction.seconds for each in served if each.prediction is not None],
            HALF,
            below=None,
            load=f"{AT_ONCE} at a time, AI of {AI_SECONDS:g} s",
            required=len(served),
        )
        for name, served in (("first", asked.first), ("second", asked.second))
    )
    return first, second


def asks_differently(model: ManagedModel) -> Differently:
    """Have a question in the cache, then change one thing after the other: words, parameter, version."""
    question, asked = f"sore throat since Monday, note {model.admin.stage.tag}", _Asked(model)
    first = asked.once("asked for the first time", question)
    repetition = asked.once("asked again", question)
    others = [
        first,
        asked.once("asked in other words", f"{question}!"),
        asked.once("asked with a parameter", question, parameters={"temperature": 0.1}),
        asked.once("asked with another value of the parameter", question, parameters={"temperature": 0.9}),
    ]
    model.models.deploy(model.model_id, SECOND)
    return Differently(repetition, [*others, asked.once("asked of a new version", question)])


def asks_what_fails(model: ManagedModel) -> FailedAndAgain:
    """Ask again what the AI failed to answer, and what one version answered in place of a failing canary."""
    stage, asked = model.admin.stage, _Asked(model)
    failing, in_place = (f"{words}, note {stage.tag}" for words in ("an itchy eye", "a stiff knee"))
    bind(stage, "status", model=model.called(FIRST), contains=failing, code=500, calls=CALLS_OF_A_FAILURE)
    failed = asked.once("failed", failing)
    after_failure = asked.once("asked again after it failed", failing)
    broken = bind(stage, "status", model=model.called(SECOND), code=500)
    model.starts_canary(SECOND, CANARY_SHARE)
    users = previewed(model, users_of(model, CANDIDATES)).users_of(SECOND)
    user = min(users)
    meanwhile = [
        asked.once("asked while the canary fails", in_place, user_id=user),
        asked.once("asked again while the canary fails", in_place, user_id=user),
    ]
    broken.undo()
    once_well = asked.once("asked again once the canary answers", in_place, user_id=user)
    return FailedAndAgain(failed, after_failure, meanwhile, once_well)


class _Asked:
    """Asks single questions and looks which calls to the AI each of them made."""

    def __init__(self, model: ManagedModel) -> None:
        self._model = model
        self._ai = scripted_ai(model.admin.stage)

    def once(self, how: str, question: str, **more: Any) -> Cached:
        place = self._ai.here()
        served = predicted(self._model.admin.api, self._model.model_id, question, **more)
        return Cached(how, served, tuple(_calls(self._model, place)))


def _calls(model: ManagedModel, place: int) -> list[str]:
    """Give the versions of the model for which the AI was asked since a place in its record."""
    begin = model.called("")
    calls = scripted_ai(model.admin.stage).since(place)
    return [call.model.removeprefix(begin) for call in calls if call.model.startswith(begin)]
