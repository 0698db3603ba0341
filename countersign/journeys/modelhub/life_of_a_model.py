"""A model from missing to available, damaged and updated, with a look at its status in every state."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from countersign.expect.modelhub.status import Due, Looked, Sampled
from countersign.journeys.modelhub.hub import model_of
from countersign.journeys.modelhub.upkeep import disk
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import read_status
from countersign.transport import eventually

SHOWN_WITHIN = 2.0
FOLLOWED_FOR = 30.0
OWN_LIMIT_MBPS, REST_LIMIT_MBPS, OTHER_LIMIT_MBPS = 8.0, 24.0, 0.5
MOST_SAMPLES = 2000
UPDATE_MBPS = 24.0


@dataclass(frozen=True)
class Life:
    """What was seen in each state, in order, and every look while the transfer went to its end."""

    looks: tuple[Looked, ...]
    samples: tuple[Sampled, ...] = ()

    def pairs(self, rows: Sequence[Mapping[str, str]]) -> list[tuple[Due, Looked]]:
        """Put each row of the table of a feature beside what was seen in its state."""
        return [(Due.of(row), look) for row, look in zip(rows, self.looks, strict=True)]

    @property
    def seconds(self) -> list[float]:
        """How long each state took until it was shown."""
        return [look.seconds for look in self.looks]


def look(user: HubUser, model_id: str, state: str, since: float, known: str = "") -> Looked:
    """Wait until the status shows a state, two seconds at most from `since` (monotonic), and take it all down."""

    def shown() -> Looked:
        told = user.api.models.get("models/status/detailed")
        models = {name: read_status(item) for name, item in told["models"].items()}
        now = models[model_id]
        assert now.availability == state, f"the status of {model_id} said {now.availability}"
        return Looked(state, model_id, models, told["system_statistics"], time.monotonic() - since, known=known)

    left = max(0.05, SHOWN_WITHIN - (time.monotonic() - since))
    return eventually(shown, left, what=f"the status to show {model_id} as {state}")


def arrives(user: HubUser, model: str, other: str) -> Life:
    """Let a model go from missing through queued, downloading and paused to available, behind `other` at first."""
    hub, api, model_id, other_id = user.hub, user.api, model_of(model), model_of(other)
    hub.admin.config.prefer(download_config={"max_concurrent_downloads": 1})
    looks = [look(user, model_id, "missing", time.monotonic())]

    def does(state: str, act: Callable[[], object]) -> None:
        act()
        looks.append(look(user, model_id, state, time.monotonic()))

    api.downloads.start(other_id, bandwidth_limit_mbps=OTHER_LIMIT_MBPS)
    eventually(lambda: _is(user, other_id, "downloading"), FOLLOWED_FOR, what="the other download to run")
    does("queued", lambda: api.downloads.start(model_id, bandwidth_limit_mbps=OWN_LIMIT_MBPS))
    api.downloads.manage(other_id, "cancel")
    eventually(lambda: _is(user, model_id, "downloading"), FOLLOWED_FOR, what="the download to run")
    does("downloading", lambda: None)
    does("paused", lambda: api.downloads.manage(model_id, "pause"))
    looks[-1] = _agreeing_with_transfer(user, looks[-1])
    api.downloads.manage(model_id, "resume")
    api.downloads.manage(model_id, "bandwidth", bandwidth_limit_mbps=REST_LIMIT_MBPS)
    samples = follow(user, model_id)
    known = hub.published(model_id)[0] if hub.origin is not None else ""
    looks.append(look(user, model_id, "available", time.monotonic(), known))
    return Life(tuple(looks), samples)


def follow(user: HubUser, model_id: str) -> tuple[Sampled, ...]:
    """Look at a transfer and at the status in turn until the transfer is completed."""
    samples: list[Sampled] = []

    def done() -> None:
        before = user.api.downloads.progress(model_id).status
        status = user.api.models.status(model_id)
        after = user.api.downloads.progress(model_id).status
        if len(samples) < MOST_SAMPLES:
            samples.append(Sampled(before, status.availability, "generate" in status.actions, after))
        assert after == "completed", f"it is {after}"

    eventually(done, FOLLOWED_FOR, every=0.02, what=f"the download of {model_id} to be completed")
    return tuple(samples)


def gets_damaged(user: HubUser, model: str) -> Life:
    """Damage an installed model, have it looked through, and look at its status."""
    model_id = model_of(model)
    disk.damage(user.hub, model_id)
    user.api.caring.verify(model_id)
    return Life((look(user, model_id, "corrupted", time.monotonic()),))


def gets_updated(user: HubUser, model: str, version: str) -> Life:
    """Publish a new version of an installed model, install it, and look before, during and after."""
    user.stage.need("updates", "origin-control")
    hub, model_id = user.hub, model_of(model)
    before, _ = hub.published(model_id)
    hub.stage.at_end(lambda: hub.removes(model_id), f"removing the updated {model_id}")
    looks = [look(user, model_id, "available", time.monotonic(), before)]
    hub.source.publishes(model_id, version, size_mb=6)
    hub.admin.caring.look_for_updates()
    hub.source.fails("slow", model_id=model_id, value=UPDATE_MBPS)
    hub.admin.caring.approve_update(model_id)
    looks.append(look(user, model_id, "updating", time.monotonic(), before))
    eventually(lambda: _has_version(user, model_id, version), FOLLOWED_FOR, what=f"version {version} to be in use")
    looks.append(look(user, model_id, "available", time.monotonic(), version))
    return Life(tuple(looks))


def _is(user: HubUser, model_id: str, state: str) -> None:
    now = user.api.downloads.progress(model_id).status
    assert now == state, f"it is {now}"


def _has_version(user: HubUser, model_id: str, version: str) -> None:
    told: Any = user.api.models.get("models/updates")["updates"]
    now = next((each["current_version"] for each in told if each["model_id"] == model_id), None)
    assert now == version, f"the version in use is {now}"


def _agreeing_with_transfer(user: HubUser, paused: Looked) -> Looked:
    """Look again until status and transfer tell the same progress; what was on its way at the pause still counts."""

    def agreed() -> Looked:
        now = look(user, paused.model_id, paused.state, time.monotonic())
        percent = user.api.downloads.progress(paused.model_id).percent
        assert now.model.progress == percent, f"the status says {now.model.progress}, the transfer {percent}"
        return replace(now, seconds=paused.seconds, percent=percent)

    return eventually(agreed, SHOWN_WITHIN, what="the progress to be the same in status and transfer")
