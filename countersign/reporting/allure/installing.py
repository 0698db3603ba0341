"""Put the bridge into behave. To be called while `environment.py` is imported: behave has not built anything yet."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import behave.runner as runner_module
from allure_behave.formatter import AllureFormatter
from behave.model import Scenario
from behave.runner import Context, ModelRunner

from countersign.errors import SuiteError
from countersign.reporting.allure.bridge import AllureBridge
from countersign.reporting.allure.files import RedactedFiles
from countersign.reporting.allure.formatter import HonestFormatter
from countersign.reporting.allure.listener import HonestListener
from countersign.reporting.allure.watching import RunWatch

_BEHAVE = "1.3."
_undo: list[Callable[[], None]] = []


def install(bridge: AllureBridge) -> None:
    """Make every `behave` run of this process write honest Allure results to `bridge.results_dir`.

    No formatter has to be named. One that is named on the command line (`-f allure_behave.formatter:AllureFormatter
    -o DIR`) is replaced: its folder gets the same honest results. A dry run writes none. Installing again replaces the
    bridge. Raises SuiteError for a version of behave whose inside is not known.

    What changes, and why allure-behave alone would show something better than it was:

    - a failing hook or clean-up, a scenario without steps, a feature that could not be prepared and a scenario that
      was passed over are results that are not green, each with its reason;
    - scenarios below `Rule:` have results, their tables and doc strings do not end the run;
    - the journal's outcome is the outcome: passed, failed, skipped for "not verified", broken;
    - equal names stay different results (file, rule, name, row), and keep their history when lines move;
    - every text is redacted when it is written; captured output is attached; `allure.dynamic` works;
    - `behave` exits non-zero when nothing was selected, everything was skipped, on a dry run, and when the verdict says
      so. If the verdict accepts a run with single failures (`--accept`), it exits 0: the verdict decides, except over
      an interrupted run, failing hooks or clean-ups, undefined steps and empty scenarios.

    Tag filters of an Allure test plan (`ALLURE_TESTPLAN_PATH`) are not followed: they would skip in silence.
    """
    if not version("behave").startswith(_BEHAVE):
        raise SuiteError(f"behave {version('behave')} is installed, {_BEHAVE}x is needed: run `make setup`")
    uninstall()
    watch = RunWatch(bridge)
    run_scenario, run_model = Scenario.run, ModelRunner.run_model
    make_formatters, clean_up = runner_module.make_formatters, Context._do_cleanups  # type: ignore[attr-defined]

    def scenario_watched(scenario: Any, runner: Any) -> bool:
        return watch.run_scenario(run_scenario, scenario, runner)

    def clean_up_watched(context: Any) -> None:
        try:
            clean_up(context)
        except Exception as error:
            watch.cleanup_failed(error)
            raise

    def formatters_with_ours(config: Any, openers: Any) -> list[Any]:
        return _with_ours(make_formatters(config, openers), config, watch)

    def run_judged(runner: Any, features: Any = None) -> bool:
        watch.select(runner.features if features is None else features, runner.config)
        watch.watch_hooks(runner.hooks)
        return _judged(watch, runner, run_model(runner, features))

    _replace(Scenario, "run", scenario_watched)
    _replace(Context, "_do_cleanups", clean_up_watched)
    _replace(runner_module, "make_formatters", formatters_with_ours)
    _replace(ModelRunner, "run_model", run_judged)


def uninstall() -> None:
    """Give behave back as it was. Does nothing if nothing is installed."""
    while _undo:
        _undo.pop()()


def _replace(owner: Any, name: str, ours: Callable[..., Any]) -> None:
    original = getattr(owner, name)
    setattr(owner, name, ours)
    _undo.append(lambda: setattr(owner, name, original))


def _with_ours(made: list[Any], config: Any, watch: RunWatch) -> list[Any]:
    named = [formatter for formatter in made if isinstance(formatter, AllureFormatter)]
    for formatter in named:
        formatter.close()
    others = [formatter for formatter in made if formatter not in named]
    if config.dry_run:
        return others
    bridge = watch.bridge
    files = [RedactedFiles(lambda: bridge.results_dir, bridge.redact)]
    for formatter in named:
        folder = Path(formatter.stream_opener.name)
        files.append(RedactedFiles(lambda folder=folder: folder, bridge.redact))  # type: ignore[misc]
    watch.listener = HonestListener(config, bridge)
    return [*others, HonestFormatter(config, watch.listener, files, watch.feature_ended)]


def _judged(watch: RunWatch, runner: Any, failed: bool) -> bool:
    if runner.config.dry_run:
        print("\nA DRY RUN VERIFIES NOTHING: it only looks for the steps' definitions. Run without --dry-run.")
        return True
    failed, sentence = watch.exit_failed(runner, failed)
    if sentence:
        print(f"\n{sentence}")
    return failed
