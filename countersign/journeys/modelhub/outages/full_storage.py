"""The storage is too small for a download, or becomes too small on its way; then space is freed."""

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.full import InUse, OtherModel, Stopped, TooLarge, WentOn
from countersign.journeys.measuring import measure_longest
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.generation.generating import plain
from countersign.journeys.modelhub.generation.runs import runs
from countersign.journeys.modelhub.hub import USABLE, Hub, model_of
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.storage.space_taken import used_bytes
from countersign.journeys.modelhub.upkeep.on_disk import digests
from countersign.systems.modelhub.model import MB, Task
from countersign.transport import eventually

GB = 2**30
LIMIT_MBPS = 6.0
HALF_MB, BEGUN_MB, ROOM_MB = 2.0, 1.6, 1.2
"""MB: room for a half of the download, how much of it has arrived when the storage becomes full, and the room then."""
AMPLE_MB = 100.0
STOPPED_WITHIN, OVER_WITHIN = 10.0, 30.0
IN_FORCE_WITHIN = 3.0
"""Seconds; a change of settings has 2 (contract, section 3.10)."""


@dataclass(frozen=True)
class FullStorage:
    """What came of a start without room, of a download that lost its room, and of the same after freeing space.

    `wrong_in_use` is None where the suite may not look at the files.
    """

    too_large: TooLarge
    stopped: Stopped
    others: tuple[OtherModel, ...]
    generation: Task
    in_use: InUse | None
    went_on: WentOn | None


def runs_full(user: PowerUser, arriving: str, removed: str) -> FullStorage:
    """Download a model into a storage that is too small, and into one that becomes so; free space and go on."""
    hub, model_id = user.hub, model_of(arriving)
    installed = sorted(name for name, each in _health(user).items() if each in USABLE)
    before = used_bytes(hub)
    _capacity_in_force(hub, before, before + HALF_MB * MB)
    too_large = _starts_without_room(user, model_id, before)
    _capacity_in_force(hub, before, before + AMPLE_MB * MB)
    watch = Watch(user, [model_id])
    stopped = _stopped(watch, model_id, before)
    others = tuple(OtherModel(name, user.api.caring.verify(name), user.api.models.status(name)) for name in installed)
    [generation] = runs(user.api, model_of("the text model"), [plain(user)])
    in_use = _in_use(user, [*installed, model_id], model_id)
    if stopped.after is None:
        return FullStorage(too_large, stopped, others, generation, in_use, None)
    _frees(user, model_of(removed))
    return FullStorage(too_large, stopped, others, generation, in_use, _goes_on(watch, model_id))


def measure(stage: Any, full: FullStorage, limit: float) -> None:
    """Journal the time to the end of the download that lost its room."""
    if full.stopped.after is not None:
        name, load = "storage full to the download being stopped", "1 download"
        measure_longest(stage, name, [full.stopped.after], below=limit, load=load)


def _capacity(hub: Hub, size: float) -> None:
    hub.admin.config.prefer(storage_config={"max_storage_gb": size / GB})


def _capacity_in_force(hub: Hub, used: int, size: float) -> None:
    """Set the capacity and wait until the hub goes by it."""
    _capacity(hub, size)

    def shown() -> None:
        percent = hub.admin.models.overall_health()["system_health"]["storage_usage_percent"]
        assert abs(percent - 100 * used / size) < 1, f"the storage is told as {percent:g} percent full"

    with suppress(DeadlineExceeded):  # a hub that does not go by it is judged by what it does next
        eventually(shown, IN_FORCE_WITHIN, every=0.1, what="the new capacity to be in force")


def _starts_without_room(user: PowerUser, model_id: str, before: int) -> TooLarge:
    origin = user.hub.origin
    answer = user.api.downloads.try_managing(model_id, "start")
    sent = origin.sent(model_id).size if origin is not None else None
    user.hub.cancels_transfers()
    return TooLarge(answer, sent, used_bytes(user.hub) - before if answer.status >= 400 else 0)


def _stopped(watch: Watch, model_id: str, before: int) -> Stopped:
    """Start the download, take its room away on its way, and see how long it goes on."""
    user = watch.user
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    user.api.downloads.start(model_id, bandwidth_limit_mbps=LIMIT_MBPS)
    watch.until(model_id, BEGUN_MB)
    _capacity(user.hub, before + ROOM_MB * MB)
    full_at = time.monotonic()
    with suppress(DeadlineExceeded):  # that it goes on is judged by the sentence
        watch.until_over(STOPPED_WITHIN)
    last = watch.looks[model_id][-1]
    ended = last.progress.status == "failed"
    return Stopped(watch.seen()[0].end.told - full_at if ended else None, last.progress)


def _in_use(user: PowerUser, models: list[str], arriving: str) -> InUse | None:
    hub, status = user.hub, user.api.models.status(arriving)
    offered = status.is_available or "generate" in status.actions
    if "model-files" not in user.system.capabilities or hub.origin is None:
        user.stage.recorder.say("not looked at: the files in use, which the suite cannot compare here")
        return InUse((), offered)
    published = {name: {file.path: file.sha256 for file in hub.origin.published(name)} for name in models}
    wrong = [
        f"{name}/{path}"
        for name in models
        for path, digest in digests(hub, name).items()
        if published[name].get(path) != digest
    ]
    return InUse(tuple(wrong), offered)


def _frees(user: PowerUser, model_id: str) -> None:
    if "storage" in user.system.capabilities:
        user.api.caring.try_delete(model_id).must_be(200)
        return
    user.stage.recorder.say("freed by allowing more: models cannot be deleted here")
    _capacity(user.hub, AMPLE_MB * MB + used_bytes(user.hub))


def _goes_on(watch: Watch, model_id: str) -> WentOn:
    user = watch.user
    user.api.downloads.start(model_id)

    def over() -> None:
        watch.look()
        last = watch.looks[model_id][-1].progress
        assert last.status in ("completed", "failed"), f"it is {last.status}"

    first = watch.looks[model_id][-1].progress.download_id
    eventually(lambda: _begun_anew(watch, model_id, first), OVER_WITHIN, every=0.1, what="the new start to be told")
    eventually(over, OVER_WITHIN, every=0.1, what="the download to be over")
    told, origin = user.api.caring.verify(model_id), user.hub.origin
    sent = origin.sent(model_id) if origin is not None else None
    size = sum(file.size for file in origin.published(model_id)) if origin is not None else 0
    return WentOn(watch.looks[model_id][-1].progress, told, sent, size)


def _begun_anew(watch: Watch, model_id: str, first: str) -> None:
    watch.look()
    assert watch.looks[model_id][-1].progress.download_id != first, "the download that was stopped is told of"


def _health(user: PowerUser) -> dict[str, str]:
    told = user.api.models.overall_health()["model_health"]
    return {name: str(each["health_status"]) for name, each in told.items()}
