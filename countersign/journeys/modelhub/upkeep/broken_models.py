"""Models that are not whole: what is said of them, and the ways to mend them."""

from dataclasses import dataclass

from countersign.errors import SystemFault
from countersign.expect.modelhub.repair import Choices, Mended
from countersign.expect.modelhub.status import Incomplete
from countersign.journeys.modelhub.hub import Hub, model_of
from countersign.journeys.modelhub.upkeep import disk
from countersign.journeys.modelhub.user import HubUser
from countersign.transport import eventually

FAILED_WITHIN = 15.0
MENDED_WITHIN = 20.0


@dataclass(frozen=True)
class Damaged:
    """A model of which a file was damaged, and what its files were before (name -> SHA-256)."""

    model_id: str
    before: dict[str, str]


def loses_files(user: HubUser, model: str, count: int) -> Incomplete:
    """Delete files of an installed model, and read what is said of it."""
    model_id = model_of(model)
    lost = disk.lose(user.hub, model_id, count)
    return _said_of(user, model_id, lost)


def fails_half_way(user: HubUser, model: str) -> Incomplete:
    """Let the download of a model fail because the source has one of its files no more; read what is said of it."""
    user.stage.need("origin-control")
    hub, model_id = user.hub, model_of(model)
    _, names = hub.published(model_id)
    hub.source.fails("status", model_id=model_id, path=names[-1], value=404)
    user.api.downloads.start(model_id)
    eventually(lambda: _is_over(user, model_id), FAILED_WITHIN, what="the download to end")
    there = disk.files_of(hub, model_id)
    return _said_of(user, model_id, tuple(name for name in names if name not in there))


def damaged(hub: Hub, model: str) -> Damaged:
    """Damage a file of an installed model."""
    model_id = model_of(model)
    before = disk.digests_of(hub, model_id)
    disk.damage(hub, model_id)
    return Damaged(model_id, before)


def choices(user: HubUser, damage: Damaged) -> Choices:
    """Have a damaged model looked through, and read what is offered."""
    user.api.caring.verify(damage.model_id)
    overall = user.api.models.overall_health()
    return Choices(
        damage.model_id,
        user.api.models.status(damage.model_id),
        user.api.models.health(damage.model_id),
        tuple(overall["recommendations"]),
    )


def mends(user: HubUser, damage: Damaged, choice: str) -> Mended:
    """Take one of the choices for a damaged model ("repair", "download again"), and wait for its end."""
    user.api.caring.verify(damage.model_id)
    if choice == "repair":
        user.api.caring.repair(damage.model_id)
    else:
        user.api.downloads.try_starting({"model_type": damage.model_id, "force_redownload": True}).must_be(202)
    hub = user.hub
    eventually(lambda: _is_whole(user, damage.model_id), MENDED_WITHIN, every=0.1, what=f"{choice} to end")
    after = disk.digests_of(hub, damage.model_id)
    changed = tuple(name for name, digest in damage.before.items() if after.get(name) != digest)
    return Mended(choice, user.api.models.status(damage.model_id), user.api.models.health(damage.model_id), changed)


def _said_of(user: HubUser, model_id: str, lost: tuple[str, ...]) -> Incomplete:
    validation = tuple(user.api.caring.validate(model_id)["missing_files"])
    status, health = user.api.models.status(model_id), user.api.models.health(model_id)
    there = disk.files_of(user.hub, model_id)
    return Incomplete(lost, there, status.missing_files, validation, health.issues)


def _is_over(user: HubUser, model_id: str) -> None:
    now = user.api.downloads.progress(model_id)
    if now.status == "completed":
        raise SystemFault(f"the download of {model_id} is completed although the source lacks one of its files")
    assert now.status == "failed", f"it is {now.status}"


def _is_whole(user: HubUser, model_id: str) -> None:
    now = user.api.models.status(model_id)
    assert now.is_available and now.availability == "available", f"it is {now.availability}"
