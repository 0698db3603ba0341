"""What the parts of the hub are asked again and again: requests by their number, so that they vary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from countersign.errors import ContractBroken
from countersign.systems.modelhub.api import BASE, ModelHubApi
from countersign.transport.answer import Answer
from countersign.transport.flight import Shot

PRIORITIES = ("low", "medium", "high", "critical")
WISHES = tuple(
    product(
        ("low", "medium", "high"),
        ("fast", "medium", "slow"),
        ("854x480", "1024x576", "1280x720", "1920x1080"),
        (None, 1, 60),
    )
)
"""Quality, speed, resolution and longest wait in minutes of the questions for an alternative."""


@dataclass(frozen=True)
class Routine:
    """One request and what a good answer to it holds."""

    what: str
    method: str
    path: str
    holds: str
    body: Mapping[str, Any] | None = None


Routines = Callable[[int], Routine]


@dataclass(frozen=True)
class RoutineShot(Shot):
    """A routine on its way over a connection that is kept."""

    routine: Routine = Routine("nothing", "GET", "", "")


def ask(api: ModelHubApi, routine: Routine) -> float:
    """Ask and give the seconds to the whole answer. Raises SystemFault for an answer that is none."""
    return answered(routine, api.ask(routine.method, routine.path, json=routine.body))


def shot_of(routine: Routine, token: str) -> RoutineShot:
    """Give the request under somebody's sign-in."""
    headers = {"Authorization": f"Bearer {token}"}
    return RoutineShot(routine.method, f"{BASE}{routine.path}", routine.body, headers, "keep-alive", routine)


def answered(routine: Routine, answer: Answer) -> float:
    """Give the seconds to an answer. Raises SystemFault if it is none to this routine."""
    told = answer.must_be(200).json()
    if not isinstance(told, Mapping) or routine.holds not in told:
        raise ContractBroken(f"modelhub: the answer to {routine.what} holds no {routine.holds}")
    return answer.seconds


def controls_of(model_id: str) -> Routines:
    """Ask for another speed limit, another priority and the progress of a transfer in turn."""

    def routine(number: int) -> Routine:
        if number % 3 == 2:
            return Routine("the progress of a download", "GET", f"/models/download/progress/{model_id}", "progress")
        limit, priority = 1 + number % 50, PRIORITIES[number // 3 % len(PRIORITIES)]
        wish = {"bandwidth_limit_mbps": limit} if number % 3 else {"priority": priority}
        body = {"model_id": model_id, "action": "bandwidth" if number % 3 else "priority", **wish}
        return Routine("controlling a download", "POST", "/models/download/manage", "current_status", body)

    return routine


def health(_: int) -> Routine:
    """Ask for the health of all models."""
    return Routine("the health of the models", "GET", "/models/health", "model_health")


def status(number: int) -> Routine:
    """Ask for the short and the detailed status of all models in turn."""
    path = "/models/status/detailed" if number % 2 else "/models/status"
    return Routine("the status of the models", "GET", path, "models")


def suggestions_among(models: tuple[str, ...]) -> Routines:
    """Ask for alternatives to one model after the other, each time with another wish."""

    def routine(number: int) -> Routine:
        quality, speed, resolution, wait = WISHES[number * 7 % len(WISHES)]
        wishes = {"quality": quality, "speed": speed, "resolution": resolution}
        body = {
            "requested_model": models[number % len(models)],
            **wishes,
            **({"max_wait_minutes": wait} if wait else {}),
        }
        return Routine("a suggestion", "POST", "/models/fallback/suggest", "fallback_strategy", body)

    return routine


def use(_: int) -> Routine:
    """Ask for the figures of use."""
    return Routine("the figures of use", "GET", "/models/analytics", "model_analytics")


def machine(_: int) -> Routine:
    """Ask what the machine has and uses."""
    return Routine("the statistics of the system", "GET", "/system/stats", "ram_percent")


def recovery(_: int) -> Routine:
    """Ask how the hub is as a whole."""
    return Routine("the health of the recovery", "GET", "/recovery/health", "overall_status")


def verifying(models: tuple[str, ...]) -> Routines:
    """Have one model after the other hashed."""

    def routine(number: int) -> Routine:
        path = f"/models/verify/{models[number % len(models)]}"
        return Routine("verifying a model", "POST", path, "is_valid")

    return routine


def mixed(*kinds: Routines) -> Routines:
    """Take one of these kinds after the other."""
    return lambda number: kinds[number % len(kinds)](number // len(kinds))
