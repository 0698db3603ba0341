"""A source publishes lists of files that are not to be trusted, and somebody downloads by each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import personas
from countersign.errors import ContractBroken, DeadlineExceeded
from countersign.expect.modelhub.lists import BadDownload
from countersign.journeys.modelhub.access.outside import bytes_of, escaped, escaped_name, removes_escaped
from countersign.journeys.modelhub.hub import Hub
from countersign.journeys.modelhub.user import HubUser
from countersign.systems.modelhub.model import ACTIVE
from countersign.transport import eventually

USUAL_MB, VERSION = 0.5, "1.0.0"
OVER_WITHIN = 10.0


@dataclass(frozen=True)
class BadLists:
    """The downloads, the files that escaped, and the names of models that should be none and are listed."""

    downloads: list[BadDownload]
    escaped: list[str]
    listed: list[str]


def downloads_by_bad_lists(user: HubUser) -> BadLists:
    """Publish every bad list of the material, and download by each of them."""
    user.stage.need("origin-control", "model-files")
    hub, material = user.hub, personas.material("modelhub_lists")
    hub.stage.at_end(lambda: removes_escaped(hub), "removing what escaped")
    ids = [each.format(escaped=escaped_name(hub)) for each in material["ids"]]
    for model_id in ids:
        hub.source.publishes(model_id, VERSION, size_mb=USUAL_MB)
    rows = {f"countersign-{user.stage.tag}-{number}": row for number, row in enumerate(material["bad"])}
    for model_id, row in rows.items():
        wish = _filled(row["publish"], escaped_name(hub))
        hub.source.publishes(model_id, VERSION, **{"size_mb": USUAL_MB, **wish})
    hub.admin.caring.look_for_updates()
    announced = _announced(hub)
    downloads = [_downloads(user, model_id, row, announced[model_id]) for model_id, row in rows.items()]
    for model_id in ids:
        # A name that is no model: whoever asks for it gets nothing.
        user.api.downloads.try_managing(model_id, "start")
    statuses = hub.admin.models.statuses()
    return BadLists(downloads, escaped(hub), sorted(set(ids) & set(statuses)))


def _filled(wish: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value.replace("{escaped}", name) if isinstance(value, str) else value for key, value in wish.items()}


def _announced(hub: Hub) -> dict[str, int]:
    return {
        model["model_id"]: sum(file["size"] for version in model["versions"] for file in version["files"])
        for model in hub.source.catalogue()["models"]
    }


def _downloads(user: HubUser, model_id: str, row: Mapping[str, Any], announced: int) -> BadDownload:
    hub = user.hub
    hub.stage.at_end(lambda: hub.removes(model_id), f"removing {model_id}")
    started = user.api.downloads.try_managing(model_id, "start", max_retries=0).must_be(202)
    stored = 0

    def over() -> Any:
        nonlocal stored
        stored = max(stored, bytes_of(hub, model_id))
        progress = user.api.downloads.progress(model_id)
        assert progress.status not in ACTIVE, f"it is {progress.status}"
        return progress

    try:
        ended = eventually(over, OVER_WITHIN, every=0.02, what=f"the end of the download with {row['what']}")
    except DeadlineExceeded:
        # One that goes on is judged as it is, and leaves the way free for the others.
        ended = user.api.downloads.progress(model_id)
        user.api.downloads.try_managing(model_id, "cancel")
    stored = max(stored, bytes_of(hub, model_id))
    try:
        available = bool(hub.admin.models.basic(model_id)["is_available"])
    except ContractBroken:
        available = False
    return BadDownload(
        row["what"], started, ended.status, ended.failure_reason, tuple(row["reasons"]), announced, stored, available
    )
