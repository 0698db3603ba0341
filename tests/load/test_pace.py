"""A pace keeps to its plan, also when somebody is late."""

import time

from countersign.load.pace import Pace


def test_moments_are_as_far_apart_as_planned() -> None:
    pace = Pace(every=0.02)
    began = pace.wait()
    assert [round(pace.wait() - began, 3) for _ in range(3)] == [0.02, 0.04, 0.06]
    assert time.monotonic() - began >= 0.06


def test_a_moment_that_has_passed_is_given_at_once_and_shifts_no_later_one() -> None:
    pace = Pace(every=0.01)
    first = pace.wait()
    while time.monotonic() < first + 0.05:
        pass
    before = time.monotonic()
    late = [pace.wait() for _ in range(4)]
    assert time.monotonic() - before < 0.01
    assert round(late[-1] - first, 3) == 0.04
