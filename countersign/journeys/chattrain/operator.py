"""The operator of a ChatTrain: watches the system and looks after its content while others train."""

from typing import Any

from countersign.errors import CapabilityMissing
from countersign.systems.chattrain.api import ChatTrainApi
from countersign.systems.chattrain.content import Reload, read_reload
from countersign.systems.chattrain.model import Health
from countersign.systems.description import ApiDescription, read_description
from countersign.systems.prometheus import Metrics, read_metrics
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
        return read_metrics("chattrain", self.api.ask("GET", "/metrics").must_be(200).text)

    def description(self) -> ApiDescription:
        """Read the description that the system publishes of its API."""
        return read_description(self.api.ask("GET", "/openapi.json").must_be(200).json(), "chattrain")

    def reloads(self) -> Reload:
        """Have the system read its content again (capability content-admin).

        Raises CapabilityMissing where the target gives the suite no operator's key.
        """
        if not self.system.operator_key:
            raise CapabilityMissing(
                "the target gives no operator's key; name its environment variable as operator_key_env in the target"
            )
        return read_reload(self.api.content("POST", "/api/content/reload").must_be(200).json())

    def finds_it_well(self) -> None:
        """Raise AssertionError unless the system can work: the steady state after everything that was done to it."""
        health = self.health()
        if health.status_code != 200 or health.status not in ("healthy", "degraded"):
            raise AssertionError(f"the system calls itself {health.status!r} ({dict(health.checks)})")
