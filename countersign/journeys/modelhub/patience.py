"""How long the hub waits for its engine, made short where the suite may start its parts anew."""

from typing import Any

from countersign.journeys.modelhub.hub import hub_of
from countersign.transport import eventually

SHORT_SECONDS = 2.0
BACK_WITHIN = 20.0


def engine_timeout(stage: Any) -> float:
    """Give the seconds the hub waits for its engine; where the suite may, they are made two for the scenario."""
    system = stage.system("modelhub")
    in_force = float(system.timings["engine_timeout_seconds"])
    if system.control is None or "process-control" not in system.capabilities or in_force <= SHORT_SECONDS:
        return in_force
    hub, generator = hub_of(stage), system.control.process("generator")
    stage.at_end(generator.restart, "starting the generator with its own patience")
    generator.restart({"MODELHUB_ENGINE_TIMEOUT_SECONDS": str(SHORT_SECONDS)})

    def back() -> None:
        state = hub.admin.health().json()["components"]["generator"]
        assert state == "up", f"the generator is {state}"

    eventually(back, BACK_WITHIN, what="the generator to be back")
    return SHORT_SECONDS
