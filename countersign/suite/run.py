"""The life of one run inside behave: opened before the first scenario, closed after the last one."""

import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import countersign
from countersign.errors import CountersignError, TargetError
from countersign.evidence import Recorder, Redactor
from countersign.evidence.operations import OperationTally
from countersign.paths import OUT, ROOT
from countersign.suite.browsing import RunBrowser
from countersign.suite.cost import write_cost
from countersign.suite.derived_tags import add_derived_tags
from countersign.suite.journal import Journal
from countersign.suite.lasting import Lasting
from countersign.suite.opening import Opening
from countersign.suite.outcome import one_line, outcome_of
from countersign.suite.plan import Plan, describe, make_plan, select, shuffle
from countersign.suite.progress import Progress
from countersign.suite.stage import Stage
from countersign.suite.vitals import note_vital_signs
from countersign.suite.watchdog import Watchdog
from countersign.target.live import LiveSystem
from countersign.target.options import RunOptions, read_options
from countersign.target.settings import Target, load_target
from countersign.verdict.records import (
    Ended,
    LeftBehind,
    Planned,
    RunClosed,
    RunOpened,
    Started,
    SystemOpened,
)

FOLDER_VARIABLE = "COUNTERSIGN_RUN_FOLDER"
PART_VARIABLE = "COUNTERSIGN_PART"
"""What this process is of a larger undertaking: `lane` (the coordinator plans, judges and reports), `proof` (nobody
reports), or nothing of the kind."""
SECONDS = 90.0
SECONDS_BY_TAG = {"soak": 2700.0, "patient": 420.0, "load": 180.0, "browser": 120.0, "fault": 150.0}


def now() -> str:
    """Give the present moment as the journal writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_run_id() -> str:
    """Give a name for a run that sorts by time and is not used twice."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def run_opened(run_id: str, plan: Plan, options: RunOptions, arguments: list[str]) -> RunOpened:
    """Describe a run for the first line of its journal."""
    return RunOpened(
        run_id=run_id,
        started_at=now(),
        target=options.target,
        arguments=tuple(arguments),
        touched=plan.touched,
        whole=plan.whole,
        left_out=plan.left_out,
        suite_version=countersign.__version__,
        revision=revision(),
        settings={
            "pace": options.pace,
            "users": str(options.users),
            "seed": str(options.seed),
            "order": options.order,
            "database": options.database,
            "accept": options.accept,
            **({"seeded faults": options.faults} if options.faults else {}),
            **{f"{name} at": url for name, url in options.urls.items()},
        },
    )


def revision() -> str:
    """Give the commit the suite stands on, with `+` if it was changed; empty outside a git checkout."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--abbrev=12"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


class Run:
    """Everything the scenarios of a behave process share.

    As a part of a larger undertaking (`PART_VARIABLE`) it writes to the folder it is given and leaves verdict and
    reports to others.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self.part = environ.get(PART_VARIABLE, "")
        self.folder = Path(environ.get(FOLDER_VARIABLE) or OUT / new_run_id())
        self.tag = secrets.token_hex(2)
        self.redactor = Redactor()
        self.options = RunOptions()
        self.systems: dict[str, LiveSystem] = {}
        self.operations = OperationTally()
        self.watchdog = Watchdog()
        self.browsing = RunBrowser()
        self.lasting = Lasting()
        self.interrupted = ""
        self.exit_code: int | None = None
        self.stages: dict[str, Stage] = {}
        self.ended: dict[str, Ended] = {}
        self._target = Target(name="none", kind="embedded")
        self._opening: Opening | None = None
        self.selected: set[str] = set()
        self.journal: Journal

    def open(self, config: Any, features: list[Any]) -> None:
        """Plan the run, write the plan, open the systems. What is wrong with the target becomes their `problem`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.journal = Journal(self.folder)
        trouble = self._configure(config.userdata)
        if self.options.order == "random":
            shuffle(features, self.options.seed)
        add_derived_tags(features)
        selected = select(features, config)
        plan = make_plan(selected)
        self.selected = {planned.key for planned in plan.planned}
        if not trouble:
            try:
                self._opening = Opening(self._target, self.options, plan.touched)
            except TargetError as error:
                trouble = str(error)
        if self.part != "lane":
            self.journal.write(run_opened(self.folder.name, plan, self.options, sys.argv[1:]))
            for planned in plan.planned:
                self.journal.write(planned)
        self.progress = Progress(len(plan.planned))
        self._open_systems(plan, trouble)

    def _configure(self, userdata: Mapping[str, Any]) -> str:
        try:
            self.options = read_options(userdata)
            self._target = load_target(self.options.target)
        except TargetError as error:
            return str(error)
        return ""

    def _open_systems(self, plan: Plan, trouble: str) -> None:
        recorder = self.new_recorder()
        if self._opening is not None:
            try:
                self.systems = self._opening.finish(recorder, self.redactor.register)
            except CountersignError as error:
                trouble = str(error)
        for name in plan.touched:
            system = self.systems.setdefault(name, LiveSystem(name=name, url="", problem=trouble))
            self.journal.write(
                SystemOpened(
                    system=name,
                    url=self.redactor.text(system.url),
                    capabilities=tuple(sorted(system.capabilities)),
                    missing=dict(system.missing),
                    problem=self.redactor.text(system.problem),
                    version=system.version,
                )
            )
            if system.problem:
                self.progress.say(self.redactor.text(system.problem))

    def new_recorder(self) -> Recorder:
        """Give a recorder that redacts with the run's secrets and prints, if the run was asked to (`-D wire=yes`)."""
        return Recorder(self.redactor, echo=sys.__stderr__ if self.options.wire else None)

    def scenario_begins(self, scenario: Any) -> Stage | None:
        """Give the stage of a scenario, or skip the scenario and say why it cannot be verified here."""
        planned = describe(scenario)
        if planned.key not in self.selected:
            scenario.skip("only on request")
            return None
        self.journal.write(Started(planned.key, now()))
        self.progress.started(planned)
        stage = self.stages[planned.key] = Stage(self, planned, len(self.stages) + 1)
        reason = self._why_not(planned)
        if reason:
            self._end(planned, Ended(planned.key, "not_verified", 0.0, now(), reason))
            scenario.skip(reason)
        patience = self._target.patience
        allowed = max([SECONDS_BY_TAG[tag] for tag in planned.tags if tag in SECONDS_BY_TAG], default=SECONDS)
        self.watchdog.scenario_begins((self.options.scenario_seconds or allowed) * patience)
        return stage

    def _why_not(self, planned: Planned) -> str:
        from countersign.catalogue import load_criteria

        if not planned.system:
            return ""
        system = self.systems[planned.system]
        if system.problem:
            return self.redactor.text(system.problem)
        needed = {need for item in load_criteria(planned.system) if item.id in planned.criteria for need in item.needs}
        lacking = sorted(need for need in needed if need not in system.capabilities)
        why = "; ".join(f"{need} ({system.missing.get(need, 'not offered')})" for need in lacking)
        return f"the target lacks {why}" if why else ""

    def scenario_ended(self, scenario: Any, seconds: float) -> None:
        """Clear the stage and journal what became of a scenario that behave has run."""
        planned = describe(scenario)
        stage = self.stages.get(planned.key)
        if stage is None or planned.key in self.ended or self.interrupted:
            return
        outcome, reason, step = outcome_of(scenario)
        if outcome == "failed" and planned.system:
            note_vital_signs(self.systems[planned.system], stage.recorder)
        leftovers = stage.close()
        if leftovers and outcome == "passed":
            outcome, reason = "broken", "; ".join(leftovers)
        reason = self.redactor.text(one_line(reason))
        self._end(planned, Ended(planned.key, outcome, round(seconds, 3), now(), reason, self.redactor.text(step)))

    def _end(self, planned: Planned, ended: Ended) -> None:
        from countersign.suite.evidence_files import write_evidence

        stage = self.stages[planned.key]
        ended = write_evidence(self.folder, stage, ended)
        self.ended[planned.key] = ended
        self.journal.write(ended)
        self.progress.ended(planned, ended)

    def close(self) -> int:
        """Stop what was started, prove that it is gone, close the journal, and (not as a lane) judge and report."""
        for key, stage in self.stages.items():
            if key not in self.ended:
                stage.close()
        for what, reason in self.lasting.close():
            self.journal.write(LeftBehind("suite", what, 1, self.redactor.text(reason)))
        trouble = self.browsing.close()
        if trouble:
            self.journal.write(LeftBehind("browser", "the browser of the run", 1, trouble))
        left = self._opening.close() if self._opening is not None else []
        for path in left:
            self.journal.write(LeftBehind("reference", path, 1, "the working folder was not removed"))
        for name, system in self.systems.items():
            made = sum((stage.made for stage in self.stages.values() if stage.planned.system == name), Counter[str]())
            for what, count in () if system.embedded else made.items():
                reason = "the system offers no way to remove them"
                self.journal.write(LeftBehind(name, f"{what} marked {self.tag}", count, reason))
        if self.part != "lane":
            self.journal.write(RunClosed(now(), self.interrupted))
        self.journal.close()
        if self.part:
            return 0
        from countersign.suite.finish import finish

        self.exit_code = finish(self.folder, accept=self.options.accept)
        write_cost(self.folder)
        return self.exit_code
