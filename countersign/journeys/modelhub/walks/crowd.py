"""Other users who are active on the hub while somebody waits."""

from collections.abc import Callable
from functools import partial
from typing import Any

from countersign.errors import NotEnoughSamples
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.many_users import joined
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.load.pace import Pace
from countersign.load.together import together
from countersign.systems.scripted_ai import mark
from countersign.transport import eventually

THINKS = 1.5
"""Seconds between two things a user does (contract, section 8: 0.5 to 1.5)."""
ASKED_WITHIN = 40.0
PIECES, PAUSE = 4, 0.04
"""A generation of the crowd takes about a sixth of a second."""
AT_ONCE, MARGIN = 25, 2
OVER_WITHIN = 60.0


class Crowd:
    """So many other users with accounts of their own, kept for all runs of a scenario."""

    def __init__(self, stage: Any, count: int) -> None:
        self.stage = stage
        self.users = joined(stage, count)

    def fills_the_queue(self, least: int) -> list[tuple[HubUser, str]]:
        """Have them ask for generations, many at once, until more than so many are pending; give who asked for which.

        Raises NotEnoughSamples if the hub is done with them sooner than they come.
        """
        asked: list[tuple[HubUser, str]] = []
        while len(asked) < len(self.users):
            asked += self._ask(self.users[len(asked) : len(asked) + AT_ONCE])
            if self.pending() > least + MARGIN:
                return asked
        raise NotEnoughSamples(f"{self.pending()} generations were pending, {least} are needed")

    def pending(self) -> int:
        """Count the generations that wait, of everybody."""
        tasks = hub_of(self.stage).admin.generation.tasks()
        return sum(task.status == "pending" for task in tasks)

    def gets_used_to(self, count: int) -> None:
        """Generate so often that the hub knows how long a generation takes."""
        self.see_the_end_of(self._ask(self.users[:count]))

    def see_the_end_of(self, asked: list[tuple[HubUser, str]]) -> None:
        """Wait until all these generations are over."""
        mine = {task_id for _, task_id in asked}

        def over() -> None:
            left = sum(task.id in mine and not task.final for task in hub_of(self.stage).admin.generation.tasks())
            assert not left, f"{left} of {len(mine)} are not over"

        eventually(over, OVER_WITHIN, every=0.2, what="the generations of the others to be over")

    def _ask(self, users: list[HubUser]) -> list[tuple[HubUser, str]]:
        prompt = mark("chunks", "A lighthouse in the fog", count=PIECES, pause=PAUSE)
        answers = together([partial(user.api.generation.submit, TEXT, prompt) for user in users], within=ASKED_WITHIN)
        return [(user, str(answer.get()["task_id"])) for user, answer in zip(users, answers, strict=True)]

    def active(self) -> list[Callable[[Callable[[], bool]], int]]:
        """Give what each does as long as it is asked to: look at models, downloads and the own queue, and think."""
        return [partial(_goes_on, user, number / len(self.users)) for number, user in enumerate(self.users)]


def _goes_on(user: HubUser, share: float, going_on: Callable[[], bool]) -> int:
    """Act at the user's own moments: `share` of a pause after the first, so that they do not all come at once."""
    looks: list[Callable[[], object]] = [
        user.api.downloads.all,
        user.api.generation.tasks,
        partial(user.api.models.basic, TEXT),
    ]
    first = Pace(THINKS * share)
    first.wait()
    first.wait()
    pace, done = Pace(THINKS), 0
    while going_on():
        pace.wait()
        looks[done % len(looks)]()
        done += 1
    return done


def crowd_of(stage: Any, count: int) -> Crowd:
    """Give the crowd of a scenario; it joins when it is first asked for, and the hub gets used to its generations."""
    crowd: Crowd = stage.shared(Crowd, lambda: Crowd(stage, count))
    return crowd
