"""A power user manages models from start to end, and every step takes real effect (contract, section 6.11)."""

import time
from typing import Any

from countersign.journeys.modelhub.hub import Hub, hub_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import FAST, IMAGE, TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must
from countersign.systems.modelhub.model import MB
from countersign.transport import eventually

SPEED = 32
"""Mbps of the download that is paused."""
PAUSED_FOR = 0.6
LATE_BYTES = MB // 4
"""What may still be on its way when a download is paused."""
TWICE_AT_MOST = MB
"""Bytes that may be sent twice for an interruption (contract, section 6.2)."""
OWN_LIMIT = 24
OVER_THE_LIMIT = 1.1
"""A limit may be exceeded by a tenth (contract, section 6.3)."""
UPDATED_WITHIN = 15.0
NEW_VERSION, NOTES = "2.1.0", "Sharper pictures at noon."


def walks(walk: Walk) -> None:
    """Walk it with the text model in use, the fast model not needed and the image model not there yet."""
    walk.stage.need("origin-control", "updates", "storage", "model-files")
    hub = hub_of(walk.stage)
    hub.has_installed([TEXT, FAST])
    pavel = common.regular(walk)
    walk.begins()
    try:
        _manages(walk, hub, pavel)
    finally:
        # The updated model goes, so that the next run begins with the version that the source began with.
        hub.calms()
        hub.removes(TEXT)


def _manages(walk: Walk, hub: Hub, pavel: HubUser) -> None:
    with walk.step("open the model manager") as step:
        models = pavel.api.models.statuses()
        step.answered()
        there = {name for name, status in models.items() if status.is_available}
        step.show({"all models": {TEXT, IMAGE, FAST} <= models.keys() and there == {TEXT, FAST}})
    with walk.step("view the details of a model") as step:
        status = pavel.api.models.status(TEXT)
        step.answered()
        size = common.on_disk(hub.models_folder / TEXT)
        whole = status.integrity_score == 1.0 and not status.missing_files and status.current_version
        step.show({"detailed status": whole and abs(status.size_mb * MB - size) < MB / 100 and status.actions})
    line = pavel.listens("download_progress")
    with walk.step("pause the download") as step:
        pavel.api.downloads.start(IMAGE, bandwidth_limit_mbps=SPEED)
        eventually(lambda: _holds_bytes(pavel), common.TRANSFER_WITHIN, every=0.05, what="the first bytes to be there")
        step.begins_anew()
        told = pavel.api.downloads.manage(IMAGE, "pause")
        step.answered()
        must(told.get("current_status") == "paused", f"after the pause it is {told.get('current_status')}")
        before = hub.source.stats()["total_bytes"]
        line.silence(PAUSED_FOR)
        late = hub.source.stats()["total_bytes"] - before
        if late > LATE_BYTES:
            walk.says_untrue(
                f"the download was called paused, and the source sent {common.megabytes(late):.1f} MB more"
            )
    with walk.step("resume the download") as step:
        pavel.api.downloads.manage(IMAGE, "resume")
        step.answered()
        total = common.transfer(pavel, IMAGE).total_mb
        twice = hub.source.stats()["total_bytes"] - round(total * MB)
        step.show({"no bytes lost": twice <= TWICE_AT_MOST})
        must(twice <= TWICE_AT_MOST, f"after the pause {common.megabytes(twice):.1f} MB were fetched again")
        common.available(pavel, IMAGE)
    _updates(walk, hub, pavel)
    with walk.step("delete an unused model") as step:
        _deletes(walk, hub, pavel, step)
    with walk.step("configure preferences") as step:
        _configures(pavel, step)


def _holds_bytes(pavel: HubUser) -> None:
    progress = pavel.api.downloads.progress(IMAGE)
    must(progress.status == "downloading" and progress.downloaded_mb > 0.5, f"it is {progress.status}")


def _updates(walk: Walk, hub: Hub, pavel: HubUser) -> None:
    version = ""
    with walk.step("look for updates") as step:
        version = str(pavel.api.models.status(TEXT).current_version)
        hub.source.publishes(TEXT, NEW_VERSION, release_notes=NOTES, changed_files=["vae.safetensors"])
        step.begins_anew()
        told = _update_of(pavel.api.caring.look_for_updates())
        step.answered()
        versions = (told.get("current_version"), told.get("latest_version"))
        step.shows(
            versions=versions == (version, NEW_VERSION), notes=told.get("release_notes") == NOTES, size=told["size_mb"]
        )
        must(told.get("update_available"), f"version {NEW_VERSION} is not offered")
    with walk.step("update a model") as step:
        began = time.monotonic()
        pavel.api.caring.approve_update(TEXT)
        step.answered()
        progress = _update_of(pavel.api.models.get("models/updates")).get("progress_percent")
        step.shows(progress=progress is not None)

        def updated() -> None:
            status = pavel.api.models.status(TEXT)
            must(status.current_version == NEW_VERSION, f"its version is still {status.current_version}")

        eventually(updated, UPDATED_WITHIN, every=0.1, what="the new version to be in use")
        step.promised(None, time.monotonic() - began)
        task = pavel.api.generation.submit(TEXT, common.prompt(pavel))
        must(common.has_output(pavel, common.generated(pavel, str(task["task_id"]))), "the new version gives nothing")
        step.shows(new_version=version != NEW_VERSION)


def _update_of(told: Any) -> dict[str, Any]:
    return next((each for each in told["updates"] if each["model_id"] == TEXT), {"size_mb": 0})


def _used_mb(pavel: HubUser) -> float:
    return float(pavel.api.models.get("models/storage")["storage_summary"]["used_space_gb"]) * 1024


def _deletes(walk: Walk, hub: Hub, pavel: HubUser, step: Taking) -> None:
    folder = hub.models_folder / FAST
    size, used = common.megabytes(common.on_disk(folder)), _used_mb(pavel)
    step.begins_anew()
    told = pavel.api.caring.try_delete(FAST).must_be(200).json()
    step.answered()
    freed = float(told.get("space_freed_gb") or 0) * 1024
    if common.on_disk(folder):
        walk.says_untrue(
            f"the model was called deleted, and {common.megabytes(common.on_disk(folder)):.1f} MB are there"
        )
    gained = used - _used_mb(pavel)
    told_right = abs(freed - size) < 0.1 and abs(gained - size) < 0.1
    step.show({"bytes freed": told_right})
    must(told_right, f"{size:.1f} MB were deleted, {freed:.1f} MB are said to be freed, {gained:.1f} MB are free")


def _configures(pavel: HubUser, step: Taking) -> None:
    pavel.api.config.prefer(download_config={"bandwidth_limit_mbps": OWN_LIMIT})
    step.answered()
    limit = pavel.api.config.preferences()["download_config"]["bandwidth_limit_mbps"]
    step.shows(saved=limit == OWN_LIMIT)
    began = time.monotonic()
    announced = common.first_estimate(pavel.api.downloads.start(FAST))
    done = common.transfer(pavel, FAST)
    took = time.monotonic() - began
    step.promised(announced, took)
    speed = done.total_mb * MB * 8 / common.MBPS / took
    step.show({"in force": speed <= OWN_LIMIT * OVER_THE_LIMIT})
    must(speed <= OWN_LIMIT * OVER_THE_LIMIT, f"with a limit of {OWN_LIMIT} Mbps it was fetched at {speed:.0f} Mbps")
