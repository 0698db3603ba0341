"""Many listeners follow one download with all its troubles; how soon each was told is seen by two other clocks."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.expect.delivery_record import Conversation, Kept, Seen, View
from countersign.expect.modelhub.followed import CHANGE, FINAL, PROGRESS, RETRY, Listener
from countersign.journeys.load_figures import excused, measure_most, vouched
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.systems.modelhub.model import MB, Progress
from countersign.systems.modelhub.socket import Frame, TopicLine
from countersign.systems.modelhub.timeline import Timeline
from countersign.systems.modelhub.topics import age_of, happenings
from countersign.transport import Deadline, eventually

TOPIC, MODEL = "download_progress", "the text model"
PEOPLE = 4
"""Who listen, each in several windows: what is told of models is told to all of them."""
RATE_MBPS, FIRST_WAIT, PAUSE_AT_MB = 12.0, 0.4, 2.5
STEP_WITHIN, BEHIND_WITHIN, LOOK_EVERY = 20.0, 3.0, 0.1


@dataclass(frozen=True)
class FollowedDownload:
    """A download as it was told to all its listeners, and the seconds from each event to each of its messages."""

    listeners: Sequence[Listener]
    delays: Sequence[float]
    injector: InjectorHealth

    @property
    def load(self) -> str:
        """Say what was on the system."""
        return f"1 download, {len(self.listeners)} listeners"

    @property
    def conversation(self) -> Conversation:
        """Give it all for the history checker: whatever anybody was told has to have been told to everybody."""
        events: dict[str, str] = {}
        for listener in self.listeners:
            for frame in listener.frames:
                events.setdefault(str(frame.event_id), _text(frame))
        numbers = {name: number for number, name in enumerate(sorted(events, key=age_of), 1)}
        kept = [Kept(name, numbers[name], events[name]) for name in numbers]
        views = [
            View(
                listener.name,
                tuple(
                    Seen(str(frame.event_id), numbers[str(frame.event_id)], _text(frame)) for frame in listener.frames
                ),
            )
            for listener in self.listeners
        ]
        return Conversation("the download", (), kept, views)


def follows(user: HubUser, count: int, troubles: int) -> FollowedDownload:
    """Let so many windows listen to a download that meets `troubles` at the source, a pause and a resumption."""
    user.stage.need("topic-events", "origin-control")
    people = [user, *(HubUser(user.stage, user.persona, f"-{number}") for number in range(2, PEOPLE + 1))]
    lines = [people[number % PEOPLE].listens(TOPIC) for number in range(count)]
    source, weight = user.hub.source, str(personas.material("modelhub_downloads")["weight"])
    user.api.config.prefer(download_config={"retry_delay_base": FIRST_WAIT})
    ahead = source.clock_ahead()
    source.counts_anew()
    source.fails("slow", model_id=model_of(MODEL), value=RATE_MBPS)
    source.fails("status", model_id=model_of(MODEL), path=weight, value=503, count=troubles)
    with watching_the_injector() as injector:
        asked = _downloads(user, lines[0])
        _listen_on(lines)
    listeners = [Listener(f"listener {number}", happenings(line.frames, TOPIC)) for number, line in enumerate(lines, 1)]
    stats = source.stats()
    moments = Moments(asked, source.sent(model_of(MODEL)).of(weight).times, Timeline(stats), ahead)
    delays = [delay for listener in listeners for delay in moments.delays(listener)]
    return FollowedDownload(listeners, delays, injector.health)


def _listen_on(lines: Sequence[TopicLine]) -> None:
    """Let every listener hear the end, and then whatever any of them was told."""
    behind = Deadline(BEHIND_WITHIN, "modelhub: the last messages of a download")
    for line in lines:
        line.gather(partial(_told, line, *FINAL), behind)
    told = {str(frame.event_id) for line in lines for frame in happenings(line.frames, TOPIC)}
    for line in lines:
        line.gather(lambda line=line: len(happenings(line.frames, TOPIC)) >= len(told), behind)  # type: ignore[misc]
        line.ping()


def _downloads(user: HubUser, line: TopicLine) -> dict[str, float]:
    """Download with a pause in the middle; give when each state was asked for (monotonic).

    How far it is is asked, not listened to: messages that do not come must not change what happens.
    """
    downloads, model_id = user.api.downloads, model_of(MODEL)
    asked = {"queued": time.monotonic()}
    downloads.start(model_id)
    _until(user, lambda now: now.downloaded_mb >= PAUSE_AT_MB, "half of the download to arrive")
    asked["paused"] = time.monotonic()
    downloads.manage(model_id, "pause")
    line.gather(partial(_told, line, "paused"), BEHIND_WITHIN)
    asked["resuming"] = time.monotonic()
    downloads.manage(model_id, "resume")
    _until(user, lambda now: now.status in FINAL, "the download to be over")
    return asked


def _until(user: HubUser, holds: Callable[[Progress], bool], what: str) -> None:
    def look() -> None:
        now = user.api.downloads.progress(model_of(MODEL))
        assert holds(now), f"it is {now.status}, {now.downloaded_mb:g} MB"

    eventually(look, STEP_WITHIN, every=LOOK_EVERY, what=what)


@dataclass(frozen=True)
class Moments:
    """When things happened: asked for by the client (monotonic), refused and sent by the source (by its clock)."""

    asked: Mapping[str, float]
    refused: Sequence[float]
    sent: Timeline
    ahead: float

    def delays(self, listener: Listener) -> list[float]:
        """Give the seconds from each event that another clock has seen to the message of it."""
        found, first = list[float](), dict[str, Frame]()
        for frame in listener.told(CHANGE):
            first.setdefault(str(frame.data.get("new_status")), frame)
        found += [first[state].arrived - at for state, at in self.asked.items() if state in first]
        found += [
            frame.arrived + self.ahead - at for frame, at in zip(listener.told(RETRY), self.refused, strict=False)
        ]
        most = 0.0
        for frame in listener.told(PROGRESS):
            size = float(frame.data.get("downloaded_mb") or 0)
            # Only bytes that are told for the first time: in a pause between two attempts they are told again.
            at = self.sent.moment_of(size * MB) if size > most else None
            if at is not None:
                found.append(frame.arrived + self.ahead - at)
            most = max(most, size)
        return found


def _told(line: TopicLine, *states: str) -> bool:
    return any(frame.type == CHANGE and frame.data.get("new_status") in states for frame in line.frames)


def _text(frame: Frame) -> str:
    return f"{frame.type} {json.dumps(frame.data, sort_keys=True)}"


def measure_delays(stage: Any, followed: FollowedDownload, least: int, of: int, limit: float) -> Sequence[float]:
    """Journal how soon messages came; give the seconds. The injector was vouched for with the gaps."""
    return measure_most(stage, "event to message", followed.delays, least=least, of=of, limit=limit, load=followed.load)


def measure_gaps(stage: Any, followed: FollowedDownload, limit: float) -> None:
    """Journal the longest time without a message while it was downloading.

    Raises NotVerified for an injector out of breath, and for a limit missed on a machine that others took.
    """
    vouched(stage, followed.injector, followed.load)
    gaps = [gap for listener in followed.listeners for gap in listener.gaps]
    longest = measure_longest(
        stage, "time between two messages while downloading", gaps, below=limit, load=followed.load
    )
    excused(stage, missed=longest >= limit)
