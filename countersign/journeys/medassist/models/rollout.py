"""Giving a version to a growing share of the users, by a canary deployment or by a feature flag."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from countersign.expect.medassist.rollout import Preview
from countersign.expect.medassist.served import Served
from countersign.journeys.medassist.models.own_model import SECOND, ManagedModel
from countersign.journeys.medassist.models.predicting import predicted, shared_out
from countersign.systems.medassist.api import MedAssistApi

USERS = 1000
PREDICTIONS = 50
USERS_OF_A_FLAG_THAT_IS_OFF = 100


@dataclass(frozen=True)
class Rollout:
    """Who is served by whom at a smaller share, at a second look at it, and at a larger one.

    `answers` are predictions at the larger share, each with the version that was announced for its user.
    """

    version: str
    smaller: Preview
    again: Preview
    larger: Preview
    answers: Sequence[tuple[str, Served]]

    def at(self, which: str) -> Preview:
        """Give the preview at the "smaller" or the "larger" share."""
        return {"smaller": self.smaller, "larger": self.larger}[which]


@dataclass(frozen=True)
class FlagSettings:
    """Who is served by whom while a flag gives its version to nobody, to everybody, and while it is switched off."""

    version: str
    nobody: Preview
    everybody: Preview
    off: Preview


def users_of(model: ManagedModel, count: int = USERS) -> list[str]:
    """Make up users; which version serves one is a fixed function of these names."""
    return [f"user-{model.admin.stage.tag}-{number}" for number in range(count)]


def previewed(model: ManagedModel, users: Sequence[str]) -> Preview:
    """Ask for each user which version would serve them; the AI is not asked."""

    def version_for(api: MedAssistApi, user: str) -> str:
        return str(api.models.route(model.model_id, user)["model_version"])

    return Preview(dict(zip(users, shared_out(model.admin, users, version_for), strict=True)))


def gives_to_a_growing_share(model: ManagedModel, way: str, smaller: int, larger: int) -> Rollout:
    """Give the second version to a smaller and then to a larger share in percent, by "a canary" or "a feature flag"."""
    give, users = _WAYS[way](model), users_of(model)
    give(smaller)
    first, again = previewed(model, users), previewed(model, users)
    give(larger)
    second = previewed(model, users)

    def answered(api: MedAssistApi, user: str) -> tuple[str, Served]:
        return second.by_user[user], predicted(api, model.model_id, f"dry cough of {user}", user_id=user)

    return Rollout(SECOND, first, again, second, shared_out(model.admin, users[:PREDICTIONS], answered))


def switches_a_flag(model: ManagedModel) -> FlagSettings:
    """Give the second version to nobody and to everybody by a flag, then switch the flag off."""
    name, users = _flag(model), users_of(model)
    model.sets_flag(name, SECOND, 0)
    nobody = previewed(model, users)
    model.sets_flag(name, SECOND, 100)
    everybody = previewed(model, users)
    model.sets_flag(name, SECOND, 100, enabled=False)
    return FlagSettings(SECOND, nobody, everybody, previewed(model, users[:USERS_OF_A_FLAG_THAT_IS_OFF]))


def _flag(model: ManagedModel) -> str:
    name = f"countersign-{model.admin.stage.tag}"
    model.flag_off_in_the_end(name, SECOND)
    return name


def _by_flag(model: ManagedModel) -> Callable[[int], object]:
    return partial(model.sets_flag, _flag(model), SECOND)


def _by_canary(model: ManagedModel) -> Callable[[int], object]:
    running: list[str] = []

    def give(percentage: int) -> None:
        if running:
            model.trials.promote(running[0], percentage)
        else:
            running.append(str(model.starts_canary(SECOND, percentage)["deployment_id"]))

    return give


_WAYS: dict[str, Callable[[ManagedModel], Callable[[int], object]]] = {
    "a canary": _by_canary,
    "a feature flag": _by_flag,
}
