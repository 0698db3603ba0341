"""Limited downloads whose progress is looked at all along."""

from dataclasses import dataclass

import personas
from countersign.journeys.modelhub.downloads.watching import Watch
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.seen import Seen

EVERY = 0.2
OVER_WITHIN = 60.0


@dataclass(frozen=True)
class Told:
    """What downloads told of themselves."""

    each: tuple[Seen, ...]


def looks_all_along(user: HubUser) -> Told:
    """Download all models at once, each limited so that it takes about 9 s, and look at them 5 times a second."""
    limits = personas.material("modelhub_downloads")["about_nine_seconds"]
    user.hub.admin.config.prefer(download_config={"max_concurrent_downloads": len(limits)})
    if user.hub.origin is not None:
        user.hub.origin.counts_anew()
    wanted = {model_of(model): limit for model, limit in limits.items()}
    watch = Watch(user, wanted)
    for model_id, limit in wanted.items():
        user.api.downloads.start(model_id, bandwidth_limit_mbps=limit)
    seen = watch.until_over(OVER_WITHIN, EVERY)
    watch.measures_pace("3 limited downloads")
    return Told(tuple(seen))
