"""How quick the database was while many patients chatted, by the system's own figures."""

from dataclasses import dataclass
from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.measuring import measure_share
from countersign.journeys.medassist.load.many_patients import FullHouse, all_talk
from countersign.journeys.medassist.nurse import Nurse
from countersign.systems.medassist.metrics import QUERIES, QUERIES_UP_TO, metrics_of

LIMIT = "0.1"
"""The bucket of the histogram: queries of at most 100 ms (contract, section 9)."""


@dataclass(frozen=True)
class Queries:
    """By how much the counts of database queries grew over some load."""

    all: int
    quick: int
    load: str


def counted(nurse: Nurse, house: FullHouse, count: int, every: float) -> Queries:
    """Let everybody talk as `all_talk` does; give the queries that the system counted meanwhile."""
    before = metrics_of(nurse.api)
    talks = all_talk(nurse, house, count, every)
    after = metrics_of(nurse.api)
    grown = [
        round(after.total(name, **labels) - before.total(name, **labels))
        for name, labels in ((QUERIES, {}), (QUERIES_UP_TO, {"le": LIMIT}))
    ]
    if grown[0] <= 0:
        raise ContractBroken("medassist: not one database query was counted while everybody talked")
    return Queries(grown[0], grown[1], talks.load)


def measure_queries(stage: Any, queries: Queries, least: int, required: int) -> float:
    """Journal and give how many of 100 queries were quick."""
    name, share = "database queries of at most 100 ms", 100 * queries.quick / queries.all
    return measure_share(stage, name, share, least=least, of=queries.all, load=queries.load, required=required)
