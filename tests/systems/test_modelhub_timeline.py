"""When bytes left the source, by its slots."""

import pytest

from countersign.systems.modelhub.timeline import Timeline

STATS = {"timeline": [{"at": 10.0, "bytes": 100}, {"at": 10.25, "bytes": 100}, {"at": 11.0, "bytes": 50}]}


@pytest.mark.parametrize(("size", "at"), [(50, 10.125), (100, 10.25), (150, 10.375), (250, 11.25), (251, None)])
def test_bytes_leave_evenly_within_a_slot(size: float, at: float | None) -> None:
    assert Timeline(STATS).moment_of(size) == at


def test_nothing_sent_has_no_moment() -> None:
    assert Timeline({"timeline": []}).moment_of(1) is None
