"""What people get wrong at the way in, each mistake followed by a correct request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.chattrain.plain_refusal import Attempt
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.written import written
from countersign.transport.answer import Answer

LONG = 300


@dataclass(frozen=True)
class Attempts:
    """What was tried, in its order."""

    all: tuple[Attempt, ...]


def starts_wrongly(trainee: Trainee, names: Sequence[str]) -> Attempts:
    """Try to start a session with each of these mistakes (chattrain_mistakes.yaml), then correctly each time.

    Every try has a user name of its own, so that no limit on sessions is met.
    """
    scenario = trainee.finds("customer service")
    known = personas.material("chattrain_mistakes")["session_starts"]
    attempts = []
    for number, name in enumerate(names, 1):
        mistake = known[name]
        good = {"scenario_id": scenario.id, "user_id": f"{trainee.user_name}-{number}"}
        answer = _wrong_start(trainee, mistake, {**good, "user_id": f"{trainee.user_name}-wrong-{number}"})
        attempts.append(Attempt(name, answer, tuple(mistake["refused_with"]), _correct_start(trainee, good)))
    return Attempts(tuple(attempts))


def asks_wrongly(trainee: Trainee, names: Sequence[str]) -> Attempts:
    """Ask for each of these things that are not there (chattrain_mistakes.yaml), then for something that is."""
    scenario = trainee.finds("customer service")
    known = personas.material("chattrain_mistakes")["requests"]
    attempts = []
    for name in names:
        request = known[name]
        path = request["path"].format(training=scenario.text_id, long="a" * LONG)
        refused_with = tuple(request["refused_with"])
        key = trainee.system.operator_key
        if not request.get("operator"):
            answer = trainee.api.ask(request["ask"], path)
        elif "content-admin" in trainee.system.capabilities and key:
            answer = trainee.api.content(request["ask"], path)
        else:
            trainee.stage.recorder.say(f"{name}: asked without the operator's key, which the target does not give")
            answer, refused_with = trainee.api.ask(request["ask"], path), (*refused_with, 401, 403)
        correct = trainee.api.ask("GET", f"/api/scenarios/{scenario.text_id}/documents")
        attempts.append(Attempt(name, answer, refused_with, correct))
    return Attempts(tuple(attempts))


def _wrong_start(trainee: Trainee, mistake: Mapping[str, Any], good: Mapping[str, Any]) -> Answer:
    if "raw" in mistake:
        return trainee.api.try_session(None, content=mistake["raw"], headers={"Content-Type": "application/json"})
    body = {name: value for name, value in good.items() if name != mistake.get("without")}
    return trainee.api.try_session(
        {**body, **{name: written(value) for name, value in mistake.get("with", {}).items()}}
    )


def _correct_start(trainee: Trainee, good: Mapping[str, Any]) -> Answer:
    trainee.stage.made["training sessions"] += 1
    return trainee.api.try_session(good)
