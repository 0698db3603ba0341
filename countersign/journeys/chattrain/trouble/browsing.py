"""Somebody goes on using the system while something is wrong elsewhere in it."""

from dataclasses import dataclass

from countersign.errors import SystemFault
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.meanwhile import GoingOn
from countersign.load.pace import Pace

EVERY = 0.05
"""Seconds from one round of calls to the next."""


@dataclass(frozen=True)
class Browsing:
    """What came of it: how many calls were answered well, and what was wrong with the first that was not."""

    calls: int
    trouble: str = ""


def browses(trainee: Trainee, training: str, going_on: GoingOn) -> Browsing:
    """Start one session, then go through health, trainings and documents for as long as it goes on; once at least."""
    calls, pace = 0, Pace(EVERY)
    try:
        scenario = trainee.finds(training)
        trainee.starts(scenario)
        calls += 2
        while True:
            pace.wait()
            trainee.api.ask("GET", "/api/health").must_be(200)
            trainee.api.scenarios()
            trainee.reads_documents(scenario)
            calls += 3
            if not going_on():
                trainee.stage.recorder.say(f"meanwhile {calls} calls to the rest of the system were answered well")
                return Browsing(calls)
    except SystemFault as fault:
        return Browsing(calls, str(fault))
