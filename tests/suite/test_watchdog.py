"""The watchdog ends a step that does not end by itself, and leaves everything else alone."""

import signal
import time
from collections.abc import Iterator

import pytest

from countersign.errors import DeadlineExceeded
from countersign.suite.watchdog import Watchdog


@pytest.fixture
def watchdog() -> Iterator[Watchdog]:
    before = signal.getsignal(signal.SIGALRM)
    watchdog = Watchdog()
    yield watchdog
    watchdog.step_ended()
    signal.signal(signal.SIGALRM, before)


def test_a_step_that_hangs_is_ended(watchdog: Watchdog) -> None:
    watchdog.scenario_begins(0.1)
    begun = time.monotonic()
    with pytest.raises(DeadlineExceeded, match="not over after"):
        watchdog.step_begins()
        while time.monotonic() < begun + 5:
            pass
    assert time.monotonic() - begun < 2


def test_a_step_that_begins_too_late_is_not_run(watchdog: Watchdog) -> None:
    watchdog.scenario_begins(0)
    with pytest.raises(DeadlineExceeded):
        watchdog.step_begins()


def test_nothing_is_raised_between_steps(watchdog: Watchdog) -> None:
    watchdog.scenario_begins(0.05)
    watchdog.step_begins()
    watchdog.step_ended()
    ends = time.monotonic() + 0.15
    while time.monotonic() < ends:
        pass


def test_a_step_may_be_allowed_more_time_while_it_runs(watchdog: Watchdog) -> None:
    watchdog.scenario_begins(0.1)
    watchdog.step_begins()
    watchdog.allow(5)
    ends = time.monotonic() + 0.3
    while time.monotonic() < ends:
        pass
    watchdog.step_ended()
    watchdog.step_begins()
