"""What is reserved to administrators: a user tries all of it, also with a forged role, and an administrator does it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import personas
from countersign.expect.modelhub.access import Tried
from countersign.journeys.modelhub.hub import Hub
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.forging import altered_token, parts_of
from countersign.systems.modelhub.api import ModelHubApi
from countersign.systems.modelhub.trail import entries
from countersign.transport import eventually

INSTALLED_WITHIN = 15.0
A_LITTLE_GB = 0.001
CAPACITY_GB = 1.0
IN_FORCE_WITHIN = 3.0
"""A changed setting takes effect within 2 seconds (MH-CFG-02)."""
SLOW_MBPS = 0.3
"""A download of 6 MB that nobody stops lasts longer than the walk."""
CONTROLLED, UPDATED = "t2v-A14B", "ti2v-5B"


@dataclass(frozen=True)
class Trespass:
    """What a user met as themselves and with forged tokens, and how everything was before and after."""

    plain: list[Tried]
    forged: list[Tried]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def begins_slow_download(user: HubUser) -> None:
    """Begin a download that goes on for the whole walk; it is cancelled in the end."""
    user.api.downloads.start(CONTROLLED, bandwidth_limit_mbps=SLOW_MBPS)

    def runs() -> None:
        assert user.api.downloads.progress(CONTROLLED).status == "downloading"

    eventually(runs, 5.0, every=0.1, what="the download to run")


def tries_what_is_reserved(user: HubUser) -> Trespass:
    """Try everything that is reserved, as oneself and with tokens that were made to claim the administrator's role."""
    before = _looks(user.hub)
    plain = [Tried(user.name, what, answer) for what, answer in _tries(user.api, user.api.token)]
    forged = [
        Tried(f"{user.name} with a token forged to claim {claim}", what, answer)
        for claim, claims in personas.material("modelhub_access")["forged"].items()
        for what, answer in _tries(user.api, _forged(user, claims), control=False)
    ]
    return Trespass(plain, forged, before, _looks(user.hub))


def _forged(user: HubUser, claims: Mapping[str, Any]) -> str:
    token = altered_token(user.api.token, **claims)
    user.stage.recorder.redactor.register(token, "forged token")
    return token


def _tries(api: ModelHubApi, token: str, *, control: bool = True) -> Iterator[tuple[str, Any]]:
    material = personas.material("modelhub_access")
    for row in material["reserved"]:
        if row.get("needs", "") and row["needs"] not in api.system.capabilities:
            api.recorder.say(f"left out: somebody {row['what']} (the target has no {row['needs']})")
            continue
        method, path = row["ask"].split(" ", 1)
        yield row["what"], api.ask(method, path, token=token, json=row.get("body"))
    for row in material["control"] if control else ():
        wish = {name: value for name, value in row.items() if name not in ("what", "action")}
        what = f"controls another person's download ({row['what']})"
        yield what, api.downloads.try_managing(CONTROLLED, row["action"], **wish)


def _looks(hub: Hub) -> dict[str, Any]:
    admin = hub.admin
    download = admin.downloads.progress(CONTROLLED)
    looks: dict[str, Any] = {
        "what is installed": {name: status.current_version for name, status in admin.models.statuses().items()},
        "the preferences": admin.config.preferences(),
        "the policies": admin.config.policies()["policies"],
        "the switches": admin.config.flags()["flags"],
        "the download": (download.status, download.priority, download.raw.get("bandwidth_limit_mbps")),
        "the recovery": admin.models.get("recovery/status")["recovery_statistics"]["total_attempts"],
    }
    return looks


@dataclass(frozen=True)
class Administration:
    """What an administrator did: the answers, who it was, and what the trail of changes holds of that time."""

    done: list[Tried]
    person: str
    trail: list[Mapping[str, Any]]


def administers(admin: PowerUser) -> Administration:
    """Change a policy, approve an update and go back, free space and delete a model, as the administrator."""
    api, hub = admin.api, admin.hub
    before = len(entries(admin.system))
    hub.source.publishes(UPDATED, "1.5.1", changed_files=["config.json"])
    api.caring.look_for_updates()
    done = [Tried(admin.name, "changes the policies", api.config.try_policies({"require_approval_for_updates": True}))]
    for way, version in (("approve", "1.5.1"), ("rollback", "1.5.0")):
        done.append(Tried(admin.name, f"has an update {way}d", api.ask("POST", f"/models/updates/{UPDATED}/{way}")))
        _comes_to(api, version)
    done.append(Tried(admin.name, "deletes a model", api.caring.try_delete(UPDATED)))
    # The other model has to go: nearly all of a capacity that is the hub's own, because the disk's changes while others
    # write to it. Only a system that the suite started comes so far.
    api.config.prefer(storage_config={"max_storage_gb": CAPACITY_GB})
    eventually(partial(_has_capacity, api), IN_FORCE_WITHIN, every=0.1, what="the capacity to be in force")
    body = {"dry_run": False, "keep_recent_days": 0, "target_space_gb": CAPACITY_GB - A_LITTLE_GB}
    done.append(Tried(admin.name, "frees space", api.ask("POST", "/models/cleanup", json=body)))
    return Administration(done, str(parts_of(api.token)[1]["sub"]), entries(admin.system, before))


def _has_capacity(api: ModelHubApi) -> None:
    told = api.models.get("models/storage")["storage_summary"]["total_capacity_gb"]
    assert told == CAPACITY_GB, f"it is told as {told} GB"


def _comes_to(api: ModelHubApi, version: str) -> None:
    def in_use() -> None:
        status = api.models.status(UPDATED)
        assert status.availability == "available", f"it is {status.availability}"
        assert status.current_version == version, f"it is {status.current_version}"

    eventually(in_use, INSTALLED_WITHIN, every=0.1, what=f"version {version} to be in use")
