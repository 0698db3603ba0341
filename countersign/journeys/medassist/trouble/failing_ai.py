"""The AI fails patients in every way it can, or is switched off, while the clinic goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.changes import Change, changed
from countersign.journeys.measuring import measure_longest
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.trouble.treating_on import Treated, treats_on
from countersign.load.meanwhile import meanwhile
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.health import Picture, picture_of
from countersign.systems.scripted_ai import mark

ANSWER_WITHIN = 8.0
"""Longer than the limit, so that a late answer itself can be measured."""
TROUBLE_WITHIN = 90.0
AGAIN_EVERY, AGAIN_WITHIN = 0.7, 30.0
GO_ON = 3
"""Patients who take turns with the emergencies of the rounds meanwhile."""


@dataclass(frozen=True)
class Ward:
    """Patients in their chats, those who go on with the rest, and the nurse on duty."""

    talkers: Sequence[Regular]
    others: Sequence[Regular]
    nurse: Nurse


@dataclass(frozen=True)
class AiTrouble:
    """What the patients read while the AI failed, the message after each way, and everything else meanwhile.

    `told` is the change of the health, where it was looked at.
    """

    turns: Sequence[Turn]
    after: Sequence[Turn]
    treated: Treated
    told: Change | None = None


def ward(stage: Any, count: int, nurse: Nurse) -> Ward:
    """Let so many patients join their chats."""
    people = patients(stage, count + GO_ON)
    for person in people[:count]:
        _ = person.line
    _ = nurse.api
    kept: Ward = stage.keep(Ward(people[:count], people[count:], nurse))
    return kept


def ai_fails(stage: Any, filled: Ward, ways: Sequence[str], each: int) -> AiTrouble:
    """Let the AI fail so many messages in each way, one way after the other; one good message ends each way.

    So there are never five failures in a row, which would have the AI left alone for a while.
    """
    stage.need("scripted-ai")
    known = personas.material("medassist_trouble")["ai_ways"]
    share = each // len(filled.talkers)

    def trouble() -> tuple[list[Turn], list[Turn]]:
        turns, after = list[Turn](), list[Turn]()
        for way in ways:
            jobs = [partial(_says, person, [_failing(way, known[way])] * share) for person in filled.talkers]
            outcomes = together(jobs, within=TROUBLE_WITHIN)
            turns += chain.from_iterable(outcome.get() for outcome in outcomes)
            if any(turn.answer is None for turn in turns):
                break
            after += _says(filled.talkers[0], [mark("echo", f"And after the AI {way}?", when="chat")])
        return turns, after

    rounds = partial(treats_on, filled.others, filled.nurse)
    (turns, after), [rest] = meanwhile(trouble, [rounds], within=TROUBLE_WITHIN)
    return AiTrouble(turns, after, rest.get())


def _failing(way: str, script: dict[str, Any]) -> str:
    details = {name: value for name, value in script.items() if name != "do"}
    return mark(script["do"], f"I cough a little ({way})", when="chat", **details)


def _says(person: Regular, texts: Sequence[str]) -> list[Turn]:
    turns: list[Turn] = []
    for text in texts:
        turns += person.line.collect_what_comes([person.line.say(text)], ANSWER_WITHIN)
        if turns[-1].answer is None:
            break
    return turns


def ai_switched_off(stage: Any, filled: Ward, each: int) -> AiTrouble:
    """Switch the AI off while everybody says so many things; look at the health meanwhile, and switch it on again.

    It is well again when somebody reads an answer of the AI and the health says so.
    """
    stage.need("dependency-control")
    control, somebody = stage.system().control, filled.talkers[0]
    looking = somebody.stranger()

    def trouble() -> tuple[list[Turn], Change]:
        told = changed(partial(picture_of, looking), Picture.says_degraded, within=AGAIN_WITHIN)
        jobs = [partial(_says, person, ["I cough a little (the AI is off)"] * each) for person in filled.talkers]
        outcomes = together(jobs, within=TROUBLE_WITHIN)
        return list(chain.from_iterable(outcome.get() for outcome in outcomes)), told

    # The common wait asks ten times a second, which would meet the limit of messages.
    pace = Pace(AGAIN_EVERY)

    def well_again() -> None:
        pace.wait()
        turns = _says(somebody, ["And is the AI back?"])
        if turns[0].answer is None or turns[0].is_fallback:
            raise ContractBroken("medassist: no answer of the AI came, though it is back")
        seen = picture_of(looking)
        if not seen.says_healthy():
            raise ContractBroken(f"medassist: the AI answers again, and it still says {seen}")

    rounds = partial(treats_on, filled.others, filled.nurse)
    with rolled_back(control, well_again, within=AGAIN_WITHIN):
        control.dependency("ai").stop()
        (turns, told), [rest] = meanwhile(trouble, [rounds], within=TROUBLE_WITHIN)
    return AiTrouble(turns, (), rest.get(), told)


def measure_fallbacks(stage: Any, trouble: AiTrouble, limit: float, count: int) -> Sequence[Turn]:
    """Journal how long patients waited for the answer that stands in for the AI; give the turns."""
    seconds = [turn.answered_after for turn in trouble.turns if turn.answer is not None]
    if seconds:
        load = f"{count} messages, the AI failing"
        measure_longest(stage, "answer in place of a failed AI", seconds, below=limit, load=load)
    return trouble.turns


def word_of_fallback() -> str:
    """Give the word that the answer in place of the AI must hold."""
    return str(personas.material("medassist_trouble")["says_who_reads"])
