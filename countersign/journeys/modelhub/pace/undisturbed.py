"""Looks at the status while others ask for what could hold everybody up: statistics, hashing, running downloads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from countersign.evidence.operations import Operation
from countersign.expect.modelhub.moving import Moving
from countersign.journeys.load_figures import excused, vouched
from countersign.journeys.measuring import measure_longest, measure_percentile
from countersign.journeys.modelhub.pace.places import Places
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.tally import tell_failed
from countersign.load.meanwhile import GoingOn, meanwhile
from countersign.load.nonstop import Calls, Client, calls_of, nonstop
from countersign.systems.modelhub.model import Progress
from countersign.systems.modelhub.routine import machine, mixed, recovery, status, verifying
from countersign.transport import eventually
from personas import material

READERS = 5
LIMIT_MBPS = 2.0
"""What three downloads together may take: 17 MB last for more than a minute."""
MOVING_WITHIN, LOOKS_WITHIN, ALL_WITHIN = 10.0, 30.0, 60.0
STATISTICS, RECOVERY = machine(0).what, recovery(0).what


@dataclass(frozen=True)
class Undisturbed:
    """The looks, what the others did meanwhile, and how far the downloads were before and after."""

    looks: Calls
    readers: Sequence[Operation]
    verified: Sequence[Operation]
    downloads: Sequence[Moving]

    @property
    def everything(self) -> list[Operation]:
        """Every call."""
        return [*self.looks.operations, *self.readers, *self.verified]

    @property
    def load(self) -> str:
        """What was on the system."""
        return (
            f"{READERS} clients read statistics and recovery {len(self.readers)} times, "
            f"{len(self.verified)} times a model is hashed, {len(self.downloads)} downloads run"
        )

    def seconds(self, what: str) -> list[float]:
        """Give the seconds of one kind of reading."""
        return [each.seconds for each in self.readers if each.what == what]


def looks_undisturbed(user: PowerUser, count: int) -> Undisturbed:
    """Look so often at the status while others read, one has models hashed, and three downloads run."""
    models = tuple(material("modelhub")["models"].values())
    user.hub.has_all_installed()
    before = _downloads(user, models)
    with Places(user, READERS + 2) as places:
        kinds = [status, verifying(models), *[mixed(machine, recovery)] * READERS]
        looking, hashing, *reading = (places.client(place, routines) for place, routines in enumerate(kinds))
        looks, others = meanwhile(
            lambda: nonstop([looking], LOOKS_WITHIN, calls=count),
            [partial(_goes_on, client, who) for who, client in _named(hashing, reading)],
            within=ALL_WITHIN,
        )
    after = user.api.downloads.all()
    verified, *readers = [outcome.get() for outcome in others]
    downloads = [Moving(before[name], after[name]) for name in models]
    found = Undisturbed(looks, list(chain.from_iterable(readers)), verified, downloads)
    tell_failed(user.stage, found.everything)
    vouched(user.stage, looks.injector, found.load)
    return found


def measure_looks(stage: Any, found: Undisturbed, limit: float, required: int) -> float:
    """Journal and give the time that 95 of 100 looks do not exceed. Raises NotVerified for a miss that says nothing."""
    times, load = found.looks.times, found.load
    measure_percentile(stage, "look at the status", times, 50, below=None, load=load)
    value = measure_percentile(stage, "look at the status", times, 95, below=limit, load=load, required=required)
    measure_percentile(stage, "look at the status", times, 100, below=None, load=load)
    excused(stage, missed=value >= limit)
    return value


def measure_statistics(stage: Any, found: Undisturbed, limit: float) -> float:
    """Journal and give the longest time of the statistics; that of the recovery is told beside it."""
    load = found.load
    measure_percentile(stage, RECOVERY, found.seconds(RECOVERY), 95, below=None, load=load)
    value = measure_longest(stage, STATISTICS, found.seconds(STATISTICS), below=limit, load=load, required=20)
    excused(stage, missed=value >= limit)
    return value


def _named(hashing: Client, reading: Sequence[Client]) -> list[tuple[str, Client]]:
    return [
        ("one who has models hashed", hashing),
        *((f"reader {number}", each) for number, each in enumerate(reading)),
    ]


def _goes_on(client: Client, who: str, going_on: GoingOn) -> list[Operation]:
    return calls_of(client, going_on, who=who)


def _downloads(user: PowerUser, models: Sequence[str]) -> dict[str, Progress]:
    """Download all models anew beside those in use, slowly; give their progress when all of them move."""
    user.stage.at_end(user.hub.cancels_transfers, "cancelling the downloads while their speed is limited")
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": LIMIT_MBPS, "max_concurrent_downloads": 3})
    for name in models:
        user.api.downloads.try_starting({"model_type": name, "force_redownload": True}).must_be(202)

    def moving() -> dict[str, Progress]:
        told = user.api.downloads.all()
        still = [name for name in models if told[name].status != "downloading" or told[name].downloaded_mb <= 0]
        assert not still, f"{', '.join(still)}: not a byte came"
        return told

    return eventually(moving, MOVING_WITHIN, every=0.1, what="all downloads to run")
