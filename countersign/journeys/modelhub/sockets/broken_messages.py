"""What no program of a user should send over the lines of the hub, and whether the lines live on."""

from collections.abc import Mapping
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.broken_frames import Told, TooLarge
from countersign.journeys.broken_frames import ERROR_WITHIN, Nonsense, ping_of, sends_broken
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.socket import Frame, PlainLine, TopicLine

ENDED_WITHIN = 5.0
FACTS = "data"


def over_topics(user: HubUser) -> Nonsense:
    """Send every broken frame over the line with topics, those about topics without a name too."""
    user.stage.need("topic-events")
    material = personas.material("modelhub_sockets")
    return _sends(user.listens(), {**material["broken_frames"], **material["nameless_topics"]})


def over_plain_line(user: HubUser) -> Nonsense:
    """Send every broken frame over the line about one's own generations."""
    return _sends(user.follows_tasks(), personas.material("modelhub_sockets")["broken_frames"])


def too_large(user: HubUser) -> TooLarge:
    """Send a ping of exactly the largest size and one that is larger; then come back and ping."""
    user.stage.need("topic-events")
    largest = int(personas.material("modelhub_sockets")["largest_frame_bytes"])
    line = user.listens()
    line.line.send_text(ping_of(largest, FACTS))
    heard = _pong(line)
    line.line.send_text(ping_of(largest + 1, FACTS))
    code = line.line.wait_closed(ENDED_WITHIN)
    again = user.listens()
    again.tell("ping", timestamp="now")
    return TooLarge(heard, code, _pong(again))


def _sends(line: PlainLine | TopicLine, wishes: Mapping[str, Any]) -> Nonsense:
    return Nonsense([sends_broken(line, what, wish, _told) for what, wish in wishes.items()])


def _told(frame: Frame) -> Told:
    return Told(frame.type, words=str(frame.data.get("message") or ""))


def _pong(line: TopicLine) -> bool:
    try:
        line.wait_for("pong", ERROR_WITHIN)
    except (DeadlineExceeded, LineClosed):
        return False
    return True
