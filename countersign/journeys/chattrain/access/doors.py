"""Knocking at chats that do not exist, and saying a line all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.chat import THE_THREE, socket_url
from countersign.systems.chattrain.knocking import Knock, knock

ALL_WITHIN = 30.0


@dataclass(frozen=True)
class Knocks:
    """What came of every knock, and what was found of them afterwards.

    `messages_found` counts those in a session that was started after the knocks, `found_unknown` are numbers that could
    be read back although there is no such session (empty where the target reads no sessions back).
    """

    all: tuple[Knock, ...]
    messages_found: int
    found_unknown: tuple[str, ...]

    @property
    def confirmed(self) -> list[str]:
        """The ways on which a line was confirmed."""
        return [each.way for each in self.all if any(frame.type == THE_THREE[0] for frame in each.frames)]


def knocks_at(trainee: Trainee, names: Sequence[str]) -> Knocks:
    """Knock at each of these chats (chattrain_mistakes.yaml), all at once, saying a line at each.

    Then look whether anything was kept: a session that is started afterwards (it may get a number that was knocked at)
    is empty, and, with the capability history, no unknown session can be read back.
    """
    known = personas.material("chattrain_mistakes")["chats"]
    line = {"type": "user_message", "content": personas.material("chattrain_mistakes")["good_line"]}
    scenario = trainee.finds("customer service")
    newest = trainee.starts(scenario).id
    ids = [_id_of(known[name], newest) for name in names]
    asked = partial(knock, trainee.system, actor=trainee.name, recorder=trainee.stage.recorder, then=[line])
    tries = [
        partial(asked, socket_url(trainee.system, path=f"/chat/{id_}"), way=name)
        for name, id_ in zip(names, ids, strict=True)
    ]
    outcomes = together(tries, within=ALL_WITHIN)
    unknown = [id_ for name, id_ in zip(names, ids, strict=True) if "ahead" in known[name]]
    readable = _readable(trainee, unknown)
    found = trainee.joins(scenario, trainee.starts(scenario)).chat.messages()
    return Knocks(tuple(outcome.get() for outcome in outcomes), len(found), readable)


def _readable(trainee: Trainee, numbers: Sequence[str]) -> tuple[str, ...]:
    if "history" not in trainee.system.capabilities:
        trainee.stage.recorder.say("the target reads no sessions back, so unknown ones were not looked for there")
        return ()
    answers = {number: trainee.api.try_read(int(number), "no-such-token", "/messages") for number in numbers}
    return tuple(number for number, answer in answers.items() if answer.status not in (401, 404))


def _id_of(form: Mapping[str, Any], newest: int) -> str:
    if "ahead" in form:
        return str(newest + int(form["ahead"]))
    return "9" * int(form["digits"]) if "digits" in form else str(form["path"])
