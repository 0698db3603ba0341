"""Connections of one person to the hub that ask without a pause, all of them in one thread.

With a thread for each, five take the suite to what one processor gives, and the figure would say how quick it is.
"""

import time
from collections.abc import Callable
from itertools import count, islice

from countersign.evidence.operations import LATE_AFTER, Operation
from countersign.journeys.modelhub.user import HubUser
from countersign.load.injector import watching_the_injector
from countersign.load.landing import landing
from countersign.load.nonstop import Calls
from countersign.systems.modelhub.routine import Routines, RoutineShot, answered, shot_of
from countersign.transport.barrage import barrage
from countersign.transport.flight import Landed, Shot


def many_places_ask(
    user: HubUser, routines: Routines, places: int, seconds: float, *, calls: int | None = None
) -> Calls:
    """Let so many places ask again as soon as they were answered; they begin at different points of the routine.

    They go on for so many seconds, or until they made so many `calls` together. `seconds` of the result is the time
    that was really taken where `calls` ended it. Raises SystemUnreachable if not all connections come about.
    """
    system, began = user.system, time.monotonic()
    with watching_the_injector() as injector:
        done = barrage(
            system.url,
            [
                _shots(user.api.token, routines, place, None if calls is None else len(range(place, calls, places)))
                for place in range(places)
            ],
            _judged,
            system=system.name,
            actor=f"{user.name} at {places} places",
            recorder=user.stage.recorder,
            seconds=seconds,
            within=LATE_AFTER,
            ca=system.ca_file or None,
        )
        took = time.monotonic() - began
    operations = sorted(done, key=lambda each: each.began)
    return Calls(operations, places, began, min(seconds, took), injector.health)


def _shots(token: str, routines: Routines, first: int, most: int | None) -> Callable[[], RoutineShot | None]:
    shots = (shot_of(routines(number), token) for number in islice(count(first), most))
    return lambda: next(shots, None)


def _judged(shot: Shot, landed: Landed) -> Operation:
    assert isinstance(shot, RoutineShot), "places give routines"
    return landing("a place", shot.routine.what, landed, lambda answer: answered(shot.routine, answer))
