"""The operator weighs the memory that the system takes, before and after much work."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.journeys.chattrain.chat.steady import steady_line
from countersign.journeys.chattrain.crowd import crowd
from countersign.journeys.chattrain.load.counting import Figures
from countersign.journeys.chattrain.operator import Operator
from countersign.journeys.chattrain.trainee import Trainee
from countersign.load.together import together
from countersign.systems.chattrain.metrics import MEMORY

WORK_WITHIN = 80.0
PILOT_SIZE = 5
MB, GB = 1e6, 1e9


@dataclass(frozen=True)
class MemoryUse:
    """Bytes of memory the system held before and after much work, and how much work it was."""

    before: float
    after: float
    lines: int
    connects: int
    required: int


def much_work(stage: Any, operator: Operator, lines: int, connects: int) -> MemoryUse:
    """Let five people at once say so many lines over so many connects, spread over user names; weigh the system."""
    most = personas.material("chattrain_trouble")["lines_a_user"]
    people = crowd(stage, -(-lines // most))
    before: float = stage.the(Figures).metrics.total(MEMORY)
    lanes = [people[number::PILOT_SIZE] for number in range(PILOT_SIZE)]
    shares = {
        person: (_share(lines, len(people), n), _share(connects, len(people), n)) for n, person in enumerate(people)
    }
    done = together([partial(_walk, lane, shares) for lane in lanes], within=WORK_WITHIN)
    said, joined = (sum(counts) for counts in zip(*(outcome.get() for outcome in done), strict=True))
    return MemoryUse(before, operator.metrics().total(MEMORY), said, joined, lines)


def _share(total: int, people: int, number: int) -> int:
    return total // people + (1 if number < total % people else 0)


def _walk(people: Sequence[Trainee], shares: dict[Trainee, tuple[int, int]]) -> tuple[int, int]:
    said = joined = 0
    for person in people:
        lines, visits = shares[person]
        training = person.opens("customer service")
        for visit in range(visits):
            if visit:
                training.leave()
                training.rejoin()
            joined += 1
            said += sum(one.accepted for one in training.say_all([steady_line()] * _share(lines, visits, visit)))
        training.leave()
    return said, joined


def measure_growth(stage: Any, use: MemoryUse, limit: float) -> float:
    """Journal and give by how many MB the memory grew."""
    return _weighed(stage, use, "growth of the memory", (use.after - use.before) / MB, "MB", limit=limit)


def measure_size(stage: Any, use: MemoryUse, limit: float) -> float:
    """Journal and give how many GB of memory the system takes after the work."""
    return _weighed(stage, use, "memory of the system", use.after / GB, "GB", limit=limit)


def _weighed(stage: Any, use: MemoryUse, name: str, value: float, unit: str, *, limit: float) -> float:
    weighed: float = stage.measure(
        name,
        value,
        unit,
        samples=use.lines,
        limit=limit,
        relation="below",
        required_samples=use.required,
        statistic="difference" if unit == "MB" else "after the work",
        load=f"{use.lines} lines and {use.connects} connects of {PILOT_SIZE} users at once",
    )
    return weighed
