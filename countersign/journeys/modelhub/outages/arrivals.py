"""Downloads that met an outage on their way: do they arrive whole, and what was transferred twice?"""

from countersign.expect.modelhub.arrivals import Arrived
from countersign.expect.modelhub.files import as_published
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.upkeep.on_disk import digests
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import MB

LANES, FIRST_WAIT, BEGUN_MB = 3, 0.2, 0.3


def arrived(user: HubUser, model_id: str, interruptions: int) -> Arrived:
    """Look a download up that is over: its state, its bytes on the disk (where they can be read), its traffic."""
    last = user.api.downloads.all().get(model_id)
    if last is None:
        return Arrived(model_id, "unknown to the hub", "", False, "", None, interruptions)
    told = user.api.caring.verify(model_id)
    origin, wrong, twice = user.hub.origin, "", None
    if origin is not None:
        published = origin.published(model_id)
        twice = (origin.sent(model_id).size - sum(file.size for file in published)) / MB
        if "model-files" in user.system.capabilities:
            wrong = as_published(published).lack(digests(user.hub, model_id))
    return Arrived(
        model_id, last.status, last.failure_reason or "", bool(told["is_valid"]), wrong, twice, interruptions
    )


def begins_slowly(user: HubUser, model_id: str, limit_mbps: float, begun_mb: float = BEGUN_MB) -> Watch:
    """Begin a download with a speed limit and wait until some of it is there; give the watch over it."""
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": LANES})
    user.api.config.prefer(download_config={"retry_delay_base": FIRST_WAIT})
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    user.api.downloads.start(model_id, bandwidth_limit_mbps=limit_mbps)
    watch = Watch(user, [model_id])
    watch.until(model_id, begun_mb)
    return watch


def lets_run(user: HubUser, *models: str) -> None:
    """Take the speed limits of downloads away. One that is over by now, or was never taken, has none."""
    for model_id in models:
        user.api.downloads.try_managing(model_id, "bandwidth", bandwidth_limit_mbps=0).must_be(200, 404, 409)
