"""A line is lost in the middle of a download, things happen meanwhile, and a new line takes up where it ended."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.expect.delivery_record import Conversation, Kept, Seen, View
from countersign.expect.modelhub.present import Present
from countersign.journeys.modelhub.generation.scripted_prompts import scripted
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE
from countersign.systems.modelhub.socket import Frame, TopicLine
from countersign.systems.modelhub.topics import age_of, happenings, newest, snapshots

USED, FETCHED = "the text model", "the image model"
LIMIT_MBPS, CUT_AT_PERCENT = 6.0, 8.0
STEP_WITHIN, OVER_WITHIN, AT_ONCE, BEHIND_WITHIN = 10.0, 30.0, 2.0, 3.0
STATUS_WITHIN = 2.0
"""Within so many seconds a status shows a change (contract, section 3.2)."""
NAMED = {"model_status": "model_id", "download_progress": "model_id", "generation_progress": "task_id"}
"""The topics of which the present is told, with the fact that names each thing."""
STEADY = {"model_status": "availability_status", "download_progress": "status", "generation_progress": "status"}
"""What stays as it is for the moment in which it is asked for before and after."""


@dataclass(frozen=True)
class ComeBack:
    """What a window that lost its line was told over both, and what it and a newcomer were told of the present."""

    conversations: Sequence[Conversation]
    returned: Sequence[Present]
    newcomer: Sequence[Present]
    missed: Mapping[str, int]


def loses_its_line(user: HubUser, seconds: float) -> ComeBack:
    """Let one window lose its line for so long in the middle of a download while another window stays connected.

    Meanwhile the download is paused and resumed, a generation runs, and a third window opens for the first time.
    """
    user.stage.need("topic-events")
    model_id = model_of(FETCHED)
    steady, lost = user.listens(*NAMED), user.listens(*NAMED)
    _generates(user, slowly=False)
    user.api.downloads.start(model_id, bandwidth_limit_mbps=LIMIT_MBPS)
    lost.gather(lambda: _percent(lost, model_id) >= CUT_AT_PERCENT and bool(_ended(lost)), STEP_WITHIN)
    lost.cut()
    began = time.monotonic()
    lost.gather(lambda: False, STEP_WITHIN)  # what had arrived before; it ends with the line
    since = {topic: newest(lost.frames, topic) for topic in NAMED}
    newcomer = _while_away(user, steady, model_id)
    steady.silence(max(0.0, began + seconds - time.monotonic()))
    back = user.listens()
    returned = [_subscribes(user, back, topic, "the window that came back", since[topic]) for topic in NAMED]
    user.api.downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=0)
    steady.gather(lambda: _available(steady, model_id), OVER_WITHIN)
    due = sum(len(_after(steady, topic, since[topic])) for topic in NAMED)
    back.gather(lambda: sum(len(happenings(back.frames, topic)) for topic in NAMED) >= due, BEHIND_WITHIN)
    back.ping()
    steady.ping()
    missed = {topic: len(_after(steady, topic, since[topic])) for topic in NAMED}
    return ComeBack([_conversation(topic, steady, (lost, back)) for topic in NAMED], returned, newcomer, missed)


def _while_away(user: HubUser, steady: TopicLine, model_id: str) -> list[Present]:
    """Pause the download, begin a generation, let somebody come for the first time, and resume."""
    user.api.downloads.manage(model_id, "pause")
    # Until the status says so too: what is short enough to be passed over is no happening that could be missed.
    paused = partial(_told, steady, "model_availability_change", model_id, new_availability="paused")
    steady.gather(paused, STATUS_WITHIN)
    _generates(user, slowly=True)
    line = user.listens()
    presents = [_subscribes(user, line, topic, "the newcomer", None) for topic in NAMED]
    user.api.downloads.manage(model_id, "resume")
    return presents


def _subscribes(user: HubUser, line: TopicLine, topic: str, who: str, since: str | None) -> Present:
    """Subscribe, wait for how everything is now, and ask the hub right before and right after."""
    before = _state(user, topic)
    more: dict[str, Any] = {} if since is None else {"since_event_id": since}
    asked = time.monotonic()
    line.subscribe(topic, **more)
    line.gather(lambda: len(snapshots(line.frames, topic)) >= len(before), AT_ONCE)
    told = snapshots(line.frames, topic)
    after = _state(user, topic)
    seconds = max((frame.arrived for frame in told), default=asked) - asked
    # Who comes in the middle of the work is told of a moment between both answers: only what stays can be compared.
    facts = () if since is None and topic != "generation_progress" else (NAMED[topic], STEADY[topic])
    return Present(who, topic, NAMED[topic], told, before, after, seconds, facts)


def _state(user: HubUser, topic: str) -> Mapping[str, Any]:
    states: Mapping[str, Callable[[], Mapping[str, Any]]] = {
        "model_status": lambda: {name: status.raw for name, status in user.api.models.statuses().items()},
        "download_progress": lambda: {
            name: progress.raw for name, progress in user.api.downloads.all().items() if progress.status in ACTIVE
        },
        "generation_progress": lambda: {
            task.id: {"task_id": task.id, "status": task.status}
            for task in user.api.generation.tasks()
            if not task.final
        },
    }
    return states[topic]()


def _generates(user: HubUser, *, slowly: bool) -> None:
    prompt = personas.material("modelhub_sockets")["prompt"]
    if slowly and "scripted-ai" in user.system.capabilities:
        prompt = scripted("very slowly", prompt)
    user.api.generation.submit(model_of(USED), prompt)


def _conversation(topic: str, steady: TopicLine, lines: Sequence[TopicLine]) -> Conversation:
    """Give what happened, as the steady window was told, with what was told over both lines of the other."""
    told = happenings(steady.frames, topic)
    numbers = {name: number for number, name in enumerate(sorted({_id(frame) for frame in told}, key=age_of), 1)}
    kept = [Kept(_id(frame), numbers[_id(frame)], _text(frame)) for frame in told]
    seen = [
        Seen(_id(frame), numbers.get(_id(frame), 0), _text(frame), line=number)
        for number, line in enumerate(lines)
        for frame in happenings(line.frames, topic)
    ]
    return Conversation(topic.replace("_", " "), (), kept, [View("the window that came back", tuple(seen))])


def _after(line: TopicLine, topic: str, since: str | None) -> list[Frame]:
    frames = happenings(line.frames, topic)
    return [frame for frame in frames if since is None or age_of(_id(frame)) > age_of(since)]


def _percent(line: TopicLine, model_id: str) -> float:
    told = [frame for frame in line.frames if frame.says("download_progress_update", model_id=model_id)]
    return max((float(frame.data["progress_percent"]) for frame in told), default=0.0)


def _ended(line: TopicLine) -> list[Frame]:
    return [frame for frame in line.frames if frame.says("generation_progress", status="completed")]


def _told(line: TopicLine, kind: str, model_id: str, **data: Any) -> bool:
    return any(frame.says(kind, model_id=model_id, **data) for frame in line.frames)


def _available(line: TopicLine, model_id: str) -> bool:
    over = _told(line, "download_status_change", model_id, new_status="completed")
    return over and _told(line, "model_availability_change", model_id, new_availability="available")


def _id(frame: Frame) -> str:
    return str(frame.event_id)


def _text(frame: Frame) -> str:
    return f"{frame.type} {json.dumps(frame.data, sort_keys=True)}"
