"""Looking at the health report more than once."""

import time
from dataclasses import dataclass
from typing import Any

from countersign.evidence import utc_now
from countersign.expect.times import Told
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.measuring import measure_longest
from countersign.systems.chattrain.model import Health, moment


@dataclass(frozen=True)
class HealthLooks:
    """The reports in the order they were read, and the time each of them told."""

    reports: tuple[Health, ...]
    times: tuple[Told, ...]


def measure(stage: Any, looks: HealthLooks, limit: float) -> None:
    """Journal how far the times told were from the present when they were heard."""
    off = [abs((told.heard_at - moment(told.text, told.where)).total_seconds()) for told in looks.times]
    measure_longest(stage, "distance of the told time from the present", off, below=limit, load="1 user", required=2)


def looks_twice(operator: Operator, apart: float) -> HealthLooks:
    """Look at the health report, and again `apart` seconds later."""
    first, told = operator.health(), utc_now()
    time.sleep(apart)
    second = operator.health()
    where = "timestamp of the health report"
    return HealthLooks((first, second), (Told(where, first.timestamp, told), Told(where, second.timestamp, utc_now())))
