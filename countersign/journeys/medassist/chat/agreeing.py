"""A patient who has not agreed to the consent text, agrees to a part of it, and then to all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.expect.medassist.agreeing import REQUIRED, Agreed, HalfAgreed, Unagreed
from countersign.journeys.medassist.chat.ways import InTheChat, Way, ways_of
from countersign.journeys.medassist.patient import Patient
from countersign.systems.medassist.chat import ChatLine
from countersign.systems.medassist.model import need

HOW: Mapping[str, Mapping[str, Any]] = {"left out": {}, "denied": {"value": False}, "in words": {"value": "yes"}}


@dataclass(frozen=True)
class Unagreeds:
    """Messages before consent, by every way."""

    all: tuple[Unagreed, ...]


@dataclass(frozen=True)
class HalfAgreeds:
    """Consents that lack one point each."""

    all: tuple[HalfAgreed, ...]


def writes_without_consent(patient: Patient) -> Unagreeds:
    """Write a routine complaint and an emergency by every way there is, without having agreed."""
    patient.agrees = False
    return Unagreeds(tuple(each for way in ways_of(patient) for each in _writes(way)))


def _writes(way: Way) -> list[Unagreed]:
    routine, emergency = personas.material("medassist_chat")["before_consent"]
    met = {text: way.send({"content": text}) for text in (routine, emergency)}
    kept = {message.content for message in way.patient.api.sessions.whole_history(way.patient.session.id)}
    return [
        Unagreed(way.name, text, text == emergency, each.taken, each.refusal, each.advice, text in kept)
        for text, each in met.items()
    ]


def agrees_in_part(patient: Patient) -> HalfAgreeds:
    """Try to agree to all but one point of the text, for each point and each manner of not agreeing to it."""
    patient.agrees = False
    text = patient.api.consent.text()
    points = need(text, "required_fields", list, "the consent text")
    tries = []
    for point in points:
        for how, instead in HOW.items():
            responses = {each: True for each in points if each != point}
            responses |= {point: instead["value"]} if instead else {}
            answer = patient.api.consent.try_giving(text["id"], responses)
            tries.append((point, how, answer.status))
    met = InTheChat(patient).send({"content": personas.material("medassist_chat")["before_consent"][0]})
    return HalfAgreeds(tuple(HalfAgreed(*each, not met.taken and met.refusal == REQUIRED) for each in tries))


def agrees_and_writes(patient: Patient) -> Agreed:
    """Agree to everything, write, sign in again and write once more."""
    patient.agrees = False
    patient.api.consent.give()
    text = personas.material("medassist_chat")["before_consent"][0]
    turns = {"after consent": patient.line.exchange(text)}
    again = patient.signed_in_again()
    line = ChatLine.join(
        patient.system,
        patient.session.id,
        again.tokens.access,
        actor=patient.name,
        recorder=patient.stage.recorder,
    )
    turns["after signing in again"] = line.exchange(text)
    line.close()
    return Agreed(turns)
