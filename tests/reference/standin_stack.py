"""`python -m reference` with two stand-ins in place of the real systems: started by the tests as a program."""

import dataclasses
import sys
from pathlib import Path

from reference.__main__ import main
from reference.stack.registry import CHATTRAIN

STANDIN = dataclasses.replace(
    CHATTRAIN,
    name="standin",
    arguments=(str(Path(__file__).with_name("standin.py")),),
    faults_variable="STANDIN_FAULTS",
    starting_content=Path(__file__).parent,
)
OTHER = dataclasses.replace(STANDIN, name="other")
BROKEN = dataclasses.replace(STANDIN, name="broken", arguments=("-c", "raise SystemExit('no teapot in sight')"))

if __name__ == "__main__":
    sys.exit(main(registry={"standin": STANDIN, "other": OTHER, "broken": BROKEN}))
