"""Users of the hub in great numbers: registered and signed in once a run, however many scenarios need them.

Making an account is dear by intent (passwords are hashed slowly).
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.evidence import Recorder
from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.load.lanes import shared_out
from countersign.systems.modelhub.api import ModelHubApi

LANES, MAKING_WITHIN = 4, 120.0
SIGNED_IN_FRESH = 600.0
"""Seconds after which somebody signs in again before a scenario begins: a third of the shortest sign-in there is."""
KIND = "Rosa"


@dataclass
class Regular:
    """One of the crowd, with a client of their own. Single exchanges are not noted: nobody reads thousands of them."""

    name: str
    api: ModelHubApi
    account: tuple[str, str] | None = None
    signed_in_at: float = 0.0


class Crowd:
    """The users made so far in a run."""

    def __init__(self, stage: Any) -> None:
        self._system = stage.system("modelhub")
        self.unheard = Recorder(stage.recorder.redactor, limit=0)
        self._people: list[Regular] = []
        stage.lasting.at_end(self._leave, "closing the clients of the crowd")

    def first(self, hub: Hub, count: int) -> Sequence[Regular]:
        """Give the first so many, signed in; those that are missing are made, several at a time."""
        user_name = personas.load(KIND, seed=hub.stage.options.seed).card.user_name
        self._people += [
            Regular(f"{KIND} {number + 1}", self.client(f"{KIND} {number + 1}"))
            for number in range(len(self._people), count)
        ]
        now = time.monotonic()
        tired = [each for each in self._people[:count] if not each.account or now - each.signed_in_at > SIGNED_IN_FRESH]
        shared_out(tired, partial(_signs_in, hub, user_name), lanes=LANES, within=MAKING_WITHIN)
        return self._people[:count]

    def client(self, name: str) -> ModelHubApi:
        """Give a client that nobody has signed in with."""
        return ModelHubApi(self._system, name, self.unheard)

    def _leave(self) -> None:
        for person in self._people:
            person.api.close()


def crowd_of(stage: Any) -> Crowd:
    """Give the crowd of the run."""
    crowd: Crowd = stage.lasting.get(Crowd, lambda: Crowd(stage))
    return crowd


def users(stage: Any, count: int) -> Sequence[Regular]:
    """Gather so many users. Raises SystemFault if one of them cannot register or sign in."""
    return crowd_of(stage).first(hub_of(stage), count)


def clients(stage: Any, count: int, accounts: int) -> list[ModelHubApi]:
    """Open so many clients, signed in under so many accounts; they are closed with the scenario."""
    people, crowd = users(stage, accounts), crowd_of(stage)
    opened = [crowd.client(f"client {number + 1}") for number in range(count)]
    for number, client in enumerate(opened):
        stage.at_end(client.close, f"closing {client.actor}")
        client.goes_on_as(people[number % accounts].api)
    return opened


def _signs_in(hub: Hub, user_name: str, person: Regular) -> None:
    if person.account is None:
        person.account = hub.enrols(user_name, person.api)
    person.api.sign_in(*person.account)
    person.signed_in_at = time.monotonic()
