"""A regular user while many others are active: a place in the queue that comes forward, and a result (6.11)."""

import time
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.journeys.modelhub.walks.crowd import Crowd, crowd_of
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must
from countersign.load.meanwhile import meanwhile
from countersign.systems.modelhub.model import Task
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

OTHERS, PENDING = 50, 20
LIMIT = 2.0
"""The real wait is at most twice the announced one."""
WITHIN = 60.0
PRIORITIES = {"low", "normal", "high"}


def walks(walk: Walk) -> None:
    """Walk it while 50 others are active and at least 20 of their generations are pending."""
    walk.stage.need("scripted-ai")
    hub = hub_of(walk.stage)
    hub.has_installed([TEXT])
    rosa = common.regular(walk)
    crowd = crowd_of(walk.stage, OTHERS)
    if walk.variant.endswith(" 1"):
        crowd.gets_used_to(PENDING)
    rosa.api.token  # noqa: B018 - she has signed in before the others come
    _, looks = meanwhile(lambda: _waits(walk, rosa, crowd), crowd.active(), within=WITHIN)
    failed = [look.error for look in looks if look.error is not None]
    walk.stage.recorder.say(f"{OTHERS} others looked {sum(look.value or 0 for look in looks)} times meanwhile")
    must(not failed, f"{len(failed)} of {OTHERS} others could not go on, the first: {failed[0] if failed else ''}")


def _waits(walk: Walk, rosa: HubUser, crowd: Crowd) -> None:
    asked_before = crowd.fills_the_queue(PENDING)
    walk.begins()
    told: Mapping[str, Any] = {}
    asked = time.monotonic()
    with walk.step("request during high load") as step:
        prompt = mark("chunks", common.prompt(rosa), count=6, pause=0.08)
        told = common.taken(walk, rosa, rosa.api.generation.try_submitting(TEXT, prompt), "a refusal under load")
        step.answered()
        step.shows(accepted=told.get("task_id"))
    with walk.step("receive the place in the queue") as step:
        step.answered()
        wait = told.get("estimated_wait_seconds")
        must(told.get("queue_position") is not None, "no place in the queue was told")
        position = int(told["queue_position"])
        ahead = crowd.pending() - 1  # those that still wait were there before
        step.shows(position=position > ahead, wait=(wait or 0) > 0)
        must(position > ahead, f"place {position} was told while {ahead} others were waiting")
    with walk.step("receive priority options") as step:
        step.answered()
        options = set(told.get("priority_options") or ())
        must(options >= PRIORITIES, f"the priorities on offer are {', '.join(sorted(options)) or 'none'}")
    places: list[int] = []
    with walk.step("monitor the queue") as step:
        _watches(rosa, step, told, places)
    with walk.step("the request is processed") as step:
        step.answered()
        took = time.monotonic() - asked
        announced = float(told.get("estimated_wait_seconds") or 0)
        step.promised(announced, took)
        must(took <= LIMIT * announced, f"{announced:.1f} s were announced, the wait was {took:.1f} s")
        task = eventually(lambda: _progresses(rosa, told), common.GENERATION_WITHIN, every=0.05, what="its progress")
        step.shows(progress=0 < float(task.raw.get("progress") or 0) <= 100)
    with walk.step("completion under load") as step:
        step.answered()
        task = common.generated(rosa, str(told.get("task_id")))
        must(common.has_output(rosa, task), "the completed generation has no output")
        step.shows(output=True)
    crowd.see_the_end_of(asked_before)


def _watches(rosa: HubUser, step: Taking, told: Mapping[str, Any], places: list[int]) -> None:
    def has_begun() -> None:
        task = rosa.api.generation.task(str(told.get("task_id")))
        step.answered()
        must(task is not None, "the request is in no list")
        assert task is not None
        if task.status == "pending":
            must(task.queue_position is not None, "the place in the queue is not told any more")
            places.append(int(task.queue_position or 0))
        must(task.status != "pending", f"it waits at place {task.queue_position}")

    eventually(has_begun, WITHIN, every=0.1, what="its turn to come")
    rose = [(before, after) for before, after in pairwise(places) if after > before]
    step.shows(falling_position=len(set(places)) > 1 and not rose)
    must(not rose, f"its place went from {rose[0][0]} back to {rose[0][1]}" if rose else "")
    must(len(set(places)) > 1, f"its place was never seen to come forward: {sorted(set(places)) or 'none was told'}")


def _progresses(rosa: HubUser, told: Mapping[str, Any]) -> Task:
    task = rosa.api.generation.task(str(told.get("task_id")))
    assert task is not None, "the request is in no list"
    must(float(task.raw.get("progress") or 0) > 0, f"it is {task.status} without progress")
    return task
