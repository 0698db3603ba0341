"""Several people do something at once."""

import contextvars
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from countersign.errors import CountersignError, SuiteError
from countersign.evidence.waiting import waiting
from countersign.transport import Deadline

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What became of one job. `started` and `finished` are monotonic; `finished` is None if it outlived the bound."""

    value: T | None
    error: Exception | None
    started: float
    finished: float | None

    @property
    def ok(self) -> bool:
        """Say whether it ended in time and without an error."""
        return self.error is None

    @property
    def seconds(self) -> float | None:
        """How long it took, None if it did not finish."""
        return None if self.finished is None else self.finished - self.started

    def get(self) -> T:
        """Give the result. Raises the error of the job, or DeadlineExceeded if it did not finish."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


def together(
    jobs: Sequence[Callable[[], T]], *, within: float, start: float | Literal["at once"] = "at once"
) -> list[Outcome[T]]:
    """Run every job in a thread of its own and give what became of each, in their order.

    `start`: "at once" (all wait at one barrier and are released together), or the seconds between one start and the
    next. `within` is the hard bound in seconds from the release: a job that is still busy then is reported as not
    finished (its error is a DeadlineExceeded) and left behind; its thread does not keep the process from ending.
    Each job sees a copy of the caller's context variables. An error of one job does not disturb the others.
    """
    if start != "at once" and start < 0:
        raise SuiteError(f'start={start!r} is no way to start; use "at once" or the seconds between two starts')
    gap = 0.0 if start == "at once" else start
    if (len(jobs) - 1) * gap >= within > 0:
        raise SuiteError(f"{len(jobs)} starts {gap:g} s apart do not fit into the bound of {within:g} s")
    release = threading.Event()
    runs = [_Run(job, release, number * gap) for number, job in enumerate(jobs)]
    for run in runs:
        run.thread.start()
    for run in runs:
        run.ready.wait()
    deadline = Deadline(within, "to finish together with the others")
    release.set()
    with waiting():
        for run in runs:
            run.thread.join(deadline.remaining)
    return [run.outcome(deadline) for run in runs]


class _Run(Generic[T]):
    def __init__(self, job: Callable[[], T], release: threading.Event, after: float) -> None:
        self.ready = threading.Event()
        self._release = release
        self._job = job
        self._after = after
        self._started = time.monotonic()
        self._outcome: Outcome[T] | None = None
        context = contextvars.copy_context()
        self.thread = threading.Thread(target=context.run, args=(self._run,), daemon=True)

    def _run(self) -> None:
        self.ready.set()
        self._release.wait()
        if self._after:
            time.sleep(self._after)
        self._started = started = time.monotonic()
        try:
            value = self._job()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the outcome of this job
            self._outcome = Outcome(None, error, started, time.monotonic())
        else:
            self._outcome = Outcome(value, None, started, time.monotonic())

    def outcome(self, deadline: Deadline) -> Outcome[T]:
        """Give what became of it by now."""
        if self._outcome is not None:
            return self._outcome
        error: CountersignError = deadline.exceeded(
            "still busy" if self.thread.is_alive() else "ended without a result"
        )
        return Outcome(None, error, self._started, None)
