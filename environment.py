"""behave's hooks: open the run, give each scenario its stage, close the run. All of it lives in countersign/suite."""

from typing import Any

from countersign.suite.life import install
from countersign.suite.side_by_side import run_side_by_side

run_side_by_side()  # and that is all of it, where the command only chooses scenarios
RUN = install()


def before_all(context: Any) -> None:
    RUN.open(context.config, context._runner.features)


def before_scenario(context: Any, scenario: Any) -> None:
    context.stage = RUN.scenario_begins(scenario)


def after_all(context: Any) -> None:
    context._runner.hook_failures += RUN.close()
