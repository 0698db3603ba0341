"""A patient who says many things in one conversation, some of them while an answer is still being written."""

import uuid
from collections.abc import Sequence

from countersign.errors import SuiteError
from countersign.expect.medassist.answers import Answered
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import Sent
from countersign.systems.scripted_ai import mark

SLOW_SECONDS = 1.0
PIECES = {"size": 5, "pause": 0.002}
WITHIN = 10.0


def says_marked_messages(patient: Patient, count: int, meanwhile: int) -> Answered:
    """Say so many messages with a word each; the last ones of them while the answer before them is still running.

    Where the AI is scripted it repeats each message in small pieces, and the running answer takes a second.
    """
    scripted = "scripted-ai" in patient.system.capabilities
    words = [f"{number:02d}-{patient.stage.tag}" for number in range(1, count + 1)]
    running = count - meanwhile - 1
    if running < 1:
        raise SuiteError(f"{count} messages are too few to send {meanwhile} of them during an answer")
    sent: list[Sent] = []
    stored: list[bool] = []
    first = len(patient.line.frames)
    for word in words[:running]:
        sent.append(_says(patient, word, scripted))
        stored.append(_is_stored(patient, sent[-1]))
        patient.line.wait_for("streaming_complete", WITHIN)
    sent += [_says(patient, word, scripted, after=SLOW_SECONDS * (n == 0)) for n, word in enumerate(words[running:])]
    patient.line.collect(sent[running:], WITHIN)
    patient.line.ping(WITHIN)
    frames = tuple(patient.line.frames[first:])
    own = tuple(words) if scripted else ()
    return Answered(tuple(sent), frames, own, tuple(stored), running, tuple(range(running + 1, count)))


def _says(patient: Patient, word: str, scripted: bool, after: float = 0.0) -> Sent:
    text = f"My own word for this message is {word}"
    held_up = {"after": after} if after else {}
    return patient.line.say(mark("echo", text, when="chat", **PIECES, **held_up) if scripted else text, _fresh())


def _fresh() -> str:
    return str(uuid.uuid4())


def _is_stored(patient: Patient, sent: Sent) -> bool:
    """Wait for the acknowledgement of a message and look whether the message can be read now."""
    frame = patient.line.wait_for_payload("status", WITHIN, status="message_received", client_message_id=sent.client_id)
    shown: Sequence[dict[str, object]] = patient.api.sessions.read(patient.session.id).raw.get("messages") or ()
    return any(each.get("id") == frame.payload.get("message_id") for each in shown)
