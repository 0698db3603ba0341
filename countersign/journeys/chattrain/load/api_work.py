"""Working with the API of ChatTrain: the same few calls again and again, by several people at once."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, cycle

from countersign.errors import ContractBroken
from countersign.evidence import Recorder
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.chattrain.pilot_group import PilotGroup, count_in
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.pace import Pace
from countersign.load.together import Outcome
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.model import Session

ROUNDS_WITHIN = 120.0
CALLS_A_SECOND = 10
"""How often each person asks under sustained load: far above what the criterion wants, far below what hurts others."""


@dataclass(frozen=True)
class ApiWork:
    """What came of the calls of several people. `seconds` runs from the first one's start to the last one's end."""

    operations: Sequence[Operation]
    seconds: float
    load: str

    @property
    def times(self) -> list[float]:
        """How long each answer took, in seconds. What failed was no answer."""
        return [operation.seconds for operation in self.operations if not operation.problem]

    def only(self, what: str) -> "ApiWork":
        """Give the calls of one kind."""
        own = [operation for operation in self.operations if operation.what == what]
        return ApiWork(own, self.seconds, self.load)

    @property
    def answered_a_second(self) -> float:
        """How many calls went well in a second."""
        return sum(not operation.failed for operation in self.operations) / self.seconds


class ApiUser:
    """One person's calls, each of which also looks whether the answer is the right one. Keeps the sessions started."""

    def __init__(self, group: PilotGroup, person: Trainee, api: ChatTrainApi | None = None) -> None:
        self._group = group
        self._person = person
        self._api = api or person.api
        self.sessions: list[Session] = []
        self._kinds: dict[str, Callable[[], None]] = {
            "health": self._health,
            "trainings": self._trainings,
            "session": self._session,
            "document list": self._document_list,
            "document": self._document,
        }

    def call(self, what: str) -> Operation:
        """Make one call of a kind: health, trainings, session, document list or document."""
        return attempt(self._person.name, what, self._kinds[what])

    def rounds(self, kinds: Sequence[str], count: int) -> list[Operation]:
        """Make the calls of these kinds one after the other, `count` times over."""
        return [self.call(what) for _ in range(count) for what in kinds]

    def paced(self, kinds: Sequence[str], seconds: float) -> list[Operation]:
        """Make the calls of these kinds in turn, ten a second, for so long."""
        return list(self._paced(kinds, seconds))

    def _paced(self, kinds: Sequence[str], seconds: float) -> Iterator[Operation]:
        pace, ends = Pace(1 / CALLS_A_SECOND), time.monotonic() + seconds
        for what in cycle(kinds):
            if pace.wait() >= ends or time.monotonic() >= ends:
                return
            yield self.call(what)

    def _health(self) -> None:
        fit(self._api)

    def _trainings(self) -> None:
        if self._group.scenario.id not in {item.id for item in self._api.scenarios()}:
            raise ContractBroken(f"chattrain: the training {self._group.scenario.title} is not on the list")

    def _session(self) -> None:
        self._group.stage.made["training sessions"] += 1
        session = self._api.start_session(self._group.scenario.id, self._person.user_name)
        if session.user_id != self._person.user_name:
            raise ContractBroken(f"chattrain: the session of {self._person.user_name} is {session.user_id}'s")
        self.sessions.append(session)

    def _document_list(self) -> None:
        listed = self._api.documents(self._group.scenario.text_id)
        if {item.filename for item in listed} != {item.filename for item in self._group.documents}:
            raise ContractBroken("chattrain: the list of documents is another one than before")

    def _document(self) -> None:
        document = self._group.documents[0]
        body = self._api.open_document(document).must_be(200).body
        if len(body) != document.size:
            raise ContractBroken(
                f"chattrain: {document.filename} came with {len(body)} bytes, listed are {document.size}"
            )


def fit(api: ChatTrainApi) -> None:
    """Look at health. Raises ContractBroken unless the system says that it can work."""
    told = api.health()
    if told.status_code != 200:
        raise ContractBroken(f"chattrain: the health check says {told.status}, expected healthy or degraded")


def work_in_rounds(group: PilotGroup, kinds: Sequence[str], rounds: int) -> ApiWork:
    """Let everybody make these calls `rounds` times over, all at once."""
    outcomes = group.at_once(lambda person: ApiUser(group, person).rounds(kinds, rounds), within=ROUNDS_WITHIN)
    return _gathered(group, outcomes, group.load)


@dataclass(frozen=True)
class AloneAndAtOnce:
    """The same calls by one person at a time, and by all of a group at once."""

    alone: ApiWork
    at_once: ApiWork

    @property
    def both(self) -> ApiWork:
        """All of these calls."""
        operations = [*self.alone.operations, *self.at_once.operations]
        load = f"{self.alone.load}, then {self.at_once.load}"
        return ApiWork(operations, self.alone.seconds + self.at_once.seconds, load)


def work_alone_then_at_once(group: PilotGroup, kinds: Sequence[str], rounds: int) -> AloneAndAtOnce:
    """Let one after the other make these calls so many times, so that nobody else is there, and then all at once."""
    began = time.monotonic()
    operations = [found for person in group.people for found in ApiUser(group, person).rounds(kinds, rounds)]
    alone = ApiWork(operations, time.monotonic() - began, "1 user")
    return AloneAndAtOnce(alone, work_in_rounds(group, kinds, rounds))


def work_for(group: PilotGroup, kinds: Sequence[str], seconds: float) -> ApiWork:
    """Let everybody keep calling for so long. Single calls are not recorded, only what failed."""
    unread = Recorder(group.stage.recorder.redactor, limit=0)

    def keep_calling(person: Trainee) -> list[Operation]:
        api = ChatTrainApi(person.system, person.name, unread)
        try:
            return ApiUser(group, person, api).paced(kinds, seconds)
        finally:
            api.close()

    outcomes = group.at_once(keep_calling, within=seconds + ROUNDS_WITHIN)
    return _gathered(group, outcomes, f"{len(group.people)} users, each {CALLS_A_SECOND} calls a second, {seconds:g} s")


def _gathered(group: PilotGroup, outcomes: Sequence[Outcome[list[Operation]]], load: str) -> ApiWork:
    operations = list(chain.from_iterable(outcome.get() for outcome in outcomes))
    began = min(outcome.started for outcome in outcomes)
    ended = max(outcome.finished or time.monotonic() for outcome in outcomes)
    count_in(group.stage, operations)
    return ApiWork(operations, ended - began, load)
