"""Downloads that are interrupted on their way."""

from collections.abc import Sequence
from dataclasses import dataclass

import personas
from countersign.expect.modelhub.resume import Interrupted
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.upkeep.on_disk import digests
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.seen import Seen
from countersign.transport import eventually

LIMIT_MBPS = 6
"""Slow enough that an interruption falls into the same file, however busy the machine is."""
STILL_FOR = 0.5
"""Seconds without a byte: a pause that is taken back within a moment may be no interruption at all."""
STOPPED_WITHIN = 5.0
OVER_WITHIN = 40.0
TEXT, IMAGE, FAST = "the text model", "the image model", "the fast model"


@dataclass(frozen=True)
class Interruptions:
    """The interrupted downloads of one scenario."""

    each: tuple[Interrupted, ...]


def interrupts_three_ways(user: HubUser) -> Interruptions:
    """Download three models at once: one loses its connection, one is paused, one fails and is started again."""
    text, image, fast = map(model_of, (TEXT, IMAGE, FAST))
    deep = personas.material("modelhub_downloads")["deep"]
    source, downloads = user.hub.source, user.api.downloads
    _prepares(user)
    for model_id, size in ((text, deep["text"]), (fast, deep["fast"])):
        source.fails("drop_after", model_id=model_id, path=deep["path"], value=size, count=1)
    watch = Watch(user, (text, image, fast))
    downloads.start(text)
    downloads.start(image, bandwidth_limit_mbps=LIMIT_MBPS)
    downloads.start(fast, max_retries=0)
    _pauses_at(watch, image, deep["megabytes"])
    downloads.manage(image, "resume")
    downloads.manage(image, "bandwidth", bandwidth_limit_mbps=0)
    eventually(lambda: _is(watch, fast, "failed"), STOPPED_WITHIN, every=0.1, what="the download to fail")
    downloads.start(fast)
    eventually(lambda: _is_not(watch, fast, "failed"), STOPPED_WITHIN, every=0.1, what="the download to begin again")
    ways = ("a broken connection", "a pause", "a failure and a new start")
    return _ended(user, watch, ways)


def kills_the_downloader(user: HubUser) -> Interruptions:
    """Kill the process that downloads in the middle of a download, and start it again."""
    user.stage.need("process-control")
    text, deep = model_of(TEXT), personas.material("modelhub_downloads")["deep"]
    watch = Watch(user, [text])
    user.hub.source.counts_anew()
    user.api.downloads.start(text, bandwidth_limit_mbps=LIMIT_MBPS)
    watch.until(text, deep["killed"])
    with rolled_back(user.system.control, user.hub.admin.health) as control:
        control.process("downloader").kill()
        control.process("downloader").start()
    user.api.downloads.manage(text, "bandwidth", bandwidth_limit_mbps=0)
    return _ended(user, watch, ("the death of the downloader",))


def cannot_continue(user: HubUser) -> Interruptions:
    """Pause two downloads; the source sends one whole file instead of the rest, and denies the rest of another."""
    text, fast, deep = model_of(TEXT), model_of(FAST), personas.material("modelhub_downloads")["deep"]
    _prepares(user)
    watch = Watch(user, (text, fast))
    for model_id in (text, fast):
        user.api.downloads.start(model_id, bandwidth_limit_mbps=LIMIT_MBPS)
    _pauses_at(watch, text, deep["less"])
    _pauses_at(watch, fast, deep["less"])
    user.hub.source.fails("ignore_range", model_id=text)
    user.hub.source.fails("status", model_id=fast, value=416, count=1)
    for model_id in (text, fast):
        user.api.downloads.manage(model_id, "resume")
        user.api.downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=0)
    return _ended(user, watch, ("a source that starts over", "a source that denies the rest"))


def _prepares(user: HubUser) -> None:
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": 3})
    user.api.config.prefer(download_config={"retry_delay_base": 0.2})
    user.hub.source.counts_anew()


def _pauses_at(watch: Watch, model_id: str, megabytes: float) -> None:
    watch.until(model_id, megabytes)
    watch.user.api.downloads.manage(model_id, "pause")
    eventually(lambda: _is(watch, model_id, "paused"), STOPPED_WITHIN, every=0.1, what="the download to be paused")
    eventually(lambda: _stands_still(watch, model_id), STOPPED_WITHIN, what="the source to send nothing more")


def _stands_still(watch: Watch, model_id: str) -> None:
    watch.look()
    before = watch.looks[model_id][-1].sent_after
    watch.for_a_while(STILL_FOR)
    assert watch.looks[model_id][-1].sent_after == before, f"bytes of {model_id} come in spite of the pause"


def _is(watch: Watch, model_id: str, status: str) -> None:
    watch.look()
    last = watch.last(model_id)
    assert last is not None and last.status == status, f"{model_id} is {last.status if last else 'not begun'}"


def _is_not(watch: Watch, model_id: str, status: str) -> None:
    watch.look()
    last = watch.last(model_id)
    assert last is not None and last.status != status, f"{model_id} is {status}"


def _ended(user: HubUser, watch: Watch, ways: Sequence[str]) -> Interruptions:
    seen: list[Seen] = watch.until_over(OVER_WITHIN)
    return Interruptions(
        tuple(Interrupted(way, each, digests(user.hub, each.model_id)) for way, each in zip(ways, seen, strict=True))
    )
