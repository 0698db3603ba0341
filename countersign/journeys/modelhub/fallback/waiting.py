"""Requests that wait for a model: entered, placed, served one after the other, too many, withdrawn, overdue."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.waiting import Overdue, Overfull, Privacy, Served, Waiter, Withdrawn
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import Task
from countersign.transport import eventually
from countersign.transport.answer import Answer

LIMIT_MBPS = 20.0
AVAILABLE_WITHIN, SERVED_WITHIN, FIRST_WITHIN = 30.0, 60.0, 10.0
GRACE_SECONDS = 10.0
MINUTE = 60.0


@dataclass(frozen=True)
class Full:
    """A queue that was filled: by whom, for which model, with which requests, and what it answered."""

    model_id: str
    ids: tuple[str, ...]
    overfull: Overfull


def lets_wait(user: HubUser, model: str, priorities: Sequence[str]) -> Served:
    """Let requests wait for a model on its way, in this order, and follow them until all are served.

    One more generation of the same person runs to its end behind them, so that a doubled one has time to show.
    """
    user.stage.need("fallback-queue")
    api, model_id = user.api, model_of(model)
    line = user.follows_tasks()
    api.downloads.start(model_id, bandwidth_limit_mbps=LIMIT_MBPS)
    api.downloads.manage(model_id, "pause")
    waiters = tuple(_enters(user, model_id, number, rank) for number, rank in enumerate(priorities))
    listed = {each["queue_id"]: each["position"] for each in api.fallback.waiting()["requests"]}
    api.downloads.manage(model_id, "resume")
    prompts = {waiter.prompt for waiter in waiters}
    available = eventually(lambda: _available(user, model_id), AVAILABLE_WITHIN, what=f"{model_id} to be available")
    eventually(lambda: _made(user, prompts, 1), FIRST_WITHIN, what="the first request to be served")
    first_after = time.monotonic() - available
    eventually(lambda: _completed(user, prompts, len(waiters)), SERVED_WITHIN, every=0.2, what="all to be served")
    last = api.generation.submit(model_id, plain(user, len(waiters)), priority="low")["task_id"]
    line.wait_for_data("task_update", SERVED_WITHIN, task_id=last, status="completed")
    tasks = [task for task in reversed(api.generation.tasks()) if task.id != last]
    by_id = {task.id: task.prompt for task in tasks}
    ends = [frame.data["task_id"] for frame in line.frames if frame.says("task_update", status="completed")]
    states = {each["queue_id"]: str(each["status"]) for each in api.fallback.waiting()["requests"]}
    completions = tuple(by_id.get(name, "a request of nobody") for name in ends if name != last)
    return Served(waiters, listed, tuple(tasks), completions, states, first_after)


def overfills(user: HubUser, model: str, count: int) -> Full:
    """Fill the queue with so many requests for a model that is not on its way, and try one more."""
    user.stage.need("fallback-queue")
    model_id = model_of(model)
    accepted = tuple(_tries(user, model_id, number) for number in range(count))
    next_one = _tries(user, model_id, count)
    ids = tuple(str(answer.json()["queue_id"]) for answer in accepted if answer.status == 202)
    told = user.api.fallback.waiting()
    states = tuple(str(each["status"]) for each in told["requests"] if each["queue_id"] in ids)
    return Full(model_id, ids, Overfull(accepted, next_one, int(told["total_waiting"]), states))


def tries_anothers(owner: HubUser, other: HubUser, full: Full) -> Privacy:
    """Have somebody else look for a request, read it and withdraw it."""
    one = full.ids[0]
    listed = any(each["queue_id"] in full.ids for each in other.api.fallback.waiting()["requests"])
    read = other.api.fallback.try_request("GET", one).status
    withdrawn = other.api.fallback.try_request("DELETE", one).status
    return Privacy(listed, read, withdrawn, _state(owner, one))


def withdraws(owner: HubUser, other: HubUser, full: Full) -> Withdrawn:
    """Have the owner withdraw a request, and somebody else take its place."""
    one = full.ids[0]
    answer = owner.api.fallback.try_request("DELETE", one).status
    return Withdrawn(answer, _state(owner, one), _tries(other, full.model_id, 0).status)


def becomes_overdue(user: HubUser, model: str, minutes: int) -> Overdue:
    """Let a request wait for at most so many minutes for a model that does not come."""
    user.stage.need("fallback-queue", "topic-events")
    line = user.listens("fallback_notifications")
    asked = time.monotonic()
    taken = user.api.fallback.wait_for(model_of(model), plain(user), max_wait_time_minutes=minutes)
    name, longest = str(taken["queue_id"]), minutes * MINUTE
    told, seconds = True, longest + GRACE_SECONDS
    try:
        frame = line.wait_for_data("model_queue_update", seconds, queue_id=name, status="expired")
        seconds = frame.arrived - asked
    except DeadlineExceeded:
        told = False
    request = user.api.fallback.try_request("GET", name).must_be(200).json()
    return Overdue(str(request["status"]), request["error_message"], told, seconds, longest)


def _enters(user: HubUser, model_id: str, number: int, rank: str) -> Waiter:
    prompt = plain(user, number)
    taken = user.api.fallback.wait_for(model_id, prompt, priority=rank)
    return Waiter(str(taken["queue_id"]), rank, prompt)


def _tries(user: HubUser, model_id: str, number: int) -> Answer:
    request = {"prompt": plain(user, number), "parameters": {}}
    return user.api.fallback.try_waiting({"model_id": model_id, "request": request})


def _state(user: HubUser, name: str) -> str:
    return str(user.api.fallback.try_request("GET", name).must_be(200).json()["status"])


def _available(user: HubUser, model_id: str) -> float:
    now = user.api.models.status(model_id)
    assert now.is_available, f"it is {now.availability}"
    return time.monotonic()


def _made(user: HubUser, prompts: set[str], least: int) -> list[Task]:
    made = [task for task in user.api.generation.tasks() if task.prompt in prompts]
    assert len(made) >= least, f"{len(made)} generations were made of them"
    return made


def _completed(user: HubUser, prompts: set[str], count: int) -> None:
    over = {task.prompt for task in user.api.generation.tasks() if task.prompt in prompts and task.final}
    assert len(over) == count, f"{len(over)} of {count} are over"
