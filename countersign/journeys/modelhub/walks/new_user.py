"""A new user: from opening the application to a first generation (contract, section 6.11)."""

import time

import personas
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.user import HubUser
from countersign.journeys.modelhub.walks import common
from countersign.journeys.modelhub.walks.common import TEXT
from countersign.journeys.modelhub.walks.walk import Taking, Walk, must
from countersign.systems.modelhub.model import Progress
from countersign.transport import eventually

SPEED = 32
"""Mbps at which the model is fetched: slow enough to be watched."""
FILES = 6


def walks(walk: Walk) -> None:
    """Walk it with a fresh account and an empty hub."""
    hub_of(walk.stage).has_installed([])
    noor = HubUser(walk.stage, personas.load("Noor", seed=walk.stage.options.seed), f".{walk.variant.split()[-1]}")
    walk.begins()
    with walk.step("open the application") as step:
        told = noor.api.health().json()
        step.answered()
        step.shows(healthy=told.get("status") == "healthy")
        must(told.get("status") == "healthy", f"the application is {told.get('status')}")
    with walk.step("browse the models") as step:
        _browses(noor, step)
    with walk.step("select a model") as step:
        _selects(noor, step)
    line = noor.follows_tasks()
    announced, began = None, time.monotonic()
    with walk.step("initiate the download") as step:
        told = noor.api.downloads.start(TEXT, bandwidth_limit_mbps=SPEED)
        step.answered()
        announced = common.first_estimate(told)
        step.shows(download_id=told.get("download_id"), estimated_end=announced is not None and announced >= 0)
    with walk.step("monitor the progress") as step:
        _monitors(noor, step)
    with walk.step("download completion") as step:
        common.transfer(noor, TEXT)
        step.answered()
        step.promised(announced, time.monotonic() - began)
        done = line.wait_for_data("model_download_complete", common.SHOWN_WITHIN, model_type=TEXT)
        step.shows(completion_frame=done.data.get("status") == "success")
        verified = noor.api.caring.verify(TEXT).get("is_valid")
        step.shows(integrity_verified=verified)
        if not verified:
            walk.says_untrue("the download was called complete, but the model is not whole")
        common.available(noor, TEXT)
        step.shows(available=True)
    with walk.step("first generation") as step:
        common.generates(walk, noor, step, TEXT)


def _browses(noor: HubUser, step: Taking) -> None:
    models = noor.api.models.statuses()
    step.answered()
    must(TEXT in models, "the model is not in the list")
    listed = models.values()
    step.shows(
        id=all(each.model_id == name for name, each in models.items()),
        status=all(each.availability == "missing" and not each.is_available for each in listed),
        size=all(each.size_mb == 0 for each in listed),
        version=all(each.raw.get("latest_version") for each in listed),
    )


def _selects(noor: HubUser, step: Taking) -> None:
    status, basic = noor.api.models.status(TEXT), noor.api.models.basic(TEXT)
    step.answered()
    step.shows(
        actions="download" in status.actions and "generate" not in status.actions,
        missing_files=len(status.missing_files) == FILES,
        VRAM=(basic.get("estimated_vram_usage_mb") or 0) > 0,
    )
    must("download" in status.actions, "the model cannot be chosen for a download")


def _monitors(noor: HubUser, step: Taking) -> None:
    def under_way() -> Progress:
        progress = noor.api.downloads.progress(TEXT)
        step.answered()
        must(progress.status == "downloading" and 0 < progress.percent < 100, f"it is {progress.status}")
        must(progress.eta_seconds is not None and (progress.raw.get("speed_mbps") or 0) > 0, "it tells no speed yet")
        return progress

    seen = eventually(under_way, common.TRANSFER_WITHIN, every=0.1, what="a look at the download while it runs")
    share = 100 * seen.downloaded_mb / seen.total_mb if seen.total_mb else -1
    step.show({"MB of MB": 0 < seen.downloaded_mb <= seen.total_mb})
    step.shows(percent=abs(share - seen.percent) < 3, speed=True, time_left=True)
    step.shows(pause=seen.raw.get("can_pause"), cancel=seen.raw.get("can_cancel"))
