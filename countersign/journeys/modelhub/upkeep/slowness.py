"""Runs that become slower together with something: the resolution, the load, the version, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from countersign.expect.modelhub.slowness import Slowness
from countersign.journeys.modelhub.generation.runs import ended, runs, runs_singly
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import installed
from countersign.journeys.modelhub.updates.update_talk import updates_to
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.systems.modelhub.moments import seconds_of
from countersign.systems.scripted_ai import mark

RUNS = 5
FAST, SLOW, STEADY = 0.2, 0.6, 0.7
"""Seconds that the engine takes for a run."""
LOW, HIGH = "854x480", "1920x1080"
SIZE_MB = 0.1
FILLING = 5


def becomes_slower(user: HubUser, cause: str) -> Slowness:
    """Run a model 5 times as usual and 5 times slower together with a cause; give what is told then."""
    user.stage.need("scripted-ai")
    [name] = installed(hub_of(user.stage), [SIZE_MB])
    before = runs(user.api, name, [_taking(FAST)] * RUNS, resolution=LOW)
    found = _told(user, name, before, _SLOWER[cause](user, name))
    return replace(found, scripted_percent=(SLOW - FAST) / FAST * 100)


def stays_as_it_is(user: HubUser) -> Slowness:
    """Run a model 5 times and 5 times again, all alike; give what is told then."""
    user.stage.need("scripted-ai")
    [name] = installed(hub_of(user.stage), [SIZE_MB])
    before = runs(user.api, name, [_taking(STEADY)] * RUNS, resolution=LOW)
    return _told(user, name, before, runs(user.api, name, [_taking(STEADY)] * RUNS, resolution=LOW))


def _told(user: HubUser, name: str, before: list[Task], last: list[Task]) -> Slowness:
    health = user.api.models.overall_health()
    used = user.api.models.get("models/analytics")["model_analytics"][name]
    advised = [each for each in health["recommendations"] if each["type"] == "performance" and each["model_id"] == name]
    return Slowness(
        [seconds_of(task) for task in before],
        [seconds_of(task) for task in last],
        used["performance_trend"],
        used["performance_issues"],
        advised,
    )


def _in_high_resolution(user: HubUser, name: str) -> list[Task]:
    return runs(user.api, name, [_taking(SLOW)] * RUNS, resolution=HIGH)


def _under_load(user: HubUser, name: str) -> list[Task]:
    """Run while others wait: generations of less priority with another model keep the lanes full before and after."""
    [other] = installed(hub_of(user.stage), [SIZE_MB])
    filling = _ordered(user, other, FILLING, priority="low")
    slow = _ordered(user, name, RUNS, resolution=LOW, priority="high")
    return ended(user.api, [*slow, *filling])[:RUNS]


def _ordered(user: HubUser, name: str, count: int, **more: Any) -> list[str]:
    return [str(user.api.generation.submit(name, _taking(SLOW), **more)["task_id"]) for _ in range(count)]


def _with_a_new_version(user: HubUser, name: str) -> list[Task]:
    updates_to(hub_of(user.stage), name, "2.1.0", changed_files=["config.json"])
    return runs_singly(user.api, name, [_taking(SLOW)] * RUNS, resolution=LOW)


_SLOWER: Mapping[str, Callable[[HubUser, str], Any]] = {
    "resolution": _in_high_resolution,
    "load": _under_load,
    "version": _with_a_new_version,
}


def _taking(seconds: float) -> str:
    return mark("echo", "A paper boat crosses a pond", after=seconds)
