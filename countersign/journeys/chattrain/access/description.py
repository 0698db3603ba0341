"""The promised services, from the material, for whoever reads the published description."""

from collections.abc import Sequence

import personas
from countersign.expect.description import Promised
from countersign.systems.description import ApiDescription

__all__ = ["ApiDescription", "promised"]


def promised(names: Sequence[str]) -> list[Promised]:
    """Give the promised services of these names (chattrain_api.yaml)."""
    services = personas.material("chattrain_api")["services"]
    return [
        Promised(name, entry["method"], entry["path"], tuple(entry["refusals"]), bool(entry.get("file")))
        for name, entry in ((name, services[name]) for name in names)
    ]
