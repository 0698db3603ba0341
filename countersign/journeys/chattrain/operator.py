"""The operator of a ChatTrain: watches the system and looks after its content while others train."""

from typing import Any

from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.metrics import Metrics, read_metrics
from countersign.systems.chattrain.model import Health
from personas import Persona


class Operator:
    """Somebody with the operator's key."""

    def __init__(self, stage: Any, persona: Persona) -> None:
        self.stage = stage
        self.persona = persona
        self.name = persona.name
        self.system = stage.system("chattrain")
        self.api = ChatTrainApi(self.system, self.name, stage.recorder)
        stage.at_end(self.api.close, f"{self.name}'s leaving")

    def health(self) -> Health:
        """Look at the health of the system."""
        return self.api.health()

    def metrics(self) -> Metrics:
        """Look at the system's figures (capability metrics)."""
        return read_metrics(self.api.ask("GET", "/metrics").must_be(200).text)

    def finds_it_well(self) -> None:
        """Raise AssertionError unless the system can work: the steady state after everything that was done to it."""
        health = self.health()
        if health.status_code != 200 or health.status not in ("healthy", "degraded"):
            raise AssertionError(f"the system calls itself {health.status!r} ({dict(health.checks)})")
