"""The system is hurt or started with other settings for a while, and is well again afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from countersign.errors import SuiteError
from countersign.faults import rolled_back
from countersign.faults.control import Control
from countersign.systems.medassist.api import MedAssistApi

READY_WITHIN = 30.0
"""From the start to full service (contract, section 10)."""


@contextmanager
def upheaval(stage: Any) -> Iterator[Control]:
    """Give the control of the system; when the block ends everything is mended and the system is ready again.

    Raises CapabilityMissing where the target has no control of its process.
    """
    stage.need("process-control")
    system = stage.system("medassist")
    if system.control is None:
        raise SuiteError("medassist: a target with process-control gave the suite no control")
    client = MedAssistApi(system, "suite", stage.recorder).client
    stage.at_end(client.close, "closing the look at readiness")
    ready = partial(client.request, "GET", "/api/health/ready")
    with rolled_back(system.control, lambda: ready().must_be(200), within=READY_WITHIN) as control:
        yield control


@contextmanager
def other_settings(stage: Any, **settings: int) -> Iterator[bool]:
    """Restart the system with other settings for the block, where the suite may; tell whether they are in force."""
    if "process-control" not in stage.system("medassist").capabilities:
        stage.recorder.say("the system keeps its own settings: its operator offers no control of its process")
        yield False
        return
    with upheaval(stage) as control:
        control.restart(settings)
        yield True
