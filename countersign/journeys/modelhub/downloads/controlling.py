"""Downloads that are paused, resumed and cancelled."""

import time
from contextlib import suppress

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.standstill import Cancelled, Paused
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.upkeep.on_disk import unfinished
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

BEGUN_MB = 1.0
OVER_WITHIN = 30.0
CANCELLED_WITHIN = 5.0


def begins(user: HubUser, model: str, limit_mbps: float) -> Watch:
    """Start a limited download and watch it until some of it has arrived."""
    user.stage.need("topic-events")
    model_id = model_of(model)
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    watch = Watch(user, [model_id], user.listens("download_progress"))
    user.api.downloads.start(model_id, bandwidth_limit_mbps=limit_mbps)
    watch.until(model_id, BEGUN_MB)
    return watch


def pauses(watch: Watch, seconds: float) -> Paused:
    """Pause the download for so long, looking on, then resume it without a limit and see it through."""
    model_id = next(iter(watch.looks))
    downloads = watch.user.api.downloads
    downloads.manage(model_id, "pause")
    paused_at = time.monotonic()
    meanwhile = watch.for_a_while(seconds)
    downloads.manage(model_id, "resume")
    downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=0)
    return Paused(paused_at, tuple(meanwhile), watch.until_over(OVER_WITHIN)[0])


def cancels(watch: Watch) -> Cancelled:
    """Cancel the download and look at what is left of it."""
    user, model_id = watch.user, next(iter(watch.looks))
    before = watch.last(model_id)
    assert before is not None, "the download was watched until it had begun"
    user.api.downloads.manage(model_id, "cancel")
    with suppress(DeadlineExceeded):  # what is left after that time is judged by the sentences
        eventually(lambda: _away(watch, model_id), CANCELLED_WITHIN, every=0.1, what="the download to be gone")
    files = tuple(unfinished(user.hub, model_id)) if "model-files" in user.system.capabilities else ()
    return Cancelled(before, watch.seen()[0], user.api.models.status(model_id), files, _used_mb(user, model_id))


def _away(watch: Watch, model_id: str) -> None:
    watch.look()
    status = watch.user.api.models.status(model_id)
    assert status.availability == "missing" and not status.size_mb, f"{model_id} is {status.availability}"


def _used_mb(user: HubUser, model_id: str) -> float | None:
    if "storage" not in user.system.capabilities:
        return None
    models = user.api.models.get("models/storage")["models_storage"]
    return sum(1024 * float(each["size_gb"]) for each in models if each["model_id"] == model_id)
