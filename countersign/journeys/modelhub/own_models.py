"""Models that only one scenario knows: published at the source, installed, and taken back at the end."""

import secrets
from collections.abc import Sequence

from countersign.journeys.modelhub.hub import SETTLED_WITHIN, Hub
from countersign.transport import eventually

VERSION = "2.0.0"


def published(hub: Hub, sizes_mb: Sequence[float], version: str = VERSION) -> tuple[str, ...]:
    """Publish models of these sizes that nobody has used yet; give their names. None of them is installed."""
    hub.stage.need("origin-control", "updates")
    names = tuple(f"m{hub.stage.tag}-{secrets.token_hex(2)}" for _ in sizes_mb)
    hub.stage.at_end(lambda: _taken_back(hub, names), "taking the scenario's own models back")
    for name, size in zip(names, sizes_mb, strict=True):
        hub.source.publishes(name, version, size_mb=size)
    hub.admin.caring.look_for_updates()
    return names


def installed(hub: Hub, sizes_mb: Sequence[float], version: str = VERSION) -> tuple[str, ...]:
    """Publish and install models of these sizes; give their names."""
    names = published(hub, sizes_mb, version)
    installs(hub, names)
    return names


def installs(hub: Hub, names: Sequence[str]) -> None:
    """Install these models and wait until they are available."""
    for name in names:
        hub.admin.downloads.start(name)
    eventually(lambda: _available(hub, names), SETTLED_WITHIN, what="the scenario's own models to be available")


def _available(hub: Hub, names: Sequence[str]) -> None:
    statuses = hub.admin.models.statuses()
    wrong = [f"{name} is {statuses[name].availability}" for name in names if not statuses[name].is_available]
    assert not wrong, ", ".join(wrong)


def _taken_back(hub: Hub, names: Sequence[str]) -> None:
    hub.cancels_transfers()
    for name in names:
        hub.removes(name)
    hub.source.works_again()
    hub.source.withdraws_everything()
    hub.admin.caring.look_for_updates()
