"""The database goes away for a while during a download, and everything that can be asked is asked meanwhile."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.errors import SystemFault
from countersign.expect.modelhub.arrivals import Arrived
from countersign.expect.modelhub.kept import Killed
from countersign.expect.modelhub.parts import PartAway
from countersign.expect.modelhub.turned_away import Asked
from countersign.expect.modelhub.whole import Whole
from countersign.faults import rolled_back
from countersign.journeys.load_figures import excused, vouched
from countersign.journeys.measuring import measure_count, measure_longest
from countersign.journeys.modelhub.many_users import joined
from countersign.journeys.modelhub.outages.arrivals import arrived, begins_slowly, lets_run
from countersign.journeys.modelhub.outages.health_looks import away, looks_at_health
from countersign.journeys.modelhub.outages.lists import lists_of, uses_told
from countersign.journeys.modelhub.outages.orders import ordered_and_done
from countersign.journeys.modelhub.outages.others import control_of
from countersign.journeys.modelhub.outages.recovering import Return, must_be_well, until_holds, until_whole
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks.common import IMAGE, TEXT
from countersign.load.injector import watching_the_injector
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.pace import Pace

DATABASE = "database"
EVERY = 0.25
LIMIT_MBPS = 3.0
CALL_WITHIN = 6.0
WATCHED_SECONDS, WITHIN = 30.0, 90.0
LOAD = "people who ask for everything"


@dataclass(frozen=True)
class DatabaseAway:
    """What was told of the outage, every call made meanwhile, the return, and what was found afterwards.

    `served` is when status and health were good again, `lists` are what is kept before the outage and afterwards.
    """

    outage: PartAway
    calls: Sequence[Asked]
    served: Whole
    lists: Killed
    downloads: Sequence[Arrived]


@dataclass(frozen=True)
class _Seen:
    lost: float
    back: float
    calls: Sequence[Asked]
    served: Whole


def loses_the_database(user: HubUser, people: int, seconds: float) -> DatabaseAway:
    """Take the database away for so long in the middle of a download; people ask for everything meanwhile."""
    stage = user.stage
    control = control_of(stage, "dependency-control")
    stage.may_take(2 * WITHIN)
    *callers, looker = joined(stage, people + 1)
    uses = uses_told(user)
    ordered_and_done(user, TEXT)
    begins_slowly(user, IMAGE, LIMIT_MBPS)
    before = lists_of(user, uses)

    def lasting() -> _Seen:
        with rolled_back(control, lambda: must_be_well(user.hub)):
            control.dependency(DATABASE).stop()
            lost = time.monotonic()
            calls = _everything_asked(callers, lost, seconds)
            control.dependency(DATABASE).start()
            back = time.monotonic()
            return _Seen(lost, back, calls, until_holds(partial(_serves, user), Return(back, WATCHED_SECONDS)))

    with watching_the_injector() as injector:
        seen, [looks] = meanwhile(lasting, [partial(looks_at_health, looker.api)], within=WITHIN)
    vouched(stage, injector.health, LOAD)
    lists = Killed(DATABASE, 1, before, lists_of(user, uses))
    until_whole(user.hub, Return(seen.back, WATCHED_SECONDS), partial(lets_run, user, IMAGE))
    outage = away(looks.get(), DATABASE, seen.lost, seen.back, unusable=True)
    return DatabaseAway(outage, seen.calls, seen.served, lists, [arrived(user, IMAGE, 0)])


def _everything_asked(callers: Sequence[HubUser], lost: float, seconds: float) -> list[Asked]:
    outage = Pace(seconds)
    outage.wait()
    rows = list(_rows(callers[0]))
    # Each begins at another place of the list, so that together they soon have asked for everything.
    parts = [number * len(rows) // len(callers) for number in range(len(callers))]
    jobs = [partial(_asks, user, rows[part:] + rows[:part], lost) for user, part in zip(callers, parts, strict=True)]
    _, outcomes = meanwhile(outage.wait, jobs, within=seconds + 2 * CALL_WITHIN)
    return [call for outcome in outcomes for call in outcome.get()]


def _rows(user: HubUser) -> Iterator[Mapping[str, Any]]:
    for row in personas.material("modelhub_outage")["calls"]:
        if row.get("needs", "") in ("", *user.system.capabilities):
            yield row


def _asks(user: HubUser, rows: Sequence[Mapping[str, Any]], lost: float, going_on: GoingOn) -> list[Asked]:
    pace, made = Pace(EVERY), list[Asked]()
    while going_on():
        pace.wait()
        made.append(_call(user, rows[len(made) % len(rows)], lost))
    return made


def _call(user: HubUser, row: Mapping[str, Any], lost: float) -> Asked:
    method, path = str(row["ask"]).split(" ", 1)
    began = time.monotonic()
    answer, problem = None, ""
    try:
        answer = user.api.ask(method, path, json=row.get("body"), within=CALL_WITHIN)
    except SystemFault as fault:
        problem = str(fault)
    return Asked(row["what"], began - lost, time.monotonic() - began, answer, problem)


def _serves(user: HubUser) -> None:
    user.api.models.statuses()
    must_be_well(user.hub)


def measure_calls(stage: Any, outage: DatabaseAway, least: int, limit: float) -> float:
    """Journal how many calls were made while the database was away; journal and give the longest that one took."""
    count = len(outage.calls)
    measure_count(stage, "calls while the database was away", count, least=least, of=count, load=LOAD)
    taken = [call.seconds for call in outage.calls]
    longest = measure_longest(stage, "answer while the database is away", taken, below=limit, load=LOAD, required=least)
    excused(stage, missed=longest >= limit)
    return longest


def measure_return(stage: Any, outage: DatabaseAway, limit: float) -> None:
    """Journal how long it took from the return of the database until the hub served again."""
    if outage.served.seconds is not None:
        what = "return of the database to a good health and a status"
        measure_longest(stage, what, [outage.served.seconds], below=limit, load=LOAD)
