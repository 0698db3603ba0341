"""Faults of models: which version counts as newest, which one serves, and what becomes of one that fails."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection

from reference.medassist.faults import fault
from reference.medassist.models.cache import Key
from reference.medassist.models.figures import Call
from reference.medassist.models.routing import Choice, ModelState
from reference.medassist.parts import Parts

Result = TypeVar("Result")
EVERY_FIFTH = 5
ANY_VERSION = "any"


@fault("text-sorted-versions", "MA-MODEL-01", "MA-MODEL-07")
def text_sorted_versions(parts: Parts) -> None:
    """Sort versions as texts, so that 1.9.0 counts as newer than 1.10.0, and let poor ones be deployed."""
    parts.registry.sorted = _as_texts  # type: ignore[method-assign]
    parts.registry.good_enough = lambda metrics: True  # type: ignore[method-assign]


def _as_texts(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(shown, key=lambda version: str(version["version"]), reverse=True)


@fault("sticky-old-version", "MA-MODEL-02", "MA-MODEL-03", "MA-PERF-06")
def sticky_old_version(parts: Parts) -> None:
    """Serve one request in five by the version before the last deploy or rollback, and cache without regard to it."""
    former = _FormerVersions(parts)
    parts.registry.write = former.write  # type: ignore[method-assign]
    parts.router.choose = former.choose  # type: ignore[method-assign]
    key = parts.cache.key

    def key_of_any_version(model_id: str, version: str, inputs: str, parameters: Mapping[str, Any]) -> Key:
        return key(model_id, ANY_VERSION, inputs, parameters)

    parts.cache.key = key_of_any_version  # type: ignore[method-assign]


class _FormerVersions:
    def __init__(self, parts: Parts) -> None:
        self._registry = parts.registry
        self._write = parts.registry.write
        self._choose = parts.router.choose
        self._former: dict[str, str] = {}
        self._served: Counter[str] = Counter()

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        before = self._registry.snapshot.models
        result = await self._write(work)
        for model_id, state in before.items():
            now = self._registry.snapshot.models[model_id].active_version
            if state.active_version is not None and now != state.active_version:
                self._former[model_id] = state.active_version
        return result

    def choose(self, state: ModelState, user_id: str) -> Choice | None:
        choice = self._choose(state, user_id)
        former = self._former.get(state.model_id)
        if choice is None or former is None or choice.route != "active":
            return choice
        self._served[state.model_id] += 1
        return replace(choice, version=former) if self._served[state.model_id] % EVERY_FIFTH == 0 else choice


@fault("dice-routing", "MA-MODEL-04", "MA-MODEL-06")
def dice_routing(parts: Parts) -> None:
    """Draw canary, flag and experiment anew at each request, and name a winner without enough data."""
    dice = random.Random()
    parts.router.place = lambda salt, user_id: dice.uniform(0, 100)  # type: ignore[method-assign]
    word = parts.conclusion.word

    def winner(control: tuple[int, int], treatment: tuple[int, int], least: int) -> str:
        said = word(control, treatment, least)
        if said != "inconclusive":
            return said
        return "treatment_better" if _share(treatment) > _share(control) else "control_better"

    parts.conclusion.word = winner  # type: ignore[method-assign]


def _share(arm: tuple[int, int]) -> float:
    results, successes = arm
    return successes / results if results else 0.0


@fault("canary-unwatched", "MA-MODEL-05", "MA-MODEL-08")
def canary_unwatched(parts: Parts) -> None:
    """Count no failure of a model or a canary, and let nobody stand in for a version that fails."""
    note_call, note_canary = parts.figures.note, parts.canaries.note

    def only_good_calls(model_id: str, call: Call) -> None:
        if not call.failed:
            note_call(model_id, call)

    def only_good_canaries(deployment_id: str, failed: bool) -> None:
        if not failed:
            note_canary(deployment_id, failed)

    parts.figures.note = only_good_calls  # type: ignore[method-assign]
    parts.canaries.note = only_good_canaries  # type: ignore[method-assign]
    # The breaker counts none either: it would open for everybody, and only the canary's users are to see its errors.
    parts.breaker.failed = parts.breaker.give_back  # type: ignore[method-assign]
    parts.inference.stand_in = lambda model_id, choice: None  # type: ignore[method-assign]
