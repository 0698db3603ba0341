"""Throughput: the least of every part, the peak with ever more clients, and whether it lasts."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import NotVerified
from countersign.evidence.operations import Operation
from countersign.expect.modelhub.throughput import Reached
from countersign.journeys.load_figures import excused, report, vouched
from countersign.journeys.modelhub.pace.many_places import many_places_ask
from countersign.journeys.modelhub.pace.pace import CLIENTS, Rates, rate_figure
from countersign.journeys.modelhub.pace.places import Places
from countersign.journeys.modelhub.pace.states import STATES
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.tally import tell_failed
from countersign.load.injector import MOST_NEIGHBOURS_OF_A_RATIO
from countersign.load.nonstop import Calls, nonstop
from countersign.load.percentiles import mean, percentile
from countersign.load.speed import MachineSpeed, watching_the_speed
from countersign.systems.modelhub.routine import health, mixed, status, suggestions_among, use
from personas import material

WARMING_SECONDS, ROUNDS = 2.0, 2
SETTLED_AFTER = 1.0
"""Seconds of a turn in which connections are opened and places get under way: they do not count."""
BEYOND = 60.0
"""Seconds that preparing and closing may take beside the calls."""
PAUSES: Mapping[str, tuple[float, float] | None] = {"without a pause": None, "with the pauses of people": (0.5, 1.5)}
"""Seconds between two calls of a place, by the words of the features."""


@dataclass(frozen=True)
class Least:
    """The calls of a part, and how many a second it has to answer."""

    part: str
    calls: Calls
    least: float


@dataclass(frozen=True)
class LeastOfAll:
    """The least throughput of every part."""

    each: Sequence[Least]


@dataclass(frozen=True)
class Crowds:
    """The calls of few and of many places, in turn: what changes on the machine meanwhile meets both."""

    few: Sequence[Calls]
    many: Sequence[Calls]

    @property
    def operations(self) -> list[Operation]:
        """Every call of both."""
        return [operation for calls in (*self.few, *self.many) for operation in calls.operations]


@dataclass(frozen=True)
class Sustained:
    """Calls over a longer time; `load` says of whom."""

    calls: Calls
    load: str
    machine: MachineSpeed

    @property
    def machine_change(self) -> float:
        """Give the speed of the machine in the last third, as a part of that in the first."""
        return self.machine.change(self._moments(0), self._moments(2))

    def rate(self, third: int) -> float:
        """Give the calls a second of the first (0), second or last (2) third."""
        return self.calls.rate_between(*self._third(third))

    def times(self, third: int) -> list[float]:
        """Give the seconds of the calls of a third."""
        return self.calls.times_between(*self._third(third))

    def slow(self, third: int) -> float:
        """Give the seconds that 95 of 100 calls of a third do not exceed."""
        return percentile(self.times(third), 95)

    def _moments(self, third: int) -> tuple[float, float]:
        since, until = self._third(third)
        return self.calls.began + since, self.calls.began + until

    def _third(self, third: int) -> tuple[float, float]:
        length = self.calls.seconds / 3
        return third * length, (third + 1) * length


def asks_each_part(user: PowerUser, rows: Iterable[Mapping[str, str]], seconds: float) -> LeastOfAll:
    """Ask for each part from five places without a pause, where that was not measured in this run yet."""
    rates, found = user.stage.lasting.get(Rates, Rates).by_part, []
    for row in rows:
        part = row["part"]
        if part not in rates:
            user.stage.may_take(seconds + BEYOND)
            routines = STATES[row["state"]](user)
            many_places_ask(user, routines, CLIENTS, WARMING_SECONDS)
            rates[part] = many_places_ask(user, routines, CLIENTS, seconds)
            user.hub.cancels_transfers()
        found.append(Least(part, rates[part], float(row["calls a second"])))
    return LeastOfAll(found)


def least_figures(stage: Any, least: LeastOfAll) -> list[Reached]:
    """Journal and give the calls a second of every part."""
    return [
        Reached(each.part, rate_figure(stage, each.part, each.calls, each.least), each.least) for each in least.each
    ]


def asks_from_more_and_more(user: PowerUser, few: int, many: int, seconds: float) -> Crowds:
    """Ask for everything from few and from many places in turn, twice, each time for so many seconds."""
    user.stage.may_take(2 * ROUNDS * seconds + BEYOND)
    user.hub.has_all_installed()
    many_places_ask(user, _everything(), many, WARMING_SECONDS)
    turns = [many_places_ask(user, _everything(), count, seconds) for _ in range(ROUNDS) for count in (few, many)]
    crowds = Crowds(turns[0::2], turns[1::2])
    tell_failed(user.stage, crowds.operations)
    return crowds


def peak_figure(stage: Any, crowds: Crowds, least: float) -> float:
    """Journal and give the calls a second of many places in percent of those of few."""
    rates = [_crowd_figures(stage, each) for each in (crowds.few, crowds.many)]
    stage.keep(max((calls.injector for calls in (*crowds.few, *crowds.many)), key=lambda each: each.neighbours))
    value = 100 * rates[1] / max(rates[0], 1e-9)
    stage.measure(
        f"calls a second of {crowds.many[0].clients} places, of those of {crowds.few[0].clients}",
        value,
        "%",
        samples=sum(len(calls.done) for calls in crowds.many),
        limit=least,
        relation="at least",
        required_samples=100,
        statistic="ratio",
        load=_load(crowds.many[0], "without a pause"),
    )
    excused(stage, missed=value < least, most=MOST_NEIGHBOURS_OF_A_RATIO)
    return value


def _crowd_figures(stage: Any, turns: Sequence[Calls]) -> float:
    load = f"{_load(turns[0], 'without a pause')}, {len(turns)} times, without the first {SETTLED_AFTER:g} s of each"
    for calls in turns:
        vouched(stage, calls.injector, load)
    rate = mean([calls.rate_between(SETTLED_AFTER, calls.seconds) for calls in turns])
    times = [seconds for calls in turns for seconds in calls.times_between(SETTLED_AFTER, calls.seconds)]
    _report_rate(stage, rate, times, [each for calls in turns for each in calls.by_second], load)
    _report_times(stage, times, load)
    return rate


def keeps_asking(user: PowerUser, count: int, pauses: str, seconds: float) -> Sustained:
    """Ask for everything from so many places, for a longer time."""
    user.stage.may_take(seconds + BEYOND)
    user.hub.has_all_installed()
    many_places_ask(user, _everything(), count, WARMING_SECONDS)
    with watching_the_speed() as machine:
        calls = _asks_for_everything(user, count, PAUSES[pauses], seconds)
    tell_failed(user.stage, calls.operations)
    vouched(user.stage, calls.injector, _load(calls, pauses))
    sustained = Sustained(calls, _load(calls, pauses), machine)
    _tell_speed(user.stage, sustained)
    return sustained


def _asks_for_everything(user: PowerUser, count: int, pause: tuple[float, float] | None, seconds: float) -> Calls:
    if pause is None:
        return many_places_ask(user, _everything(), count, seconds)
    draw = random.Random(user.stage.options.seed)
    with Places(user, count) as places:
        return nonstop(places.asking(_everything()), seconds, pause=lambda: draw.uniform(*pause))


def sustained_rate(stage: Any, sustained: Sustained, least: float) -> float:
    """Journal and give the calls a second of the last third in percent of those of the first."""
    for third, name in enumerate(("first", "second", "last")):
        load = f"{sustained.load}, {name} third"
        _report_rate(stage, sustained.rate(third), sustained.times(third), (), load)
    value = 100 * sustained.rate(2) / max(sustained.rate(0), 1e-9)
    stage.measure(
        "calls a second of the last third, of those of the first",
        value,
        "%",
        samples=len(sustained.times(2)),
        limit=least,
        relation="at least",
        required_samples=100,
        statistic="ratio",
        load=sustained.load,
        series=sustained.calls.by_second,
    )
    excused(stage, missed=value < least, most=MOST_NEIGHBOURS_OF_A_RATIO)
    _same_machine(stage, sustained, missed=value < least <= value / sustained.machine_change)
    return value


def sustained_times(stage: Any, sustained: Sustained, most: float) -> float:
    """Journal and give how many times as long as in the first third 95 of 100 calls take in the last one."""
    for third, name in enumerate(("first", "second", "last")):
        _report_times(stage, sustained.times(third), f"{sustained.load}, {name} third")
    value = sustained.slow(2) / sustained.slow(0)
    stage.measure(
        "95th percentile of the last third, of that of the first",
        value,
        "times",
        samples=len(sustained.times(2)),
        limit=most,
        relation="at most",
        required_samples=100,
        statistic="ratio",
        load=sustained.load,
    )
    excused(stage, missed=value > most, most=MOST_NEIGHBOURS_OF_A_RATIO)
    _same_machine(stage, sustained, missed=value > most >= value * sustained.machine_change)
    return value


def _tell_speed(stage: Any, sustained: Sustained) -> None:
    change, name = 100 * sustained.machine_change, "speed of the machine in the last third, of that in the first"
    report(stage, name, change, "%", samples=len(sustained.machine.pieces), load=sustained.load, statistic="ratio")


def _same_machine(stage: Any, sustained: Sustained, *, missed: bool) -> None:
    """Raise NotVerified for a miss of a system on this machine that the machine's own speed explains."""
    if missed and stage.system().embedded:
        raise NotVerified(
            f"a limit was missed while the machine itself became slower ({100 * sustained.machine_change:.0f} % of its "
            "speed in the first third): at the speed it had, the limit is kept. Run it on a machine that nobody shares"
        )


def _everything() -> Any:
    return mixed(status, health, suggestions_among(tuple(material("modelhub")["models"].values())), status, use)


def _load(calls: Calls, pauses: str) -> str:
    return f"{calls.clients} places {pauses} for {calls.seconds:.0f} s"


def _report_rate(stage: Any, rate: float, of: Sequence[float], series: Sequence[float], load: str) -> None:
    unit, statistic = "per second", "mean"
    stage.measure("calls a second", rate, unit, samples=len(of), statistic=statistic, load=load, series=series)


def _report_times(stage: Any, times: Sequence[float], load: str) -> None:
    for percent in (50, 95, 99, 100):
        name = f"{percent}th percentile" if percent < 100 else "maximum"
        report(stage, "call", percentile(times, percent), "s", samples=len(times), load=load, statistic=name)
