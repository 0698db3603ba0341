"""The use of models summed up is the same as event by event."""

from itertools import count

import pytest
from sqlalchemy import Connection, create_engine, insert

from reference.modelhub import tables
from reference.modelhub.store.usage import DONE, FAILED, USED, PerformanceJudge, summary_since, usage_since

SINCE = 1000.0


def noted(connection: Connection, model_id: str, kind: str, at: float, seconds: float | None = None) -> None:
    row = {"model_id": model_id, "event_type": kind, "timestamp": at, "duration_seconds": seconds, "version": "2.0.0"}
    connection.execute(insert(tables.model_usage_events).values(row))


def test_sums_averages_and_the_runs_that_are_compared_agree() -> None:
    at = count(1001)
    with create_engine("sqlite://").connect() as connection:
        tables.metadata.create_all(connection)
        noted(connection, "busy", USED, SINCE - 1)
        noted(connection, "busy", DONE, SINCE - 1, 9.0)
        for number in range(40):
            noted(connection, "busy", USED, next(at))
            noted(connection, "busy", DONE if number % 4 else FAILED, next(at), 0.1 * number)
        noted(connection, "begun", USED, next(at))
        noted(connection, "past", USED, SINCE - 1)
        whole, summed = usage_since(connection, SINCE), summary_since(connection, SINCE)
    assert summed.keys() == whole.keys() == {"busy", "begun"}
    for name, usage in whole.items():
        assert summed[name].count == len(usage.uses)
        assert summed[name].last_used == usage.last_used
        assert summed[name].average_seconds == pytest.approx(usage.average_seconds)
        assert PerformanceJudge().judge(summed[name].recent) == PerformanceJudge().judge(usage.runs)
