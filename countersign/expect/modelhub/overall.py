"""Matchers for the health of the whole store: score, counts, recommendations and storage agree with the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import need

WEIGHTS = {"healthy": 1.0, "degraded": 0.7, "corrupted": 0.3, "missing": 0.1, "unknown": 0.1}
"""What a model of each state counts for in the overall score (contract 6.5)."""

ROUNDED = 0.0015
PERCENT_ROUNDED = 0.5
ADVICE = {
    "missing": ("missing_model", frozenset({"download"})),
    "corrupted": ("repair", frozenset({"repair", "redownload"})),
}
PRIORITIES = frozenset({"low", "medium", "high", "critical"})


@dataclass(frozen=True)
class Store:
    """The overall health that was told of a mix of models. `states` are those brought about, by model.

    `used_percent` is what the files on disk take of the capacity, None where the suite cannot know.
    """

    states: Mapping[str, str]
    told: Mapping[str, Any]
    used_percent: float | None

    @property
    def what(self) -> str:
        """The mix in words."""
        return ", ".join(f"{name} {state}" for name, state in self.states.items())


class AgreesWithItsModels(Lacking[Store]):
    """See `agrees_with_its_models`."""

    expected = "score, counts, recommendations and storage that agree with the state of each model"

    def lack(self, item: Any) -> str:
        """Say what disagrees."""
        wrong = _wrong(item)
        return f"with {item.what}: {wrong}" if wrong else ""


def agrees_with_its_models() -> AgreesWithItsModels:
    """Match the health of a store that agrees with the state of each of its models."""
    return AgreesWithItsModels()


def _wrong(item: Store) -> str:
    models = need(item.told, "model_health", dict, "the health of the store")
    overall = need(item.told, "system_health", dict, "the health of the store")
    states = {name: each["health_status"] for name, each in models.items()}
    for name, due in item.states.items():
        if states.get(name) != due:
            return f"{name} is told as {states.get(name, 'nothing')}"
    due_score = sum(WEIGHTS[state] for state in states.values()) / len(states)
    score = overall["overall_health_score"]
    if abs(score - due_score) > ROUNDED:
        return f"the overall score is {score:g}, that of the models is {due_score:.3f}"
    for state in ("healthy", "degraded", "corrupted", "missing"):
        due_count, told = list(states.values()).count(state), overall[f"models_{state}"]
        if told != due_count:
            return f"{told} models are told as {state}, {due_count} are"
    if item.used_percent is not None and abs(overall["storage_usage_percent"] - item.used_percent) > PERCENT_ROUNDED:
        return f"the storage is told as {overall['storage_usage_percent']} % full, it is {item.used_percent:.1f} %"
    return _unadvised(states, item.told["recommendations"])


def _unadvised(states: Mapping[str, str], recommendations: Any) -> str:
    for name, state in states.items():
        if state not in ADVICE:
            continue
        kind, actions = ADVICE[state]
        fitting = [
            each
            for each in recommendations
            if each["model_id"] == name and each["type"] == kind and each["action"] in actions and each["message"]
        ]
        if not fitting:
            return f"nothing is recommended for {name}, which is {state}"
        if fitting[0]["priority"] not in PRIORITIES:
            return f"the recommendation for {name} has the priority {fitting[0]['priority']}"
    return ""
