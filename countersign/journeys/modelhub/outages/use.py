"""Everyday use while parts are away: looks at status, health and alternatives, and a generation now and then."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub.use import Offer
from countersign.journeys.measuring import measure_share
from countersign.journeys.modelhub.outages.orders import Order, ordered, worded
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.tally import tell_failed
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace
from countersign.load.together import Outcome
from countersign.systems.modelhub.model import need

ACTIONS_TO_ONE_ORDER = 8


@dataclass
class Use:
    """What people did: their looks, what these offered for use, their wishes for generations, and the orders taken."""

    reads: list[Operation] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    wishes: list[Operation] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def adds(self, other: "Use") -> None:
        """Add what somebody else did."""
        self.reads += other.reads
        self.offers += other.offers
        self.wishes += other.wishes
        self.orders += other.orders


@dataclass(frozen=True)
class Habit:
    """How people use the hub: generating with one model and asking for alternatives to another, an action every
    `thinks` seconds."""

    generates_with: str
    wants: str
    thinks: float


def everybody(users: Sequence[HubUser], habit: Habit) -> list[Callable[[GoingOn], Use]]:
    """Give what each does as long as it is asked to, at moments of their own, so that they do not all come at once."""
    return [partial(_goes_on, user, habit, number / len(users)) for number, user in enumerate(users)]


def summed(stage: Any, outcomes: Sequence[Outcome[Use]]) -> Use:
    """Sum up what everybody did, and tell what failed."""
    use = Use()
    for outcome in outcomes:
        use.adds(outcome.get())
    tell_failed(stage, [*use.reads, *use.wishes])
    return use


def measure_answered(stage: Any, use: Use, least: float, required: int, load: str) -> None:
    """Journal how many of 100 looks were answered."""
    fine = 100 * sum(not read.failed for read in use.reads) / max(1, len(use.reads))
    measure_share(stage, "critical reads answered", fine, least=least, of=len(use.reads), load=load, required=required)


def _goes_on(user: HubUser, habit: Habit, share: float, going_on: GoingOn) -> Use:
    use, done = Use(), 0
    looks: list[tuple[str, Callable[[], None]]] = [
        ("reading the status", partial(_status, user, use)),
        ("reading the health", partial(_health, user, use)),
        ("asking for alternatives", partial(_alternatives, user, use, habit.wants)),
    ]
    first = Pace(habit.thinks * share)
    first.wait()
    first.wait()
    pace = Pace(habit.thinks)
    while going_on():
        pace.wait()
        if done % ACTIONS_TO_ONE_ORDER == 0:
            use.wishes.append(attempt(_who(user), "asking for a generation", partial(_orders, user, use, habit)))
        what, look = looks[done % len(looks)]
        use.reads.append(attempt(_who(user), what, look))
        done += 1
    return use


def _who(user: HubUser) -> str:
    return f"{user.name}{user.suffix}"


def _orders(user: HubUser, use: Use, habit: Habit) -> None:
    use.orders.append(ordered(user, habit.generates_with, worded(user, len(use.orders))))


def _status(user: HubUser, use: Use) -> None:
    asked, statuses = time.monotonic(), user.api.models.statuses()
    offered = {name for name, each in statuses.items() if each.is_available or "generate" in each.actions}
    use.offers.append(Offer(asked, "the status", frozenset(offered), complete=True))


def _health(user: HubUser, use: Use) -> None:
    asked, models = time.monotonic(), need(user.api.models.overall_health(), "model_health", dict, "the health")
    healthy = {name for name, each in models.items() if each.get("health_status") == "healthy"}
    use.offers.append(Offer(asked, "the health report", frozenset(healthy)))


def _alternatives(user: HubUser, use: Use, wanted: str) -> None:
    asked, told = time.monotonic(), user.api.fallback.suggest(wanted)
    named = {str(each.get("suggested_model")) for each in need(told, "suggestions", list, "a suggestion")}
    use.offers.append(Offer(asked, "the alternatives", frozenset(named)))
