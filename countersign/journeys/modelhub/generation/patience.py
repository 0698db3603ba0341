"""Times that the hub waits, made short where the suite may start its parts anew."""

from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.transport import eventually

SHORT_SECONDS = 2.0
SHORT_ROUND_SECONDS = 1.0
BACK_WITHIN = 20.0


def engine_timeout(stage: Any) -> float:
    """Give the seconds the hub waits for its engine; where the suite may, they are made two for the scenario."""
    in_force = float(stage.system("modelhub").timings["engine_timeout_seconds"])
    if not _may_start_anew(stage) or in_force <= SHORT_SECONDS:
        return in_force
    _starts_anew(stage, "generator", {"MODELHUB_ENGINE_TIMEOUT_SECONDS": str(SHORT_SECONDS)})
    return SHORT_SECONDS


def rounds(stage: Any) -> float:
    """Give the longest seconds between two looks of the hub at its health and at its updates; where the suite may,
    they are made one for the scenario."""
    timings = stage.system("modelhub").timings
    in_force = max(float(timings["health_interval_seconds"]), float(timings["update_interval_seconds"]))
    if not _may_start_anew(stage) or in_force <= SHORT_ROUND_SECONDS:
        return in_force
    names = ("MODELHUB_HEALTH_INTERVAL_SECONDS", "MODELHUB_UPDATE_INTERVAL_SECONDS")
    _starts_anew(stage, "monitor", dict.fromkeys(names, str(SHORT_ROUND_SECONDS)))
    return SHORT_ROUND_SECONDS


def _may_start_anew(stage: Any) -> bool:
    system = stage.system("modelhub")
    return system.control is not None and "process-control" in system.capabilities


def _starts_anew(stage: Any, process: str, settings: dict[str, str]) -> None:
    """Start a process with other settings, which it has until the end of the scenario."""
    hub, controlled = hub_of(stage), stage.system("modelhub").control.process(process)
    stage.at_end(lambda: controlled.restart({}), f"starting the {process} with its own settings")
    controlled.restart(settings)

    def back() -> None:
        state = hub.admin.health().json()["components"][process]
        assert state == "up", f"the {process} is {state}"

    eventually(back, BACK_WITHIN, what=f"the {process} to be back")
