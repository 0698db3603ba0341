"""Small models that the source publishes for one scenario only."""

from collections.abc import Sequence

from countersign.journeys.modelhub.hub import Hub
from countersign.transport import eventually

VERSION = "1.0.0"
KNOWN_WITHIN = 30.0


def publishes_extra(hub: Hub, count: int, size_mb: float) -> list[str]:
    """Publish so many models beside the usual ones and wait until the hub knows them; give their names.

    At the end of the scenario they are gone from source and hub.
    """
    names = [f"extra-{hub.stage.tag}-{number:02d}" for number in range(1, count + 1)]
    hub.stage.at_end(lambda: _takes_back(hub, names), "taking the extra models back")
    for name in names:
        hub.source.publishes(name, VERSION, size_mb=size_mb)
    _learns(hub)
    eventually(lambda: _knows(hub, names), KNOWN_WITHIN, every=0.2, what="the hub to know the new models")
    hub.source.counts_anew()
    return names


def _takes_back(hub: Hub, names: Sequence[str]) -> None:
    hub.source.works_again()
    hub.cancels_transfers()
    for name in names:
        hub.removes(name)
    hub.source.withdraws_everything()
    _learns(hub)


def _learns(hub: Hub) -> None:
    """Have the hub read the source's list now; one that cannot be asked to does so in its own time."""
    if "updates" in hub.system.capabilities:
        hub.admin.caring.look_for_updates()


def _knows(hub: Hub, names: Sequence[str]) -> None:
    missing = sorted(set(names) - set(hub.admin.models.statuses()))
    assert not missing, f"it does not know {', '.join(missing)}"
