"""Many downloads at once from a source that fails badly."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.modelhub.bad_source import BadTransfer
from countersign.expect.modelhub.files import as_published
from countersign.journeys.measuring import measure_count
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.extra_models import publishes_extra
from countersign.journeys.modelhub.upkeep.on_disk import digests
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.origin import Origin
from countersign.systems.modelhub.sent import PublishedFile

SIZE_MB = 1.0
MOST_AT_ONCE = 10
RETRIES = 3
CUTS, CUT_AFTER = 2, 0.4
"""How often each file is cut, and after which part of it: the second cut comes before the rest has arrived."""
DICE = 16
"""The dice are thrown anew with this seed in every run, so that every run meets the same: with 3 in 10 requests
failing, one of 20 downloads of 6 files is bound to meet more failures in a row than its retries outlast."""
OVER_WITHIN = 90.0

Fails = Callable[[Origin, str, Sequence[PublishedFile]], None]


@dataclass(frozen=True)
class BadTransfers:
    """The downloads from a badly failing source. `way` says how it failed."""

    way: str
    each: tuple[BadTransfer, ...]

    @property
    def bytes_per_byte(self) -> float:
        """The bytes that left the source for each byte that was needed."""
        sent = sum(each.seen.sent.size for each in self.each if each.seen.sent is not None)
        return sent / sum(each.seen.size for each in self.each)


def meets_cuts(user: HubUser, count: int) -> BadTransfers:
    """Download so many models at once; the first two requests for each of their files are cut in the middle."""
    return _downloads(user, count, "each file cut twice", _cuts)


def meets_dice(user: HubUser, count: int, percent: float) -> BadTransfers:
    """Download so many models at once; so many in 100 requests fail, as dice decide."""
    dice = random.Random(DICE)

    def fails(source: Origin, model_id: str, files: Sequence[PublishedFile]) -> None:
        for file in files:
            failures = 0
            while dice.random() < percent / 100:
                failures += 1
            if failures:
                source.fails("status", model_id=model_id, path=file.path, value=503, count=failures)

    return _downloads(user, count, f"{percent:g} in 100 requests failing", fails)


def measure(stage: Any, bad: BadTransfers, *, least: int, of: int) -> None:
    """Journal how many arrived."""
    arrived, load = sum(each.arrived for each in bad.each), f"{of} downloads, {bad.way}"
    measure_count(stage, "downloads that arrived", arrived, least=least, of=len(bad.each), load=load, required=of)


def measure_bytes(stage: Any, bad: BadTransfers, most: float) -> None:
    """Journal how many bytes were fetched for each that was needed."""
    stage.measure(
        "bytes fetched for each byte needed",
        bad.bytes_per_byte,
        "",
        samples=len(bad.each),
        limit=most,
        relation="at most",
        statistic="ratio of sums",
        load=f"{len(bad.each)} downloads, {bad.way}",
    )


def _cuts(source: Origin, model_id: str, files: Sequence[PublishedFile]) -> None:
    for file in files:
        source.fails("drop_after", model_id=model_id, path=file.path, value=int(CUT_AFTER * file.size), count=CUTS)


def _downloads(user: HubUser, count: int, way: str, fails: Fails) -> BadTransfers:
    user.stage.need("model-files")
    hub = user.hub
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": MOST_AT_ONCE})
    user.api.config.prefer(download_config={"retry_delay_base": 0.2})
    names = publishes_extra(hub, count, SIZE_MB)
    published = {name: hub.source.published(name) for name in names}
    for name in names:
        fails(hub.source, name, published[name])
    watch = Watch(user, names)
    for name in names:
        user.api.downloads.start(name, max_retries=RETRIES)
    seen = watch.until_over(OVER_WITHIN, every=0.25)
    return BadTransfers(
        way,
        tuple(
            BadTransfer(each, RETRIES, as_published(each.published).matches(digests(hub, each.model_id)))
            for each in seen
        ),
    )
