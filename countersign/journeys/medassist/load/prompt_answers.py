"""How soon patients are answered when a few of them talk, one message after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import vouched
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.together import together
from countersign.systems.scripted_ai import mark

AI_SECONDS = 0.3
"""What a scripted AI takes for an answer (criterion MA-PERF-01)."""
TALKING_WITHIN = 60.0
ANSWER_WITHIN = 15.0


@dataclass(frozen=True)
class PromptAnswers:
    """One operation for each message, from sending to the whole answer."""

    messages: Sequence[Operation]
    injector: InjectorHealth
    load: str

    @property
    def times(self) -> list[float]:
        """Seconds of the messages that were answered."""
        return [message.seconds for message in self.messages if not message.problem]


def all_say(stage: Any, people: int, count: int) -> PromptAnswers:
    """Let so many patients talk at the same time, each saying the next thing after the answer to the one before."""
    group = patients(stage, people)
    for person in group:
        _ = person.line
    jobs = [partial(_says_all, person, count) for person in group]
    with watching_the_injector() as injector:
        messages = list(chain.from_iterable(outcome.get() for outcome in together(jobs, within=TALKING_WITHIN)))
    tell_failed(stage, messages)
    scripted = "scripted-ai" in stage.system().capabilities
    load = f"{people} patients at once" + (f", AI {AI_SECONDS:g} s" if scripted else "")
    return PromptAnswers(messages, injector.health, load)


def _says_all(person: Regular, count: int) -> list[Operation]:
    complaint = personas.material("medassist_load")["complaints"]["routine"]
    scripted = "scripted-ai" in person.system.capabilities
    return [
        attempt(
            person.name,
            f"message {number + 1}",
            partial(
                _says,
                person,
                mark("echo", f"{complaint} ({number + 1})", after=f"{AI_SECONDS:g}") if scripted else complaint,
            ),
        )
        for number in range(count)
    ]


def _says(person: Regular, text: str) -> float:
    turn = person.line.exchange(text, ANSWER_WITHIN)
    if turn.is_fallback:
        raise ContractBroken("medassist: the answer is the one that stands in for a failed AI")
    return float(turn.answered_after)


def answers_vouched(stage: Any, answers: PromptAnswers) -> PromptAnswers:
    """Give the answers if the injector can vouch for their times. Raises NotVerified."""
    vouched(stage, answers.injector, answers.load)
    return answers


def limit_in_force(stage: Any, limit: float) -> float:
    """Give the limit in seconds for a whole answer: the criterion's, or a stricter one that the run asks for."""
    return min(limit, float(stage.options.chat_seconds))
