"""Choosing topics on one line, while another line that has chosen all of them tells what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import personas
from countersign.expect.modelhub.topics import Answered, Choice
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import Frame, TopicLine
from countersign.systems.modelhub.topics import TOPICS, happenings

HAPPENS_WITHIN = 15.0
TOLD_WITHIN = 2.0
LIMIT_MBPS = 4.0
FIRST, SECOND = "generation_progress", "download_progress"
USED, FETCHED = "the text model", "the fast model"


@dataclass(frozen=True)
class Choices:
    """The greeting of a line, what it was told after each choice, and the answers to its wishes."""

    greeting: Frame
    each: Sequence[Choice]
    answers: Sequence[Answered]


def chooses(user: HubUser) -> Choices:
    """Choose one topic, two, one again and none, and let things happen on many topics after each choice."""
    user.stage.need("topic-events")
    witness, line = user.listens(*TOPICS), user.listens()
    answers, each = list[Answered](), list[Choice]()

    def takes(topic: str) -> None:
        answers.append(Answered(f"choosing {topic}", topic, True, line.subscribe(topic)))

    def gives_up(topic: str) -> None:
        answers.append(Answered(f"giving {topic} up", topic, False, line.unsubscribe(topic)))

    unknown = personas.material("modelhub_sockets")["unknown_topic"]
    answers.append(Answered("choosing a topic that does not exist", unknown, False, line.subscribe(unknown)))
    takes(FIRST)
    each.append(_round(user, witness, line, (FIRST,)))
    takes(SECOND)
    each.append(_round(user, witness, line, (FIRST, SECOND)))
    gives_up(FIRST)
    each.append(_round(user, witness, line, (SECOND,)))
    gives_up(SECOND)
    each.append(_round(user, witness, line, ()))
    return Choices(line.greeting, each, answers)


def _round(user: HubUser, witness: TopicLine, line: TopicLine, chosen: tuple[str, ...]) -> Choice:
    witness.frames.clear()
    line.frames.clear()
    _happens(user, witness)
    due = {topic: _events(witness.frames).get(topic, ()) for topic in chosen}
    line.gather(lambda: all(_events(line.frames).get(topic, ()) == due[topic] for topic in chosen), TOLD_WITHIN)
    witness.ping()
    listed = line.subscriptions()  # what was sent before this answer has come before it
    return Choice(chosen, listed, _events(witness.frames), _events(line.frames))


def _happens(user: HubUser, witness: TopicLine) -> None:
    """Ask for an alternative, generate, begin a download and cancel it, and wait until all that was told."""
    used, fetched = model_of(USED), model_of(FETCHED)
    user.api.fallback.suggest(fetched)
    user.api.downloads.start(fetched, bandwidth_limit_mbps=LIMIT_MBPS)
    task = user.api.generation.submit(used, personas.material("modelhub_sockets")["prompt"])["task_id"]
    user.api.downloads.manage(fetched, "cancel")

    def all_told() -> bool:
        told = [
            ("generation_progress", {"task_id": task, "status": "completed"}),
            ("usage_statistics_update", {"model_id": used}),
            ("download_status_change", {"model_id": fetched, "new_status": "cancelled"}),
            ("fallback_strategy", {"original_model": fetched}),
        ]
        return all(any(frame.says(kind, **data) for frame in witness.frames) for kind, data in told)

    witness.gather(all_told, HAPPENS_WITHIN)


def _events(frames: list[Frame]) -> Mapping[str, tuple[str, ...]]:
    found = {topic: tuple(str(frame.event_id) for frame in happenings(frames, topic)) for topic in TOPICS}
    return {topic: ids for topic, ids in found.items() if ids}
