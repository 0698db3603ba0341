"""Run the features in several behave processes at once, with one plan, one journal and one verdict.

Each lane is a plain `behave` over some of the feature files, with reference systems of its own, so lanes cannot
disturb each other. Heavy load runs after the others, alone on the machine; on a system that is shared (a live target)
so does everything that hurts it.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any

from behave.configuration import Configuration
from behave.runner_util import parse_features

from countersign.errors import SuiteError, TargetError
from countersign.paths import OUT, ROOT
from countersign.suite.derived_tags import add_derived_tags
from countersign.suite.finish import LATEST, finish
from countersign.suite.journal import Journal, follow
from countersign.suite.plan import make_plan, select
from countersign.suite.progress import Progress
from countersign.suite.run import FOLDER_VARIABLE, PART_VARIABLE, new_run_id, now, run_opened
from countersign.suite.sharing import LanePlan, earlier_durations, plan_lanes
from countersign.target.environment import JOBS, MOST_JOBS_UNASKED, usual_jobs
from countersign.target.options import RunOptions, read_options
from countersign.target.settings import load_target
from countersign.verdict.records import Ended, Planned, RunClosed, Started

LOOK_EVERY = 0.1
END_WITHIN = 20.0


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):  # elsewhere only an orderly end of the coordinator ends its lanes
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class _Lane:
    process: subprocess.Popen[bytes]
    log: IO[bytes]
    plan: LanePlan

    @property
    def busy(self) -> bool:
        return self.process.poll() is None


@dataclass
class Coordinator:
    """Plan a run, start its lanes, show how far they are, and judge at the end."""

    paths: Sequence[str]
    behave_arguments: Sequence[str]
    jobs: int | None = None
    folder: Path = field(default_factory=lambda: Path(os.environ.get(FOLDER_VARIABLE) or OUT / new_run_id()))
    interrupted: str = ""
    seed: str = ""

    def run(self) -> int:
        """Run to the end and give the exit code of the verdict. Stops its lanes on SIGINT and SIGTERM.

        Raises TargetError for a MAX_CONCURRENT_TESTS that is no number.
        """
        jobs = self.jobs or usual_jobs(os.environ)
        idle_beside = self.jobs is None and not os.environ.get(JOBS) and jobs < MOST_JOBS_UNASKED
        config: Any = Configuration([*self.behave_arguments, *self.paths], load_config=True)
        options = self._options(config)
        self.seed = str(options.seed)  # drawn once, so that all lanes act with the seed that the report names
        locations = self.paths or [str(ROOT / "features")]
        features = parse_features(_feature_locations(config, locations), language=config.lang)
        add_derived_tags(features)
        plan = make_plan(select(features, config))
        self.folder.mkdir(parents=True, exist_ok=True)
        for caught in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(caught, self._interrupt)
        with Journal(self.folder) as journal:
            journal.write(run_opened(self.folder.name, plan, options, sys.argv[1:]))
            for entry in plan.planned:
                journal.write(entry)
            progress = Progress(len(plan.planned))
            plan_by_key = {entry.key: entry for entry in plan.planned}
            durations = earlier_durations(OUT / LATEST / "signoff.json")
            shared = self._shared(options)
            lanes = plan_lanes(plan.planned, jobs, shared=shared, durations=durations, idle_beside=idle_beside)
            self._drive(lanes, lambda seen: self._show(progress, plan_by_key, seen))
            journal.write(RunClosed(now(), self.interrupted))
        return finish(self.folder, accept=options.accept)

    def _options(self, config: Any) -> RunOptions:
        try:
            return read_options(config.userdata)
        except TargetError:
            return RunOptions()  # every lane journals the same trouble as the problem of its systems

    @staticmethod
    def _shared(options: RunOptions) -> bool:
        try:
            return load_target(options.target).kind != "embedded" or bool(options.urls)
        except SuiteError:
            return True

    def _drive(self, plans: Sequence[LanePlan], show: Callable[[int], int]) -> None:
        running: list[_Lane] = []
        later = [plan for plan in plans if plan.alone]
        offset = 0
        try:
            for plan in plans:
                if not plan.alone:
                    running.append(self._start(plan, len(running) + 1))
            while not self.interrupted and (later or any(lane.busy for lane in running)):
                if later and not any(lane.busy and not lane.plan.idle for lane in running):
                    running.append(self._start(later.pop(0), len(running) + 1))
                offset = show(offset)
                time.sleep(LOOK_EVERY)
        finally:
            for lane in running:
                self._end(lane)
        show(offset)

    def _start(self, plan: LanePlan, number: int) -> _Lane:
        log = (self.folder / f"lane-{number}.log").open("wb")
        command = [sys.executable, "-m", "behave", *self.behave_arguments, *plan.files]
        environment = {
            **os.environ,
            FOLDER_VARIABLE: str(self.folder),
            PART_VARIABLE: "lane",
            "COUNTERSIGN_SEED": self.seed,
        }
        return _Lane(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - the coordinator has no threads
                process_group=0,
            ),
            log,
            plan,
        )

    def _end(self, lane: _Lane) -> None:
        if lane.busy:
            lane.process.terminate()
            try:
                lane.process.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                lane.process.kill()
                lane.process.wait(END_WITHIN)
        lane.log.close()

    def _show(self, progress: Progress, plan: dict[str, Planned], offset: int) -> int:
        records, offset = follow(self.folder, offset)
        for record in records:
            if isinstance(record, Started) and record.key in plan:
                progress.started(plan[record.key])
            elif isinstance(record, Ended) and record.key in plan:
                progress.ended(plan[record.key], record)
        return offset

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self.interrupted = self.interrupted or signal.Signals(number).name


def _feature_locations(config: Any, paths: Sequence[str]) -> list[Any]:
    from behave.runner_util import collect_feature_locations

    config.paths = list(paths)
    return list(collect_feature_locations(list(paths)))
