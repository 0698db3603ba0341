"""Bad input of every kind, an AI that fails, and everything the system says to it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.traces import Place
from countersign.journeys.chattrain.access.disclosure import bad_request
from countersign.journeys.chattrain.trainee import Trainee
from countersign.journeys.chattrain.training import Training
from countersign.systems.scripted_ai import mark

FIRST_ERROR = 400
ANSWERED_WITHIN = 5.0


@dataclass(frozen=True)
class Complaints:
    """Everything the system said to bad input and about a failing AI, and how much of it were errors."""

    places: list[Place]
    errors: int

    def measure(self, stage: Any) -> None:
        """Journal how many errors were searched."""
        stage.measure("errors provoked and searched", self.errors, "errors", samples=self.errors, statistic="count")


def sends_nonsense(trainee: Trainee) -> Complaints:
    """Send every bad request and frame of the material, train while the AI fails, and collect all that is said."""
    material = personas.material("chattrain_trespassing")
    places, errors = [], 0
    for wish in material["bad_requests"]:
        answer = bad_request(trainee.api, wish)
        if answer.status >= FIRST_ERROR:
            errors += 1
            text = answer.body.decode("utf-8", "replace")
            places.append(Place(f"the answer to {wish['what']} ({answer.what})", text))
    training = trainee.training
    closings = [_send(training, wish) for wish in material["bad_frames"]]
    places += [Place("the reason with which the chat was closed", words) for words in closings if words]
    _meets_a_failing_ai(trainee)
    training.chat.info()
    for frame in training.chat.frames:
        errors += frame.type in ("error", "security_error")
        places.append(Place(f"the chat ({frame.type})", str(dict(frame.data))))
    if "history" in trainee.system.capabilities:
        shown = trainee.api.read_messages(training.session)
        places.append(Place("the conversation read back", str(shown)))
    return Complaints(places, errors)


def _send(training: Training, wish: Mapping[str, str]) -> str:
    """Send a bad frame and wait for what it brings; give the words with which the chat was closed over it, if so."""
    chat, line = training.chat, training.chat.line
    try:
        if "bytes" in wish:
            line.send_bytes(bytes.fromhex(wish["bytes"]))
        else:
            line.send_text(wish["text"])
        # The answer to a question that follows is the marker; whether the chat still answers is another criterion.
        with suppress(DeadlineExceeded):
            chat.info(ANSWERED_WITHIN)
    except LineClosed:
        words = line.close_reason
        training.rejoin()
        training.chat.frames[:0] = chat.frames
        return words
    return ""


def _meets_a_failing_ai(trainee: Trainee) -> None:
    if trainee.system.scripted_ai is None:
        trainee.stage.recorder.say("not done: this system asks no scripted AI, so none could be made to fail")
        return
    line = personas.material("chattrain")["lines"]["short"]
    for way in personas.material("chattrain_trespassing")["failing_ai"]:
        details = {name: value for name, value in way.items() if name != "do"}
        trainee.answers(mark(way["do"], line, **details))
