"""Clients who read without a pause, more and more of them, and then one alone."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.errors import NotVerified
from countersign.expect.modelhub.rising import Relief, RisingStep, as_quick_as, slows_gradually
from countersign.journeys.load_figures import excused, report, vouched
from countersign.journeys.modelhub.hub import hub_of, product_models
from countersign.journeys.modelhub.load.crowd import users
from countersign.journeys.modelhub.load.reader import Client, Reader, judged
from countersign.load.injector import InjectorHealth, watching_the_injector
from countersign.load.percentiles import percentile
from countersign.load.steps import steps_of
from countersign.systems.modelhub.api import ModelHubApi
from countersign.transport.barrage import barrage
from countersign.transport.deadline import Deadline

ACCOUNTS = 10
ANSWER_WITHIN, STEP_MORE = 10.0, 25.0
ALONE_SECONDS = 3.0
"""How long one client reads before the rise: what it is as quick as afterwards."""
UNEVEN = 0.1
"""By which part of all processors what other programs take may change between steps whose rates are compared."""
RELIEF_CALLS = 40
"""Calls of one client that are judged together; at half a second each they fit into the time that is allowed."""


@dataclass(frozen=True)
class Rise:
    """Every step up to the one past the breaking point (or the last one), and the relief."""

    steps: Sequence[RisingStep]
    relief: Relief
    injectors: Sequence[InjectorHealth]

    @property
    def breaking_point(self) -> RisingStep | None:
        """The first step past the breaking point, None if none was."""
        return next((step for step in self.steps[1:] if step.broken), None)


def rises(stage: Any, clients_in_steps: str, seconds: float, relief_within: float) -> Rise:
    """Let more and more clients ("10, 20") read, so long in each step, up to the breaking point; then one alone."""
    counts = steps_of(clients_in_steps)
    stage.may_take(len(counts) * (seconds + STEP_MORE) + relief_within + 120)
    hub_of(stage).has_all_installed()
    steps, injectors = list[RisingStep](), list[InjectorHealth]()
    for count in (1, *counts):
        step, health = _step(stage, count, seconds if count > 1 else ALONE_SECONDS)
        steps.append(step)
        injectors.append(health)
        if count > 1 and step.broken:
            break
    return Rise(steps, _relieved(stage, users(stage, 1)[0].api, steps[0].within, relief_within), injectors)


def _step(stage: Any, count: int, seconds: float) -> tuple[RisingStep, InjectorHealth]:
    people, system = users(stage, ACCOUNTS), stage.system("modelhub")
    jobs = [
        Client(people[number % ACCOUNTS].api.token, product_models(), f"{stage.options.seed} {number}").next
        for number in range(count)
    ]
    began = time.monotonic()
    with watching_the_injector() as injector:
        done = barrage(
            system.url,
            jobs,
            judged,
            system=system.name,
            actor=f"{count} clients",
            recorder=stage.recorder,
            seconds=seconds,
            within=ANSWER_WITHIN,
            ca=system.ca_file or None,
        )
    took = time.monotonic() - began
    well = [each.seconds for each in done if not each.failed]
    failed = 100 * (len(done) - len(well)) / max(1, len(done))
    within = percentile(well, 95) if well else float("inf")
    return RisingStep(count, len(done), len(well) / took, within, failed), injector.health


def _relieved(stage: Any, api: ModelHubApi, before: float, within: float) -> Relief:
    reader = Reader(api, product_models(), f"{stage.options.seed} relief")
    deadline = Deadline(within, "modelhub: quick answers again")
    while True:
        last = [reader.next() for _ in range(RELIEF_CALLS)]
        kept, failed = percentile([each.seconds for each in last], 95), sum(each.failed for each in last)
        well = kept <= as_quick_as(before) and not failed
        if well or deadline.expired:
            return Relief(deadline.waited if well else None, kept, before, failed, RELIEF_CALLS)


def report_rise(stage: Any, rise: Rise) -> Rise:
    """Journal the curve and the breaking point; give the rise. Raises NotVerified where the suite was out of breath."""
    for step, injector in zip(rise.steps, rise.injectors, strict=True):
        load = f"{step.clients} clients without a pause"
        report(stage, f"rate, {step.clients} clients", step.rate, "per second", samples=step.calls, load=load)
        report(
            stage,
            f"call, {step.clients} clients",
            step.within,
            "s",
            samples=step.calls,
            load=load,
            statistic="95th percentile",
        )
        report(stage, f"failed, {step.clients} clients", step.failed, "of 100", samples=step.calls, load=load)
        vouched(stage, injector, load)
    broken = rise.breaking_point
    told = f"the breaking point is at {broken}" if broken else f"no breaking point up to {rise.steps[-1]}"
    stage.recorder.say(told)
    reached = broken or rise.steps[-1]
    name = "clients at the breaking point" if broken else "clients without reaching a breaking point"
    report(stage, name, reached.clients, "", samples=reached.calls, load="clients without a pause")
    return rise


def judged_rates(stage: Any, rise: Rise) -> Sequence[RisingStep]:
    """Give the steps that rise. Raises NotVerified where a rate fell while others took another part of the machine.

    The one client before them is what the relief is compared with; it counts only where the first step broke the hub.
    """
    rising = rise.steps[1:] if len(rise.steps) > 2 else rise.steps
    others = [injector.neighbours for injector in rise.injectors]
    if stage.system().embedded and not slows_gradually().matches(rising) and max(others) - min(others) > UNEVEN:
        raise NotVerified(
            f"other programs took {100 * min(others):.0f} to {100 * max(others):.0f} % of this machine's processors, "
            "so the rates of the steps cannot be compared. Run it alone"
        )
    return rising


def measure_relief(stage: Any, rise: Rise, limit: float) -> Relief:
    """Journal and give how long it took to be quick again."""
    relief = rise.relief
    after = float("inf") if relief.after is None else relief.after
    if relief.after is not None:
        stage.measure(
            "relief to quick answers",
            after,
            "s",
            samples=relief.calls,
            limit=limit,
            relation="at most",
            required_samples=RELIEF_CALLS,
            load="1 client after the rise",
        )
    excused(stage, missed=after > limit)
    return relief
