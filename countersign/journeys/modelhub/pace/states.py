"""The states of the hub in which its parts are measured."""

from collections.abc import Callable, Mapping
from functools import partial

from countersign.journeys.modelhub.own_models import installed, published
from countersign.journeys.modelhub.pace.recorded_uses import has_uses
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.upkeep.damage import overwritten
from countersign.systems.modelhub.routine import Routines, controls_of, health, status, suggestions_among, use
from countersign.transport import eventually
from personas import material

DOWNLOADED = "ti2v-5B"
SLOW_MBPS = 0.5
STATE_WITHIN = 10.0
SMALL_MB, ABSENT_MB, LARGE_MB = 0.1, 6, 60
ROOM_NEEDED = 2
"""Times the size of the large models that has to be free: they arrive beside what is there."""
USES = 1000
MB_IN_GB = 1024

Prepares = Callable[[PowerUser], Routines]


def with_a_paused_download(user: PowerUser) -> Routines:
    """Have three models, one of which is being downloaded anew and paused; give the controls of that download."""
    user.hub.has_all_installed()
    user.stage.at_end(user.hub.cancels_transfers, "cancelling the download while its speed is limited")
    user.api.config.prefer(download_config={"bandwidth_limit_mbps": SLOW_MBPS})
    user.api.downloads.try_starting({"model_type": DOWNLOADED, "force_redownload": True}).must_be(202)
    user.api.downloads.manage(DOWNLOADED, "pause")

    def paused() -> None:
        status_now = user.api.downloads.progress(DOWNLOADED).status
        assert status_now == "paused", f"it is {status_now}"

    eventually(paused, STATE_WITHIN, every=0.1, what="the download to be paused")
    return controls_of(DOWNLOADED)


def with_a_damaged_one(user: PowerUser) -> Routines:
    """Have three models, and a damaged one beside them that nobody repairs."""
    user.stage.need("model-files")
    user.hub.has_all_installed()
    _damages_one_more(user)
    return health


def large_with_a_damaged_one(user: PowerUser) -> Routines:
    """Have three models of 60 MB each, and a damaged one that nobody repairs; smaller ones where there is no room."""
    user.stage.need("model-files", "storage")
    user.hub.has_installed([])
    summary = user.api.models.get("models/storage")["storage_summary"]
    room = summary["available_space_gb"] * MB_IN_GB >= ROOM_NEEDED * 3 * LARGE_MB
    if not room:
        user.stage.recorder.say("not done: there is no room for three models of 60 MB each; they have 6 MB")
    installed(user.hub, [LARGE_MB if room else ABSENT_MB] * 3)
    _damages_one_more(user)
    return health


def as_they_are(user: PowerUser) -> Routines:
    """Have three models."""
    user.hub.has_all_installed()
    return status


def with_an_absent_one(user: PowerUser) -> Routines:
    """Have three models, and one more that can be downloaded, where the suite may publish one."""
    user.hub.has_all_installed()
    models = tuple(material("modelhub")["models"].values())
    if {"origin-control", "updates"} <= user.system.capabilities:
        models += published(user.hub, [ABSENT_MB])
    return suggestions_among(models)


def with_recorded_uses(user: PowerUser) -> Routines:
    """Have three models with at least 1000 uses on record."""
    user.hub.has_all_installed()
    has_uses(user, USES)
    return use


def _damages_one_more(user: PowerUser) -> None:
    user.hub.leaves_damage_alone()
    [name] = installed(user.hub, [SMALL_MB])
    overwritten(user.hub.models_folder / name)
    user.api.caring.verify(name)
    eventually(partial(_damaged, user, name), STATE_WITHIN, every=0.1, what="the damage to be told")


def _damaged(user: PowerUser, name: str) -> None:
    told = user.api.models.health(name).status
    assert told == "corrupted", f"{name} is {told}"


STATES: Mapping[str, Prepares] = {
    "three models and a paused download": with_a_paused_download,
    "three models and a damaged one": with_a_damaged_one,
    "three models of 60 MB and a damaged one": large_with_a_damaged_one,
    "three models": as_they_are,
    "three models and an absent one": with_an_absent_one,
    "three models used 1000 times": with_recorded_uses,
}
"""The states by the words of the features; each gives what the part is asked in it."""
