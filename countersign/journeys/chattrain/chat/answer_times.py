"""How long single answers take: the finer targets, and health while the content is being reloaded."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.group_talk import JOIN
from countersign.journeys.chattrain.load.api_work import ApiUser, ApiWork, fit
from countersign.journeys.chattrain.pilot_group import PilotGroup
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.model import Session

TARGETS_WITHIN = 80.0
RELOADS_WITHIN = 60.0
LOOK_EVERY = 0.05
LEAST_LOOKS = 20
FIRST_STEPS = {
    "looks at health": "health",
    "looks at the trainings": "trainings",
    "starts of a session": "session",
    "connections to a chat": JOIN,
}
"""What the features call the first steps of a training, and the operations they are."""


def use_and_connect(group: PilotGroup, count: int) -> ApiWork:
    """Let the group ask for health, list, start a session and join its chat `count` times in all, everybody at once."""
    rounds = math.ceil(count / len(group.people))

    def use(person: Trainee) -> list[Operation]:
        user = ApiUser(group, person)
        return [found for _ in range(rounds) for found in _round(user, group, person)]

    outcomes = group.at_once(use, within=TARGETS_WITHIN)
    operations = [operation for outcome in outcomes for operation in outcome.get()]
    seconds = max(outcome.seconds or TARGETS_WITHIN for outcome in outcomes)
    return ApiWork(operations, seconds, group.load)


def _round(user: ApiUser, group: PilotGroup, person: Trainee) -> list[Operation]:
    done = [user.call("health"), user.call("trainings"), user.call("session")]
    if done[-1].problem:
        return done
    session = user.sessions[-1]
    # The time counts to the greeting: before it a trainee cannot begin.
    joined = attempt(person.name, JOIN, lambda: _greeted(person, group, session))
    return [*done, joined]


def _greeted(person: Trainee, group: PilotGroup, session: Session) -> float:
    began = time.monotonic()
    training = person.joins(group.scenario, session)
    seconds = training.greetings[-1].arrived - began
    training.leave()
    return seconds


@dataclass(frozen=True)
class Reloads:
    """What came of reloading the content: the reloads, so many `at_once`, and the looks at health meanwhile."""

    reloads: Sequence[Operation]
    looks: Sequence[Operation]
    at_once: int

    @property
    def load(self) -> str:
        """Say in a report what went on."""
        return f"{self.at_once} reloads at once, {len(self.reloads)} in all"


def reload_while_watching(stage: Any, count: int) -> Reloads:
    """Reload the content so many times at once, and look at health every 50 ms until the last reload is done.

    Who is done early reloads again until there are enough looks, so that every look falls into reloading.
    """
    watcher, *operators = [
        ChatTrainApi(stage.system(), name, stage.recorder)
        for name in ("somebody watching", *(f"operator {number}" for number in range(1, count + 1)))
    ]
    for api in (watcher, *operators):
        stage.at_end(api.close, "closing a connection")
    reloads, looks = list[Operation](), list[Operation]()
    jobs = [
        partial(_watch, watcher, reloads, looks, count),
        *(partial(_reload, api, reloads, looks) for api in operators),
    ]
    watching, *others = together(jobs, within=RELOADS_WITHIN)
    for outcome in others:
        outcome.get()
    return Reloads(reloads, watching.get(), count)


def _reload(api: ChatTrainApi, done: list[Operation], looks: Sequence[Operation]) -> list[Operation]:
    def reload() -> None:
        answer = api.content("POST", "/api/content/reload").must_be(200)
        if answer.json().get("success") is not True:
            raise ContractBroken(f"chattrain: a reload of sound content did not succeed: {answer.beginning()!r}")

    done.append(attempt("an operator", "a reload", reload))
    while len(looks) < LEAST_LOOKS and not done[-1].problem:
        done.append(attempt("an operator", "a reload", reload))
    return done


def _watch(api: ChatTrainApi, reloads: Sequence[Operation], looks: list[Operation], count: int) -> list[Operation]:
    pace = Pace(LOOK_EVERY)
    while len(reloads) < count or len(looks) < LEAST_LOOKS:
        pace.wait()
        looks.append(attempt("somebody watching", "health", lambda: fit(api)))
    return looks
