"""What behave does not do by itself: a deadline inside steps, an outcome for every scenario, clean-up on SIGTERM."""

import signal
import time
from types import FrameType
from typing import Any

from behave import matchers, model

from countersign.suite.run import Run


def install(run: Run) -> None:
    """Install the repairs for this process. Called while `environment.py` is loaded, before anything runs."""
    _time_steps(run)
    _report_scenarios(run)
    _turn_signals_into_interrupts(run)


def _time_steps(run: Run) -> None:
    original: Any = matchers.Match.run

    def timed(self: Any, context: Any) -> Any:
        run.watchdog.step_begins()
        try:
            return original(self, context)
        finally:
            run.watchdog.step_ended()

    setattr(matchers.Match, "run", timed)  # noqa: B010 - a repair of behave, not an override


def _report_scenarios(run: Run) -> None:
    original: Any = model.Scenario.run

    def reported(self: Any, runner: Any) -> Any:
        begun = time.monotonic()
        failed = original(self, runner)
        run.scenario_ended(self, time.monotonic() - begun)
        return failed

    setattr(model.Scenario, "run", reported)  # noqa: B010 - a repair of behave, not an override


def _turn_signals_into_interrupts(run: Run) -> None:
    def interrupt(signum: int, frame: FrameType | None) -> None:
        run.interrupted = run.interrupted or signal.Signals(signum).name
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
