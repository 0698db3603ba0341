"""The others who use the hub in a scenario while parts of it are away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from countersign.faults.control import Control
from countersign.journeys.load_figures import vouched
from countersign.journeys.modelhub.many_users import joined
from countersign.journeys.modelhub.outages.health_looks import HealthLook, looks_at_health
from countersign.journeys.modelhub.outages.use import Habit, Use, everybody, summed
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import watching_the_injector
from countersign.load.meanwhile import meanwhile

M = TypeVar("M")


@dataclass
class Others:
    """People who have signed in, one of whom only looks at the health."""

    stage: Any
    users: Sequence[HubUser]
    looker: HubUser
    use: Use = field(default_factory=Use)
    looks: list[HealthLook] = field(default_factory=list)

    @property
    def load(self) -> str:
        """How many they are, in words."""
        return f"{len(self.users)} users"

    def go_on_while(self, lasting: Callable[[], M], habit: Habit, within: float) -> M:
        """Let them use the hub as long as something lasts; what they did is kept, and so is how the suite was."""
        jobs: list[Callable[[Callable[[], bool]], Any]] = [*everybody(self.users, habit)]
        jobs.append(partial(looks_at_health, self.looker.api))
        with watching_the_injector() as injector:
            result, outcomes = meanwhile(lasting, jobs, within=within)
        vouched(self.stage, injector.health, self.load)
        self.use = summed(self.stage, outcomes[:-1])
        self.looks = outcomes[-1].get()
        return result


def others(stage: Any, count: int) -> Others:
    """Have so many others sign in, and one more who looks at the health."""
    *users, looker = joined(stage, count + 1)
    return Others(stage, users, looker)


def control_of(stage: Any, capability: str) -> Control:
    """Give the control of the hub. Raises CapabilityMissing where the target has none."""
    stage.need(capability)
    control: Control | None = stage.system().control
    assert control is not None, f"a target with {capability} gave the suite no control"
    return control
