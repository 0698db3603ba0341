"""Sessions that are held and then opened again from another device."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.chattrain.read_back import ReadBack
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.model import Exchange

HOLD_WITHIN = 80.0


@dataclass(frozen=True)
class HeldSessions:
    """Sessions that were held at once, each read back right after its end."""

    sessions: Sequence[ReadBack]

    @property
    def exchanges(self) -> list[Exchange]:
        """Everything that was said in them."""
        return [exchange for session in self.sessions for exchange in session.seen]


def hold_and_read_back(stage: Any, people: int, each: int, lines: int) -> HeldSessions:
    """Let so many people hold `each` sessions (of different trainings) of so many lines, everything at once."""
    trainings: Mapping[str, list[str]] = personas.material("chattrain_crowd")["five_lines"]
    if each > len(trainings) or any(len(said) < lines for said in trainings.values()):
        raise SuiteError("personas/material/chattrain_crowd.yaml has no lines for that; add them under five_lines")
    jobs = [
        partial(_hold, person, training, trainings[training][:lines])
        for person in crowd(stage, people)
        for training in list(trainings)[:each]
    ]
    return HeldSessions([outcome.get() for outcome in together(jobs, within=HOLD_WITHIN)])


def _hold(person: Trainee, training: str, lines: Sequence[str]) -> ReadBack:
    # One person holds several sessions at once here; each needs a client of its own for that.
    own = ChatTrainApi(person.system, person.name, person.stage.recorder)
    another = ChatTrainApi(person.system, f"{person.name}'s other device", person.stage.recorder)
    try:
        text_id = personas.material("chattrain")["trainings"][training]["id"]
        scenario = next(item for item in own.scenarios() if item.text_id == text_id)
        person.stage.made["training sessions"] += 1
        session = own.start_session(scenario.id, person.user_name)
        held = person.joins(scenario, session)
        held.say_all(lines)
        return ReadBack(
            f"{person.name}'s session {session.id}",
            held.exchanges,
            another.read_messages(session),
            another.read_session(session),
        )
    finally:
        own.close()
        another.close()
