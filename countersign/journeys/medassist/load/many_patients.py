"""Many patients chat at the same time, each in words of their own, while a nurse reads the queue."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import personas
from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation, attempt
from countersign.expect.marked import MarkedText
from countersign.journeys.load_figures import vouched
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.tally import tell_failed
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.lanes import shared_out
from countersign.load.meanwhile import meanwhile
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.scripted_ai import mark

JOINING_LANES, JOINING_WITHIN = 4, 60.0
ANSWER_WITHIN, READ_WITHIN = 10.0, 20.0
TALKING_WITHIN = 90.0
QUEUE_EVERY = 1.0
QUEUE_WITHIN = 15.0
AN_URGENT_ONE_IN = 10


@dataclass
class Talker:
    """A patient in a chat. `word` is said by nobody else; `answers` are the texts that came for each message."""

    person: Regular
    word: str
    complaint: str
    operations: list[Operation] = field(default_factory=list)
    reads: list[Operation] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FullHouse:
    """Patients who have joined their chats."""

    talkers: Sequence[Talker]


@dataclass(frozen=True)
class Talks:
    """What came of all the talking, and how long each look at the queue took meanwhile."""

    talkers: Sequence[Talker]
    looks: Sequence[Operation]
    injector: InjectorHealth
    echoed: bool
    load: str

    @property
    def messages(self) -> list[Operation]:
        """One operation for each message, from the moment it was to be said to its whole answer."""
        return list(chain.from_iterable(talker.operations for talker in self.talkers))

    @property
    def times(self) -> list[float]:
        """Seconds each answered message took."""
        return [operation.seconds for operation in self.messages if not operation.problem]

    @property
    def texts(self) -> list[MarkedText]:
        """Every answer as its patient's, with the words of all others."""
        words = {talker.person.name: talker.word for talker in self.talkers}
        return [
            MarkedText(name, "an answer", talker.word if self.echoed else "", _others(words, name), text)
            for talker in self.talkers
            for name in [talker.person.name]
            for text in talker.answers
        ]


def _others(words: dict[str, str], name: str) -> dict[str, str]:
    return {other: word for other, word in words.items() if other != name}


def full_house(stage: Any, count: int) -> FullHouse:
    """Let so many patients open a session and join its chat; every tenth has an urgent complaint."""
    complaints = personas.material("medassist_load")["complaints"]
    talkers = [
        Talker(
            person,
            f"note-{number:03d}-{stage.tag}",
            complaints["urgent" if number % AN_URGENT_ONE_IN == 0 else "routine"],
        )
        for number, person in enumerate(patients(stage, count), 1)
    ]
    shared_out(talkers, lambda talker: talker.person.line, lanes=JOINING_LANES, within=JOINING_WITHIN)
    house: FullHouse = stage.keep(FullHouse(talkers))
    return house


def all_talk(nurse: Nurse, house: FullHouse, count: int, every: float) -> Talks:
    """Let everybody say so many things, one each `every` seconds, while a nurse reads the queue once a second.

    All say it at the same moment. A message is late from the moment it was to be said, also if its patient still waited
    for the answer before.
    """
    stage = nurse.stage
    echoed = "scripted-ai" in stage.system().capabilities
    _ = nurse.api
    jobs = [partial(_talks, talker, count, every, echoed=echoed) for talker in house.talkers]

    def everybody() -> None:
        for outcome in together(jobs, within=TALKING_WITHIN):
            outcome.get()

    with watching_the_injector() as injector:
        _, [looked] = meanwhile(everybody, [partial(_reads_the_queue, nurse)], within=TALKING_WITHIN + 10)
    load = f"{len(jobs)} patients at the same moment, every {every:g} s, and a nurse"
    talks = Talks(house.talkers, looked.get(), injector.health, echoed, load)
    tell_failed(stage, [*talks.messages, *talks.looks])
    return talks


def _talks(talker: Talker, count: int, every: float, *, echoed: bool) -> None:
    pace, line = Pace(every), talker.person.line
    for number in range(count):
        intended = pace.wait()
        text = f"{talker.complaint} {talker.word}"
        said = mark("echo", text, when="chat") if echoed else text

        def says(said: str = said, intended: float = intended) -> float:
            turn = line.exchange(said, ANSWER_WITHIN)
            talker.answers.append(turn.reply)
            if turn.is_fallback:
                raise ContractBroken("medassist: the answer is the one that stands in for a failed AI")
            arrived: float = turn.sent.at + turn.answered_after
            return arrived - intended

        talker.operations.append(attempt(talker.person.name, f"message {number + 1}", says))
    session_id = talker.person.session.id
    reads: Callable[[], Any] = partial(talker.person.api.ask, "GET", f"/api/sessions/{session_id}", within=READ_WITHIN)
    talker.reads.append(attempt(talker.person.name, "reading the session", lambda: reads().must_be(200).seconds))


def _reads_the_queue(nurse: Nurse, going_on: Callable[[], bool]) -> list[Operation]:
    pace, looks = Pace(QUEUE_EVERY), list[Operation]()
    while going_on():
        pace.wait()
        looks.append(attempt(nurse.name, "reading the queue", partial(_queue, nurse)))
    return looks


def _queue(nurse: Nurse) -> float:
    answer = nurse.api.ask("GET", "/api/pars/queue", within=QUEUE_WITHIN)
    return float(answer.must_be(200).seconds)


def talks_vouched(stage: Any, talks: Talks) -> Talks:
    """Give the talks if the injector can vouch for their times. Raises NotVerified."""
    vouched(stage, talks.injector, talks.load)
    return talks
