"""Everybody talks at once with a word of their own: where does whose word turn up?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.expect.marked import MarkedText
from countersign.journeys.chattrain.chat.marks import Marked, marked_people, marked_text
from countersign.journeys.chattrain.training import Training
from countersign.load.together import together
from countersign.systems.scripted_ai import ScriptedAiRecord

TALK_WITHIN = 60.0


@dataclass(frozen=True)
class OwnWords:
    """What several people talking at once left behind: replies they got, prompts the AI got, lines that are stored."""

    replies: Sequence[MarkedText]
    prompts: Sequence[MarkedText]
    stored: Sequence[MarkedText]


def talk_with_own_words(stage: Any, people: int, lines: int, training: str) -> OwnWords:
    """Let so many people say so many lines at once, the AI repeating each of them to whom it answers."""
    everybody = marked_people(stage, people)
    trainings = [marked.person.opens(training) for marked in everybody]
    ai = ScriptedAiRecord(stage.system(), stage.recorder)
    stage.at_end(ai.close, "closing the connection to the scripted AI")
    place = ai.here()
    pairs = list(zip(everybody, trainings, strict=True))
    jobs = [partial(training.say_all, [owner.line(echoed=True)] * lines) for owner, training in pairs]
    said = [outcome.get() for outcome in together(jobs, within=TALK_WITHIN)]
    replies = [
        marked_text(owner, everybody, "a reply", exchange.reply)
        for owner, exchanges in zip(everybody, said, strict=True)
        for exchange in exchanges
    ]
    prompts = [
        marked_text(owner, everybody, "what the AI was told for a line", call.everything)
        for call in ai.since(place)
        for owner in everybody
        if owner.word in call.last_user_text
    ]
    return OwnWords(replies, prompts, _stored(stage, pairs, everybody))


def _stored(stage: Any, pairs: Sequence[tuple[Marked, Training]], everybody: Sequence[Marked]) -> list[MarkedText]:
    if "history" not in stage.system().capabilities:
        stage.recorder.say("Stored lines were read over the chat only: this system offers no reading back.")
    return [
        marked_text(owner, everybody, "a stored message", str(item.get("content")))
        for owner, training in pairs
        for item in _items(stage, owner, training)
    ]


def _items(stage: Any, owner: Marked, training: Training) -> Sequence[Any]:
    over_the_chat = training.chat.messages()
    if "history" not in stage.system().capabilities:
        return over_the_chat
    return [*over_the_chat, *owner.person.api.read_messages(training.session)]
