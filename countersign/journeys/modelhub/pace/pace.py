"""The pace of one part of the hub: what it does in a second, how quickly it answers one person, what memory it takes.

One measurement gives all three: somebody calls alone, then from five places without a pause, and on until 2000 calls
are made; the memory is read when everything is warm, and at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.evidence.operations import Operation
from countersign.journeys.load_figures import excused, measure_most, report, vouched
from countersign.journeys.measuring import measure_rate
from countersign.journeys.modelhub.pace.many_places import many_places_ask
from countersign.journeys.modelhub.pace.process_use import ProcessUse, Use
from countersign.journeys.modelhub.pace.states import STATES
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.tally import tell_failed
from countersign.load.nonstop import Calls
from countersign.systems.modelhub.routine import Routines

CLIENTS, WARMING, ALONE = 5, 20, 300
ALONE_WITHIN, MORE_WITHIN = 20.0, 40.0
"""Seconds after which a system that is too slow anyway is not called any more."""
LEISURELY = {"the control of a download": 5.0}
"""How many times as long a part may take all the same: for this one 10 calls a second are enough."""
MOST_SECONDS = 200.0
TABLE = "What each part of the hub does, and what was agreed"


@dataclass(frozen=True)
class Prepared:
    """A hub in the state in which a part is measured: who asks, and what."""

    user: PowerUser
    routines: Routines


@dataclass(frozen=True)
class Pace:
    """What came of one measurement. `uses` are the processes' at its beginning, in between and at its end; empty where
    the hub does not tell them."""

    part: str
    alone: Calls
    at_once: Calls
    more: Calls
    uses: Sequence[Use]

    @property
    def operations(self) -> list[Operation]:
        """Every call between the two readings of memory."""
        return [*self.alone.operations, *self.at_once.operations, *self.more.operations]

    @property
    def growth(self) -> float:
        """MB by which the memory grew."""
        return self.uses[-1].memory - self.uses[0].memory

    @property
    def processor(self) -> float:
        """Seconds of processor time that a call took, with everything that the processes did beside it."""
        return (self.uses[-1].processor - self.uses[0].processor) / max(1, len(self.operations))


class Rates:
    """The calls a second of each part that were measured in this run."""

    def __init__(self) -> None:
        self.by_part: dict[str, Calls] = {}


def prepares(user: PowerUser, state: str) -> Prepared:
    """Bring the hub into the state (by its words) in which a part is measured."""
    return Prepared(user, STATES[state](user))


def measures(prepared: Prepared, part: str, seconds: float, calls: int) -> Pace:
    """Call 300 times alone, then from five places for so many seconds, and on until so many calls are made."""
    user = prepared.user
    leisure = LEISURELY.get(part, 1.0)
    user.stage.may_take(MOST_SECONDS * leisure)
    use = ProcessUse(user.api) if "metrics" in user.system.capabilities else None
    routines = prepared.routines
    many_places_ask(user, routines, CLIENTS, ALONE_WITHIN, calls=WARMING)
    told = [use.anew()] if use else []
    one = many_places_ask(user, routines, 1, ALONE_WITHIN * leisure, calls=ALONE)
    told += [use.now()] if use else []
    all_at_once = many_places_ask(user, routines, CLIENTS, seconds)
    told += [use.now()] if use else []
    left = calls - len(one.operations) - len(all_at_once.operations)
    more = many_places_ask(user, routines, CLIENTS, MORE_WITHIN * leisure, calls=max(0, left))
    told += [use.anew()] if use else []
    pace = Pace(part, one, all_at_once, more, told)
    user.stage.lasting.get(Rates, Rates).by_part[part] = all_at_once
    tell_failed(user.stage, pace.operations)
    return pace


def rate_figure(stage: Any, part: str, calls: Calls, least: float) -> float:
    """Journal and give the calls a second that were answered well. Raises NotVerified for a miss that says nothing."""
    load = f"{calls.clients} clients without a pause for {calls.seconds:.0f} s"
    vouched(stage, calls.injector, load)
    of = len(calls.done)
    cell = (TABLE, part, "calls a second")
    rate = measure_rate(stage, part, calls.rate, of=of, load=load, least=least, series=calls.by_second, cell=cell)
    excused(stage, missed=rate < least)
    return rate


def answers_figure(stage: Any, pace: Pace, limit: float, required: int) -> Sequence[float]:
    """Journal percentiles and the slowest of one person's times, and give the times."""
    stage.keep(pace.alone.injector)
    return measure_most(
        stage,
        f"answer of {pace.part}",
        pace.alone.times,
        least=99,
        of=100,
        limit=limit,
        load=f"1 client, after {WARMING} calls to warm up",
        required=required,
        also=(95,),
        place=(TABLE, pace.part),
    )


def growth_figure(stage: Any, pace: Pace, limit: float, required: int) -> float:
    """Journal and give the growth of memory in MB. Raises CapabilityMissing where the hub does not tell its memory."""
    stage.need("metrics")
    load, calls = f"all processes, {len(pace.operations)} calls", len(pace.operations)
    report(stage, f"processor time of {pace.part}", pace.processor, "s a call", samples=calls, load=load)
    growth: float = stage.measure(
        f"growth of memory by {pace.part}",
        pace.growth,
        "MB",
        samples=calls,
        limit=limit,
        relation="at most",
        required_samples=required,
        statistic="last less first",
        load=load,
        series=[each.memory - pace.uses[0].memory for each in pace.uses],
        cell=(TABLE, pace.part, "growth of memory"),
    )
    return growth
