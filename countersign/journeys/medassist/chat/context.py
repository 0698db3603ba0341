"""Conversations at the same time, each after an earlier one, and what the AI was told for the last turn of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import SuiteError
from countersign.expect.medassist.told_to_ai import Said, ToldToTheAi
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.scripts import scripted_ai
from countersign.load.together import together
from countersign.systems.scripted_ai import AiCall, mark

TALK_WITHIN = 25.0
EARLIER = "My note of an earlier day is {word}"


@dataclass(frozen=True)
class ToldForEach:
    """What the AI was told for the last turn of each conversation."""

    all: tuple[ToldToTheAi, ...]


@dataclass(frozen=True)
class _Talk:
    who: str
    earlier: str
    words: tuple[str, ...]
    said: tuple[Said, ...]


def converse_at_once(stage: Any, people: list[Patient], turns: int) -> ToldForEach:
    """Let each person hold so many turns, all at once, after a word in an earlier session of their own.

    Every line has a word of its own, which the AI repeats.
    """
    ai = scripted_ai(stage)
    place = ai.here()
    for person in people:
        person.says(_line(EARLIER, _earlier(person)))
        person.opens_session()
        person.joins()
    outcomes = together([partial(_talks, person, turns) for person in people], within=TALK_WITHIN)
    talks = [outcome.get() for outcome in outcomes]
    calls = ai.since(place)
    return ToldForEach(
        tuple(
            ToldToTheAi(
                talk.who,
                talk.said[:-1],
                _strange(talk, talks),
                tuple(call for call in calls if _is_last(call, talk)),
            )
            for talk in talks
        )
    )


def _talks(person: Patient, turns: int) -> _Talk:
    facts = personas.material("medassist_chat")["facts"][:turns]
    if len(facts) < turns:
        raise SuiteError("personas/material/medassist_chat.yaml has too few facts for that; add some")
    words = tuple(f"{person.name.lower()}-{number:02d}-{person.stage.tag}" for number in range(1, turns + 1))
    said: list[Said] = []
    for fact, word in zip(facts, words, strict=True):
        turn = person.says(_line(fact, word))
        said += [("user", turn.sent.content), ("assistant", turn.reply)]
    return _Talk(person.name, _earlier(person), words, tuple(said))


def _line(fact: str, word: str) -> str:
    return mark("echo", fact.format(word=word), when="chat")


def _earlier(person: Patient) -> str:
    return f"{person.name.lower()}-earlier-{person.stage.tag}"


def _strange(talk: _Talk, talks: Sequence[_Talk]) -> tuple[str, ...]:
    others = [other for other in talks if other is not talk]
    return (talk.earlier, *(word for other in others for word in (other.earlier, *other.words)))


def _is_last(call: AiCall, talk: _Talk) -> bool:
    return talk.words[-1] in call.last_user_text
