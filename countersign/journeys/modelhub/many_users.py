"""Many users of the hub, with accounts of their own."""

from functools import partial
from typing import Any

import personas
from countersign.journeys.modelhub.user import HubUser
from countersign.load.together import together

JOINED_WITHIN = 40.0
TOGETHER = 5
"""So many sign in at once; more would only wait for each other's passwords to be hashed."""


def joined(stage: Any, count: int, group: str = "") -> list[HubUser]:
    """Give so many users who have signed in. `group` tells them from other groups of the same scenario."""
    persona = personas.load("Viktor", seed=stage.options.seed)
    users = [HubUser(stage, persona, f".{group}{number}") for number in range(count)]
    for few in (users[at : at + TOGETHER] for at in range(0, count, TOGETHER)):
        for one in together([partial(_joins, user) for user in few], within=JOINED_WITHIN):
            one.get()
    return users


def _joins(user: HubUser) -> str:
    return user.api.token
