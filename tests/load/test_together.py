"""Several people at once: started together, bounded, each with an outcome of their own."""

import contextvars
import itertools
import subprocess
import sys
import threading
import time

import pytest

from countersign.errors import DeadlineExceeded, SuiteError
from countersign.load.together import together


def test_results_and_errors_come_in_the_order_of_the_jobs() -> None:
    def fails() -> int:
        raise ValueError("no")

    first, second, third = together([lambda: 1, fails, lambda: 3], within=5)
    assert (first.get(), third.get()) == (1, 3)
    assert (first.ok, second.ok) == (True, False)
    with pytest.raises(ValueError, match="no"):
        second.get()
    assert first.seconds is not None


def test_all_are_released_at_once_and_run_side_by_side() -> None:
    meeting = threading.Barrier(10, timeout=5)
    outcomes = together([meeting.wait] * 10, within=5)
    assert all(outcome.ok for outcome in outcomes)
    starts = [outcome.started for outcome in outcomes]
    assert max(starts) - min(starts) < 0.5


def test_starts_can_be_apart() -> None:
    starts = [outcome.started for outcome in together([int] * 4, within=5, start=0.1)]
    gaps = [after - before for before, after in itertools.pairwise(starts)]
    assert all(0.05 < gap < 1.5 for gap in gaps)


def test_who_outlives_the_bound_is_reported_as_not_finished() -> None:
    never = threading.Event()
    began = time.monotonic()
    quick, slow = together([lambda: True, lambda: never.wait(20)], within=0.3)
    assert time.monotonic() - began < 2
    assert quick.get() is True
    assert (slow.ok, slow.finished, slow.seconds) == (False, None, None)
    with pytest.raises(DeadlineExceeded, match=r"expected within 0.3 s, .*last seen: still busy"):
        slow.get()
    never.set()


def test_jobs_see_the_callers_context_and_keep_theirs_apart() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name")
    name.set("caller")

    def rename() -> str:
        before = name.get()
        name.set("job")
        return before

    assert [outcome.get() for outcome in together([rename, rename], within=5)] == ["caller", "caller"]
    assert name.get() == "caller"


def test_a_job_left_behind_does_not_keep_the_process() -> None:
    code = (
        "import threading; from countersign.load.together import together\n"
        "print(together([lambda: threading.Event().wait()], within=0.1)[0].finished)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20, check=True)
    assert ended.stdout.strip() == "None"


def test_nobody_is_nothing() -> None:
    assert together([], within=1) == []


def test_a_start_in_the_past_is_refused() -> None:
    with pytest.raises(SuiteError, match="no way to start"):
        together([int], within=1, start=-1)


def test_starts_that_do_not_fit_into_the_bound_are_refused() -> None:
    with pytest.raises(SuiteError, match="10 starts 1 s apart do not fit into the bound of 5 s"):
        together([int] * 10, within=5, start=1)
