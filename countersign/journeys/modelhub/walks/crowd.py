"""Other users who are active on the hub while somebody waits."""

from collections.abc import Callable
from typing import Any

import personas
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.scripted_ai import mark

THINKS = 1.0
"""Seconds between two things a user does (contract, section 8: 0.5 to 1.5)."""
JOINED_WITHIN = 40.0
PIECES, PAUSE = 5, 0.05
"""A generation of the crowd takes about a quarter of a second."""


class Crowd:
    """So many other users with accounts of their own, kept for all runs of a scenario."""

    def __init__(self, stage: Any, count: int) -> None:
        self.stage = stage
        persona = personas.load("Viktor", seed=stage.options.seed)
        self.users = [HubUser(stage, persona, f".{number}") for number in range(count)]
        for joined in together([lambda user=user: user.api.token for user in self.users], within=JOINED_WITHIN):
            joined.get()

    def submits(self, count: int) -> list[tuple[HubUser, str]]:
        """Have so many of them ask for a generation each, one after the other; give who asked and the tasks."""
        prompt = mark("chunks", "A lighthouse in the fog", count=PIECES, pause=PAUSE)
        return [(user, str(user.api.generation.submit(TEXT, prompt)["task_id"])) for user in self.users[:count]]

    def gets_used_to(self, count: int) -> None:
        """Generate so often that the hub knows how long a generation takes."""
        for user, task_id in self.submits(count):
            common.generated(user, task_id, within=common.GENERATION_WITHIN)

    def active(self) -> list[Callable[[Callable[[], bool]], int]]:
        """Give what each does as long as it is asked to: look at models, downloads and the own queue, and think."""
        return [lambda going_on, user=user, number=number: _goes_on(user, number, going_on)  # type: ignore[misc]
                for number, user in enumerate(self.users)]  # fmt: skip


def _goes_on(user: HubUser, number: int, going_on: Callable[[], bool]) -> int:
    looks: list[Callable[[], object]] = [user.api.models.statuses, user.api.downloads.all, user.api.generation.tasks]
    pace, done = Pace(THINKS), number
    while going_on():
        looks[done % len(looks)]()
        done += 1
        pace.wait()
    return done - number


def crowd_of(stage: Any, count: int) -> Crowd:
    """Give the crowd of a scenario; it joins when it is first asked for, and the hub gets used to its generations."""
    crowd: Crowd = stage.shared(Crowd, lambda: Crowd(stage, count))
    return crowd
