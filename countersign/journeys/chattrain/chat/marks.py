"""People with a word of their own in everything they say, so that a mix-up shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.marked import MarkedText
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.scripted_ai import mark


@dataclass(frozen=True)
class Marked:
    """Somebody and their own word, which nobody else says in this run."""

    person: Trainee
    word: str
    label: str

    def line(self, *, echoed: bool) -> str:
        """Give a line with the own word; `echoed` has the scripted AI say it back."""
        text = f"{steady_line()} My own word is {self.word}."
        return mark("echo", text) if echoed else text


def marked_people(stage: Any, count: int) -> list[Marked]:
    """Give so many people with a word each. There are words for 20."""
    words: Sequence[str] = personas.material("chattrain_crowd")["marks"]
    people = crowd(stage, count)
    return [
        Marked(person, f"{word}-{stage.tag}", f"{person.name} ({word})")
        for person, word in zip(people, words[:count], strict=True)
    ]


def marked_text(owner: Marked, everybody: Sequence[Marked], what: str, text: str, *, own: bool = True) -> MarkedText:
    """Give a text as its owner's, with the words that must not stand in it; `own` if the own word must."""
    others = {other.label: other.word for other in everybody if other is not owner}
    return MarkedText(owner.label, what, owner.word if own else "", others, text)
