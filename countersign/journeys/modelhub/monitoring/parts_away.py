"""One part of the hub after the other goes away and comes back, while somebody watches the health and the alerts."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from countersign.errors import DeadlineExceeded, SystemFault
from countersign.expect.modelhub.parts import Alert, PartAway
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import TopicLine
from countersign.transport import eventually
from countersign.transport.answer import Answer

PROCESSES, DEPENDENCIES = ("downloader", "generator", "monitor"), ("redis", "source", "engine", "database")
WITHOUT_IT_NOTHING = ("database",)
WITHOUT_IT_NO_FRAMES = ("redis", "database")
"""Of the outage of these, alerts come afterwards: nothing can be sent, or written down, while they are away."""
LOOKS_AT_MOST, ALERTED_WITHIN, WELL_AGAIN_WITHIN = 8.0, 10.0, 30.0
EVERY = 0.1


@dataclass(frozen=True)
class PartsAway:
    """What the health told of each outage, all alerts of that time, and those that were sent live."""

    outages: list[PartAway]
    alerts: list[Alert]
    live: list[Alert]

    @property
    def parts(self) -> list[str]:
        """The parts that went away."""
        return [outage.part for outage in self.outages]

    @property
    def told_live(self) -> list[str]:
        """The parts of which the alerts come while they are away."""
        return [part for part in self.parts if part not in WITHOUT_IT_NO_FRAMES]


def watches_each_part(user: HubUser) -> PartsAway:
    """Stop each process but the one that answers, and each dependency, in turn; start it again when that was told."""
    user.stage.need("process-control", "topic-events")
    parts = list(PROCESSES)
    if "dependency-control" in user.system.capabilities:
        parts += DEPENDENCIES
    else:
        user.stage.recorder.say("not stopped: what the hub depends on, which nobody can stop here")
    line, since = user.listens("alerts"), _newest(user)
    outages = [_goes_away(user, part, line) for part in parts]
    return PartsAway(outages, _alerts(_replayed(user, since, parts[-1])), _alerts(line))


def _goes_away(user: HubUser, part: str, line: TopicLine) -> PartAway:
    control = user.system.control
    assert control is not None
    away = control.process(part) if part in PROCESSES else control.dependency(part)
    with rolled_back(control, lambda: _must_be_well(user.api.health()), within=WELL_AGAIN_WITHIN):
        away.stop()
        told_after, answer = _until(user, lambda told: told["components"].get(part) == "down")
        told = _read(answer)
        down = tuple(sorted(name for name, state in told["components"].items() if state == "down"))
        away.start()
        well_after, last = _until(user, lambda told: told["status"] == "healthy")
    if part not in WITHOUT_IT_NO_FRAMES:
        _ended(line, part)
    shown = told if told_after is None else _read(last)
    words = f"{shown['status']!r} with {', '.join(shown['components'])}"
    return PartAway(
        part, told_after, told["status"], answer.status, down, well_after, words, unusable=part in WITHOUT_IT_NOTHING
    )


def _until(user: HubUser, holds: Callable[[Mapping[str, Any]], bool]) -> tuple[float | None, Answer]:
    """Look at the health until it says so; give the seconds (None: it did not) and the last answer."""
    began, seen = time.monotonic(), [user.api.health()]

    def look() -> None:
        seen[0] = user.api.health()
        assert holds(_read(seen[0])), "it does not say so"

    try:
        eventually(look, LOOKS_AT_MOST, every=EVERY, what="the health to tell of it")
    except DeadlineExceeded:
        return None, seen[0]
    return time.monotonic() - began, seen[0]


def _read(answer: Answer) -> Mapping[str, Any]:
    told: Mapping[str, Any] = answer.json()
    return told


def _must_be_well(answer: Answer) -> None:
    told = _read(answer)
    assert told["status"] == "healthy", f"it is {told}"


def _ended(line: TopicLine, part: str) -> None:
    """Wait for the alert that an outage is over; whether it came is judged later."""
    ends = time.monotonic() + ALERTED_WITHIN
    while not _over(line, part) and time.monotonic() < ends:
        line.silence(EVERY)


def _over(line: TopicLine, part: str) -> bool:
    return any(alert.severity == "info" and part in alert.message.lower() for alert in _alerts(line))


def _newest(user: HubUser) -> str:
    """Give the id of the newest alert that there is."""
    line = user.listens()
    line.subscribe("alerts", since_event_id="0")
    line.ping()
    return max((frame.event_id or "0" for frame in line.frames if frame.type == "alert"), key=_order, default="0")


def _order(event_id: str) -> tuple[int, str]:
    return len(event_id), event_id


def _replayed(user: HubUser, since: str, part: str) -> TopicLine:
    """Give a line that was told again of every alert since then, once the last outage is over for the alerts too."""

    def asked() -> TopicLine:
        line = user.listens()
        line.subscribe("alerts", since_event_id=since)
        line.ping()
        assert _over(line, part), "the last outage is not over"
        return line

    try:
        return eventually(asked, ALERTED_WITHIN, every=0.5, what="the alert that the last outage is over")
    except (DeadlineExceeded, SystemFault):
        line = user.listens()
        line.subscribe("alerts", since_event_id=since)
        line.ping()
        return line


def _alerts(line: TopicLine) -> list[Alert]:
    return [
        Alert(
            str(frame.data.get("alert_type")),
            str(frame.data.get("severity")),
            str(frame.data.get("message")),
            frame.event_id,
        )
        for frame in line.frames
        if frame.type == "alert"
    ]


def measure(stage: Any, away: PartsAway, limit: float) -> None:
    """Journal the longest times to tell of a loss and of a return."""
    for what, times in (
        ("loss of a part to the health telling it", [each.told_after for each in away.outages]),
        ("return of a part to the health being good", [each.well_after for each in away.outages]),
    ):
        known = [seconds for seconds in times if seconds is not None]
        if known:
            measure_longest(stage, what, known, below=limit, load="1 user", required=len(PROCESSES))


@dataclass(frozen=True)
class AnsweringPart:
    """What was answered while the part that answers was away (nothing, if all is well), and the seconds from its
    return to a good health, None if that did not come."""

    answered: Answer | None
    well_after: float | None


def loses_the_answering_part(user: HubUser) -> AnsweringPart:
    """Stop the process that answers, see that nobody answers, start it and look at the health."""
    user.stage.need("process-control")
    control = user.system.control
    assert control is not None
    with rolled_back(control, lambda: _must_be_well(user.api.health()), within=WELL_AGAIN_WITHIN):
        control.process("api").stop()
        try:
            answered: Answer | None = user.api.health()
        except SystemFault:
            answered = None
        control.process("api").start()
        well_after, _ = _until(user, lambda told: told["status"] == "healthy")
    return AnsweringPart(answered, well_after)
