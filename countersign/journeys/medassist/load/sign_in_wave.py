"""Waves of sign-ins and registrations while conversations go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.journeys.load_figures import vouched
from countersign.journeys.medassist.clinic import new_password
from countersign.journeys.medassist.crowd import Regular, patients
from countersign.journeys.medassist.load.many_patients import FullHouse
from countersign.journeys.medassist.load.steady_traffic import Traffic, steady_traffic
from countersign.journeys.tally import tell_failed
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.together import together
from countersign.systems.medassist.api import MedAssistApi
from countersign.systems.scripted_ai import mark

PINGS_A_SECOND = 50
MESSAGES = 20
WAVE_WITHIN = 20.0
ALL_WITHIN = 90.0


@dataclass(frozen=True)
class Wave:
    """The conversations, and everybody who signed in or registered meanwhile."""

    traffic: Traffic
    doors: Sequence[Operation]
    load: str


def waves(house: FullHouse, at_once: int, seconds: int) -> Wave:
    """Let people sign in and register, so many at once and again as soon as all are done, while conversations go on.

    Half of them sign in with accounts that are there, half make new ones. Each conversation pings five times a second
    (of ten), and 20 messages are said in all.
    """
    stage = house.talkers[0].person.stage
    # Not those who talk: what a sign-in of somebody does to the same one's conversation is another rule.
    known = patients(stage, len(house.talkers) + at_once // 2)[len(house.talkers) :]
    lines = [(talker.person.name, talker.person.line) for talker in house.talkers]
    echoed = "scripted-ai" in stage.system().capabilities
    said = [f"{house.talkers[number % len(lines)].complaint} (part {number + 1})" for number in range(MESSAGES)]
    texts = [mark("echo", text, when="chat") if echoed else text for text in said]
    talk = partial(steady_traffic, lines, pings_a_second=PINGS_A_SECOND, seconds=seconds, texts=texts)
    traffic, [came] = meanwhile(talk, [partial(_come_and_come, known, at_once - at_once // 2)], within=ALL_WITHIN)
    doors = came.get()
    tell_failed(stage, doors)
    stage.made["accounts"] += sum(operation.what == "registering" and not operation.failed for operation in doors)
    load = f"{traffic.load}, {len(doors)} sign-ins and registrations, {at_once} at once"
    return Wave(replace(traffic, load=load), doors, load)


def _come_and_come(known: Sequence[Regular], newcomers: int, going_on: GoingOn) -> list[Operation]:
    operations: list[Operation] = []
    while going_on():
        jobs: list[Callable[[], Operation]] = [partial(_signs_in, person) for person in known]
        first = len(operations)
        jobs += [partial(_registers, known[0], f"{first}-{number}") for number in range(newcomers)]
        operations += [outcome.get() for outcome in together(jobs, within=WAVE_WITHIN)]
    return operations


def _signs_in(person: Regular) -> Operation:
    api = MedAssistApi(person.system, person.name, person.recorder)

    def act() -> float:
        answer = api.try_sign_in(person.account.email, person.account.password).must_be(200)
        return float(answer.seconds)

    operation = attempt(person.name, "signing in", act)
    api.close()
    return operation


def _registers(like: Regular, number: str) -> Operation:
    api = MedAssistApi(like.system, "somebody new", like.recorder)
    local, _, domain = like.account.email.partition("@")
    body: dict[str, Any] = {
        "email": f"{local}.{like.stage.tag}-{number}@{domain}",
        "password": new_password(like.stage),
        "full_name": like.account.full_name,
    }
    operation = attempt(
        "somebody new", "registering", lambda: float(api.accounts.try_register(body).must_be(201).seconds)
    )
    api.close()
    return operation


def conversations_vouched(stage: Any, wave: Wave) -> Traffic:
    """Give the conversations if the injector can vouch for them. Raises NotVerified; SystemFault without waves."""
    if not wave.doors:
        raise SystemFault("medassist: nobody signed in or registered while the conversations went on")
    vouched(stage, wave.traffic.injector, wave.load)
    return wave.traffic
