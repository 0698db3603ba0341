"""Look at this machine and at the target, and say in plain words what a run could verify and what not."""

import sys
from collections.abc import Mapping

from countersign.catalogue import load_criteria
from countersign.errors import TargetError
from countersign.evidence import Recorder, Redactor
from countersign.paths import system_names
from countersign.reporting.allure import AllureNotRendered
from countersign.reporting.allure.node import find_allure, find_node
from countersign.suite.opening import Opening
from countersign.suite.plan import systems_that_run
from countersign.target.live import LiveSystem
from countersign.target.options import read_options
from countersign.target.settings import load_target
from countersign.transport.browser import find_browser


def examine(userdata: Mapping[str, str]) -> int:
    """Print what was found; give 0 if every criterion can be verified here, 1 otherwise."""
    print(f"Python      {sys.version.split()[0]}")
    browser = find_browser()
    print(
        f"Browser     {browser.path if browser else 'none: page criteria will be NOT VERIFIED (make setup brings one)'}"
    )
    print(f"Allure      {_allure()}")
    try:
        options = read_options(userdata)
        target = load_target(options.target)
    except TargetError as error:
        print(f"Target      {error}")
        return 1
    print(f"Target      {target.name} ({target.kind})")
    names = list(target.systems) if target.kind == "live" else system_names()
    ready = systems_that_run()
    names = [name for name in names if name in ready and (target.kind == "live" or name in target.systems)]
    opening = Opening(target, options, names)
    redactor = Redactor()
    try:
        systems = opening.finish(Recorder(redactor), redactor.register)
        return max([_tell(system) for system in systems.values()], default=1) or int(browser is None)
    finally:
        opening.close()


def _allure() -> str:
    try:
        find_node()
        find_allure()
    except AllureNotRendered as missing:
        return f"no page: {missing}"
    return "can be rendered"


def _tell(system: LiveSystem) -> int:
    print(f"\n{system.name} at {system.url or '-'}")
    if system.problem:
        print(f"  cannot be judged: {system.problem}")
        return 1
    for name in sorted(system.capabilities):
        print(f"  can show     {name}")
    for name, reason in sorted(system.missing.items()):
        print(f"  cannot show  {name}: {reason}")
    lost = [item.id for item in load_criteria(system.name) if not set(item.needs) <= system.capabilities]
    print(
        f"  so {len(lost)} of {len(load_criteria(system.name))} criteria cannot be verified {', '.join(lost)}".rstrip()
    )
    return int(bool(lost))
