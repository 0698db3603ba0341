"""Messages nobody can use, and what comes after each of them."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.chattrain.aftermath import Aftermath
from countersign.journeys.chattrain.training import Training
from countersign.journeys.measuring import measure_longest
from countersign.journeys.written import text_of
from countersign.systems.chattrain.chat import THE_THREE, Chat
from countersign.systems.chattrain.model import Frame

ANSWER_WITHIN = 5.0
"""Longer than the criterion's limit, so that a late refusal is measured and not only missed."""
CLOSED_WITHIN = 3.0


@dataclass(frozen=True)
class Aftermaths:
    """What came after each message, and how many exchanges the system counted before the first and after the last."""

    all: tuple[Aftermath, ...]
    stored_before: int
    stored_after: int


def measure(stage: Any, after: Aftermaths, limit: float) -> None:
    """Journal the slowest of the errors."""
    measure_longest(stage, "time to the error", [each.seconds for each in after.all], below=limit, load="1 user")


def says_exactly(training: Training, characters: int) -> None:
    """Say a line of exactly so many characters."""
    training.say(text_of(characters))


def sends_unusable(training: Training, names: Sequence[str]) -> Aftermaths:
    """Send each of these unusable messages (chattrain_mistakes.yaml). Ends early if the system no longer answers."""
    known = personas.material("chattrain_mistakes")["messages"]
    before, after = stored(training), []
    for name in names:
        after.append(_send(training, name, known[name]))
        if not _still_talking(after[-1]):
            return Aftermaths(tuple(after), before, before)
    return Aftermaths(tuple(after), before, stored(training))


def sends_broken(training: Training, names: Sequence[str]) -> Aftermaths:
    """Send each of these broken frames (chattrain_mistakes.yaml), and a good line after each.

    Ends early if the system no longer answers.
    """
    material = personas.material("chattrain_mistakes")
    before, after = stored(training), []
    for name in names:
        came = _send(training, name, material["broken_frames"][name], rejoin=False)
        if _still_talking(came) and came.closed is None:
            came = replace(came, next_line=training.say(material["good_line"]))
        after.append(came)
        if came.next_line is None:
            return Aftermaths(tuple(after), before, before)
    return Aftermaths(tuple(after), before, stored(training))


def stored(training: Training) -> int:
    """Ask the system how many lines of the trainee it holds."""
    return sum(message.get("role") == "user" for message in training.chat.messages())


def _still_talking(after: Aftermath) -> bool:
    return bool(after.frames) or after.closed is not None


def _send(training: Training, name: str, form: Mapping[str, Any], *, rejoin: bool = True) -> Aftermath:
    chat, may_close = training.chat, bool(form.get("may_close"))
    sent = time.monotonic()
    try:
        _put(chat, form)
        first = chat.next_frame(ANSWER_WITHIN)
    except DeadlineExceeded:
        return Aftermath(name, (), time.monotonic() - sent)
    except LineClosed:
        # The reason may arrive after the moment at which sending failed.
        closed = chat.line.wait_closed(CLOSED_WITHIN)
        seconds = time.monotonic() - sent
        if rejoin:
            training.rejoin()
        return Aftermath(name, (), seconds, closed=closed, may_close=may_close)
    return Aftermath(name, (first, *_rest(chat, first)), first.arrived - sent, may_close=may_close)


def _put(chat: Chat, form: Mapping[str, Any]) -> None:
    if "text" in form:
        chat.line.send_text(form["text"])
    elif "bytes" in form:
        chat.line.send_bytes(form["bytes"])
    elif "characters" in form:
        chat.say(text_of(int(form["characters"])))
    else:
        chat.send(form["frame"] if "frame" in form else form["json"])


def _rest(chat: Chat, first: Frame) -> list[Frame]:
    """Give what came besides the first frame, up to the answer to a question that needs no AI.

    A message that was accepted against the rule is heard out to its feedback, so that it does not mix with the next.
    """
    chat.send({"type": "session_start"})
    came = [first]
    with suppress(DeadlineExceeded):
        while came[-1].type != "session_info":
            came.append(chat.next_frame(ANSWER_WITHIN))
        if any(frame.type == THE_THREE[0] for frame in came) and not any(frame.type == THE_THREE[2] for frame in came):
            while came[-1].type != THE_THREE[2]:
                came.append(chat.next_frame(ANSWER_WITHIN))
    return [frame for frame in came[1:] if frame.type != "session_info"]
