"""Two silent patients: one whose page answers the signs of life of the system, and one whose page is gone."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from countersign.errors import DeadlineExceeded, LineClosed
from countersign.expect.medassist.heartbeat import Quiet
from countersign.journeys.medassist.patient import Patient
from countersign.journeys.medassist.trouble.upheaval import other_settings
from countersign.load.together import together
from countersign.systems.medassist.chat import ChatLine
from countersign.transport.deadline import Deadline

SHORT_INTERVAL = 2
"""Seconds between two signs of life, where the suite may set them."""
MARGIN = 10.0


@dataclass(frozen=True)
class TwoQuiet:
    """How the two connections fared, in seconds and codes. `living` answered, `dead` did not."""

    intervals: int
    living: Quiet
    dead: Quiet


def stay_quiet(living: Patient, dead: Patient, intervals: int) -> TwoQuiet:
    """Let both open a chat and say nothing for so many intervals; only one answers the system's pings.

    Where the suite may restart the system it does so with a short interval, and puts it back in the end.
    """
    for patient in (living, dead):
        _ = patient.session
    with other_settings(living.stage, WS_HEARTBEAT_INTERVAL=SHORT_INTERVAL):
        asked, line = time.monotonic(), living.joins()
        asked_too, dead_line = time.monotonic(), dead.joins()
        interval = float(line.greeting.payload["heartbeat_interval"])
        jobs = [
            partial(answers, line, asked, interval, intervals),
            partial(ignores, dead_line, asked_too, interval, intervals),
        ]
        first, second = (outcome.get() for outcome in together(jobs, within=intervals * interval + MARGIN))
    return TwoQuiet(intervals, first, second)


def answers(line: ChatLine, began: float, interval: float, intervals: int) -> Quiet:
    """Answer every ping for so many intervals and see whether the line is still open.

    `began` is when the line was asked for: the system cannot have begun to count before.
    """
    deadline, pings = Deadline(interval * intervals, "medassist: a quiet connection"), list[float]()
    try:
        while True:
            frame = line.next_frame(deadline)
            if frame.type == "ping":
                pings.append(frame.arrived - began)
                line.tell("pong")
    except DeadlineExceeded:
        return Quiet(interval, time.monotonic() - began, tuple(pings), None)
    except LineClosed as end:
        return Quiet(interval, time.monotonic() - began, tuple(pings), end.code)


def ignores(line: ChatLine, began: float, interval: float, intervals: int) -> Quiet:
    """Answer nothing and see when the line is closed."""
    deadline = Deadline(interval * intervals, "medassist: a dead connection")
    try:
        code: int | None = line.line.wait_closed(deadline)
    except DeadlineExceeded:
        code = None
    seconds = time.monotonic() - began
    line.gather(lambda: False, 0.05)
    pings = tuple(frame.arrived - began for frame in line.frames if frame.type == "ping")
    return Quiet(interval, seconds, pings, code)


def measure_ends(stage: Any, quiet: TwoQuiet) -> None:
    """Journal when the dead connection was ended."""
    interval = quiet.dead.interval
    stage.measure(
        "last sign of life to the end of the connection",
        quiet.dead.seconds / interval,
        "intervals",
        samples=1,
        limit=2,
        limit_to=3,
        relation="between",
        statistic="single",
        load=f"1 connection, {interval:g} s between two signs of life",
    )
