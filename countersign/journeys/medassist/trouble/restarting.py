"""Starting the medical assistant anew, in good order."""

from typing import Any

from countersign.faults.rolled_back import rolled_back
from countersign.systems.medassist.api import MedAssistApi

READY_WITHIN = 30.0
"""From the start to full service (contract, section 10)."""


def starts_anew(stage: Any) -> None:
    """Stop the system in good order, start it, and wait until it is ready. Raises CapabilityMissing."""
    stage.need("process-control")
    system = stage.system()
    api = MedAssistApi(system, "suite", stage.recorder)
    stage.at_end(api.close, "closing the look at readiness")
    with rolled_back(system.control, lambda: api.ask("GET", "/api/health/ready").must_be(200), within=READY_WITHIN):
        system.control.restart()


def starts_anew_where_allowed(stage: Any) -> None:
    """Start the system anew where its operator allows that; elsewhere it is on record that it went on."""
    if "process-control" in stage.system().capabilities:
        starts_anew(stage)
    else:
        stage.recorder.say("the system was not started anew: its operator offers no control of its process")
