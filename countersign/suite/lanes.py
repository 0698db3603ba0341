"""Run the features in several behave processes at once, with one plan, one journal and one verdict.

Each lane is a plain `behave` over some of the feature files, with reference systems of its own, so lanes cannot
disturb each other. On a system that is shared (a live target) scenarios that hurt or load it run after the others,
alone.
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
from countersign.suite.finish import finish
from countersign.suite.journal import Journal, follow
from countersign.suite.plan import make_plan, select
from countersign.suite.progress import Progress
from countersign.suite.run import FOLDER_VARIABLE, PART_VARIABLE, new_run_id, now, run_opened
from countersign.target.options import RunOptions, read_options
from countersign.target.settings import load_target
from countersign.verdict.records import Ended, Planned, RunClosed, Started

SECONDS_BY_TAG = {"soak": 1900.0, "patient": 160.0, "load": 6.0, "fault": 5.0, "browser": 3.0}
SECONDS = 1.5
LAST = ("fault", "load", "serial")
LOOK_EVERY = 0.1
END_WITHIN = 20.0


def expected_seconds(planned: Planned) -> float:
    """Guess how long a scenario takes, from its tags, to share the work out evenly."""
    return max([SECONDS_BY_TAG[tag] for tag in planned.tags if tag in SECONDS_BY_TAG], default=SECONDS)


def share_out(planned: Sequence[Planned], jobs: int) -> list[list[str]]:
    """Share feature files out to at most `jobs` lanes, the longest first, each to the lane with the least to do.

    Files that need the browser stay together: one browser, with its driver, is what a machine is asked for.
    """
    seconds: dict[str, float] = {}
    for entry in planned:
        seconds[entry.file] = seconds.get(entry.file, 0.0) + expected_seconds(entry)
    browsing = sorted({entry.file for entry in planned if "browser" in entry.tags})
    bundles = [[file] for file in seconds if file not in browsing] + ([browsing] if browsing else [])
    sized = sorted(((sum(seconds[file] for file in files), files) for files in bundles), key=lambda each: -each[0])
    lanes: list[tuple[float, list[str]]] = [(0.0, []) for _ in range(min(jobs, len(bundles)) or 1)]
    for length, files in sized:
        lightest = min(range(len(lanes)), key=lambda index: lanes[index][0])
        spent, so_far = lanes[lightest]
        lanes[lightest] = (spent + length, [*so_far, *files])
    return [files for _, files in lanes if files]


def _die_with_parent() -> None:
    if sys.platform.startswith("linux"):  # elsewhere only an orderly end of the coordinator ends its lanes
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class _Lane:
    process: subprocess.Popen[bytes]
    log: IO[bytes]


@dataclass
class Coordinator:
    """Plan a run, start its lanes, show how far they are, and judge at the end."""

    paths: Sequence[str]
    behave_arguments: Sequence[str]
    jobs: int
    folder: Path = field(default_factory=lambda: Path(os.environ.get(FOLDER_VARIABLE) or OUT / new_run_id()))
    interrupted: str = ""
    seed: str = ""

    def run(self) -> int:
        """Run to the end and give the exit code of the verdict. Stops its lanes on SIGINT and SIGTERM."""
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
            offset = 0
            for number, lanes in enumerate(self._rounds(plan.planned, options), 1):
                if not self.interrupted:
                    offset = self._drive(lanes, number, lambda seen: self._show(progress, plan_by_key, seen), offset)
            journal.write(RunClosed(now(), self.interrupted))
        return finish(self.folder, accept=options.accept)

    def _options(self, config: Any) -> RunOptions:
        try:
            return read_options(config.userdata)
        except TargetError:
            return RunOptions()  # every lane journals the same trouble as the problem of its systems

    def _rounds(self, planned: Sequence[Planned], options: RunOptions) -> list[list[list[str]]]:
        if not self._shared(options):
            return [share_out(planned, self.jobs)]
        last = {entry.file for entry in planned if set(LAST) & set(entry.tags)}
        first = [entry for entry in planned if entry.file not in last]
        alone = [entry for entry in planned if entry.file in last]
        return [lanes for lanes in (share_out(first, self.jobs), share_out(alone, 1)) if lanes]

    @staticmethod
    def _shared(options: RunOptions) -> bool:
        try:
            return load_target(options.target).kind != "embedded" or bool(options.urls)
        except SuiteError:
            return True

    def _drive(self, lanes: list[list[str]], number: int, show: Callable[[int], int], offset: int) -> int:
        running: list[_Lane] = []
        try:
            for files in lanes:
                running.append(self._start(files, f"{number}-{len(running) + 1}"))
            while any(lane.process.poll() is None for lane in running) and not self.interrupted:
                offset = show(offset)
                time.sleep(LOOK_EVERY)
        finally:
            for lane in running:
                self._end(lane)
        return show(offset)

    def _start(self, files: list[str], name: str) -> _Lane:
        log = (self.folder / f"lane-{name}.log").open("wb")
        command = [sys.executable, "-m", "behave", *self.behave_arguments, *files]
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
        )

    def _end(self, lane: _Lane) -> None:
        if lane.process.poll() is None:
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
