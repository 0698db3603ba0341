"""Two people work at the hub at the same time, everything of each bears a mark, and each looks for the other's."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from countersign.expect.traces import Place, Trace
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import PlainLine, TopicLine
from countersign.transport import eventually
from countersign.transport.answer import Answer

DONE_WITHIN = 30.0
MODEL = "t2v-A14B"


@dataclass
class Marked:
    """A person, the mark of what they write, and what is theirs: tasks, waiting requests, lines that are open."""

    user: HubUser
    mark: str
    tasks: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    lines: list[TopicLine | PlainLine] = field(default_factory=list)

    @property
    def traces(self) -> list[Trace]:
        """What nobody else may see."""
        things = {"a task of": self.tasks, "a waiting request of": self.waiting}
        named = [Trace.of(f"{what} {self.user.name}", thing) for what, all_of in things.items() for thing in all_of]
        return [Trace.of(f"the mark in what {self.user.name} writes", self.mark), *named]


@dataclass(frozen=True)
class Apart:
    """What each of two people could see, what is the other's, and the answers to ids of the other beside unknown ones.

    `own` counts the own tasks that each was told of live, `preferred` and `preferences` are the longest waits in
    minutes that each wished for and read afterwards.
    """

    seen: list[tuple[list[Place], list[Trace]]]
    pairs: list[tuple[Answer, Answer]]
    own: list[int]
    preferred: list[int]
    preferences: list[int]


def work_side_by_side(users: Sequence[HubUser], count: int) -> Apart:
    """Let each listen to everything and have `count` tasks (and requests that wait), then look for the other's."""
    people = [Marked(user, f"{user.persona.card.user_name}{user.stage.tag}{uuid.uuid4().hex[:6]}") for user in users]
    for person in people:
        _listens(person)
    preferred = [61 + number for number in range(len(people))]
    for person, minutes in zip(people, preferred, strict=True):
        person.user.api.config.prefer(fallback_config={"max_wait_time_minutes": minutes})
    for person in people:
        _works(person, count)
    for person in people:
        eventually(lambda each=person: _done(each), DONE_WITHIN, every=0.2, what=f"the tasks of {person.user.name}")  # type: ignore[misc]
    first, second = people
    seen, pairs = [], []
    for person, other in ((first, second), (second, first)):
        reached = _reaches(person, other)
        pairs += reached
        seen.append((_sees(person, [answer for pair in reached for answer in pair]), other.traces))
    read = [person.user.api.config.preferences()["fallback_config"]["max_wait_time_minutes"] for person in people]
    return Apart(seen, pairs, [_own_seen(person) for person in people], preferred, read)


def _listens(person: Marked) -> None:
    user = person.user
    if "topic-events" in user.system.capabilities:
        line = user.listens()
        for topic in line.greeting.data["available_topics"]:
            line.subscribe(topic)
        person.lines.append(line)
    person.lines.append(user.follows_tasks())


def _works(person: Marked, count: int) -> None:
    api, user = person.user.api, person.user
    if "fallback-queue" in user.system.capabilities:
        queued = api.fallback.wait_for(MODEL, f"{person.mark} waits")["queue_id"]
        person.waiting.append(str(queued))
        user.stage.at_end(lambda: api.fallback.try_request("DELETE", queued), "withdrawing a waiting request")
    for number in range(count):
        told = api.generation.submit(MODEL, f"{person.mark} number {number}", allow_mock=True)
        person.tasks.append(str(told["task_id"]))


def _done(person: Marked) -> None:
    left = [task.status for task in person.user.api.generation.tasks() if not task.final]
    assert not left, f"{len(left)} are not done"


def _reaches(person: Marked, other: Marked) -> list[tuple[Answer, Answer]]:
    """Ask for what is the other's by its id, and for the same of an id that does not exist."""
    api, unknown = person.user.api, str(uuid.uuid4())
    pairs = [(api.generation.try_cancel(task), api.generation.try_cancel(unknown)) for task in other.tasks[:1]]
    for queued in other.waiting:
        pairs += [
            (api.fallback.try_request(way, queued), api.fallback.try_request(way, unknown)) for way in ("GET", "DELETE")
        ]
    made = other.user.api.ask("POST", "/auth/api-keys", json={"name": other.mark}).must_be(200, 201).json()
    other.user.stage.recorder.redactor.register(made["api_key"], "API key")
    path = "/auth/api-keys/{}"
    pairs.append((api.ask("DELETE", path.format(made["key_id"])), api.ask("DELETE", path.format(unknown))))
    return pairs


def _sees(person: Marked, refusals: Sequence[Answer]) -> list[Place]:
    api, name = person.user.api, person.user.name
    looks: dict[str, str] = {
        "the tasks": "/queue",
        "the preferences": "/config/user-preferences",
        "the keys": "/auth/api-keys",
        "the usage": "/models/analytics",
        "the figures of operation": "//metrics",
    }
    if "fallback-queue" in person.user.system.capabilities:
        looks["the waiting requests"] = "/models/fallback/queue"
    places = [Place(f"what {name} reads of {what}", api.ask("GET", path).text) for what, path in looks.items()]
    # The words of a refusal, not the address that was asked for: that one holds the id by the asker's own doing.
    places += [Place(f"a refusal that {name} met", answer.text) for answer in refusals]
    for line in person.lines:
        line.ping()
        places += [Place(f"the message {frame.type} to {name}", str(dict(frame.raw))) for frame in line.frames]
    return places


def _own_seen(person: Marked) -> int:
    """Count the own tasks that the own lines told of: a line that tells nothing hides nobody."""
    told: set[Any] = {frame.data.get("task_id") for line in person.lines for frame in line.frames}
    return len(told & set(person.tasks))
