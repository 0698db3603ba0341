"""Updates that go wrong in every way they can, and the way back by choice."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from countersign.errors import DeadlineExceeded
from countersign.expect.modelhub.updates import Aftermath
from countersign.faults.rolled_back import rolled_back
from countersign.journeys.modelhub.generation.runs import ended
from countersign.journeys.modelhub.hub import hub_of
from countersign.journeys.modelhub.own_models import VERSION, installed
from countersign.journeys.modelhub.power_user import PowerUser
from countersign.journeys.modelhub.updates.update_talk import FINAL, offers, update_of, update_over, updates_to
from countersign.journeys.modelhub.updates.versions_on_disk import checksums, version_in_use
from countersign.systems.modelhub.model import MB, Task
from countersign.transport import eventually
from countersign.transport.answer import Answer

SIZE_MB = 1.0
LARGE_MB = 48.0
NEW = "2.1.0"
CHANGED = ("config.json", "diffusion-00001.safetensors", "vae.safetensors")
SLOW_MBPS = 2.0
BACK_WITHIN = 10.0
UNDER_WAY_WITHIN = 5.0
FAILED_WITHIN = 20.0


class FailingUpdate:
    """An update of a model of its own that is going to fail."""

    def __init__(self, user: PowerUser, what: str, size_mb: float = SIZE_MB) -> None:
        self.user = user
        self.what = what
        self.hub = hub_of(user.stage)
        user.stage.need("model-files")
        user.api.config.prefer(download_config={"max_retries": 1, "retry_delay_base": 0.1})
        [self.name] = installed(self.hub, [size_mb])

    def offers(self, **more: Any) -> None:
        """Publish the new version."""
        offers(self.hub, self.name, NEW, **{"changed_files": list(CHANGED), **more})

    def goes_slowly(self) -> None:
        """Let the source be slow from now on, and wait until the update has fetched something."""
        self.hub.source.fails("slow", model_id=self.name, value=SLOW_MBPS)

    def under_way(self) -> None:
        """Wait until bytes of the new version arrive."""

        def look() -> None:
            percent = update_of(self.hub, self.name)["progress_percent"]
            assert percent > 0, "nothing of the new version has arrived"

        eventually(look, UNDER_WAY_WITHIN, every=0.02, what="the update to be under way")

    def aftermath(self, *, within: float = FAILED_WITHIN) -> Aftermath:
        """Wait until the update is over, and look what is left."""
        try:
            told = update_over(self.hub, self.name, within)
        except DeadlineExceeded:
            told = update_of(self.hub, self.name)
        return self.left(told["status"], told.get("error_message"))

    def left(self, status: str, sentence: str | None) -> Aftermath:
        """Look which version is in use, and whether it generates."""
        began = time.monotonic()
        files = {"old": checksums(self.hub, self.name, VERSION), "new": checksums(self.hub, self.name, NEW)}
        back = self._usable(began)
        whole = version_in_use(self.hub.models_folder / self.name, files)
        verified = bool(self.user.api.caring.verify(self.name)["is_valid"])
        version = self.user.api.models.status(self.name).current_version
        return Aftermath(self.what, status, sentence, whole, version, VERSION, back, verified, self._generated())

    def _usable(self, began: float) -> float | None:
        def look() -> None:
            status = self.user.api.models.status(self.name)
            assert status.is_available and status.availability == "available", f"it is {status.availability}"

        try:
            eventually(look, BACK_WITHIN, every=0.1, what="the model to be usable again")
        except DeadlineExceeded:
            return None
        return time.monotonic() - began

    def _generated(self) -> Task | None:
        answer = self.user.api.generation.try_submitting(self.name, "A paper boat crosses a pond")
        return ended(self.user.api, [str(answer.json()["task_id"])])[0] if answer.status == 200 else None


def fails(user: PowerUser, trouble: str) -> Aftermath:
    """Approve an update that meets a trouble (by the words of the features); look what is left."""
    failing = FailingUpdate(user, trouble)
    TROUBLES[trouble](failing)
    return failing.aftermath()


def _wrong_contents(failing: FailingUpdate) -> None:
    failing.offers(bad_sha256=["vae.safetensors"])
    failing.user.api.caring.approve_update(failing.name)


def _source_lost(failing: FailingUpdate) -> None:
    failing.offers()
    failing.goes_slowly()
    failing.user.api.caring.approve_update(failing.name)
    failing.under_way()
    failing.hub.source.works_again()
    failing.hub.source.fails("drop_after", model_id=failing.name, value=1000)


def _no_space(failing: FailingUpdate) -> None:
    failing.offers()
    failing.goes_slowly()
    failing.user.api.caring.approve_update(failing.name)
    failing.under_way()
    full = sum(status.size_mb for status in failing.user.api.models.statuses().values()) * MB / 2**30
    failing.hub.admin.config.prefer(storage_config={"max_storage_gb": full})


def _cannot_be_loaded(failing: FailingUpdate) -> None:
    # The extra file has the published checksum and is no readable configuration.
    failing.offers(extra_path="tokenizer.json")
    failing.user.api.caring.approve_update(failing.name)


TROUBLES: Mapping[str, Callable[[FailingUpdate], None]] = {
    "a file has other contents than published": _wrong_contents,
    "the source is lost half-way": _source_lost,
    "the space runs out half-way": _no_space,
    "the new version cannot be loaded": _cannot_be_loaded,
}


def killed_while_installing(user: PowerUser) -> Aftermath:
    """Kill the process that installs the moment it says that it does; start it again and look what is left."""
    user.stage.need("process-control", "topic-events")
    failing = FailingUpdate(user, "the hub was killed while it installed", LARGE_MB)
    failing.offers(changed_files=["config.json"])
    line = user.listens("model_status")
    control = user.system.control
    assert control is not None, "process-control was asked for"
    with rolled_back(control, user.api.health):
        user.api.caring.approve_update(failing.name)
        line.wait_for_data("model_update_notification", FAILED_WITHIN, model_id=failing.name, status="installing")
        control.process("downloader").kill()
    return failing.aftermath()


def goes_back_by_choice(user: PowerUser) -> "Return":
    """Update a model, go back, and try to go back once more."""
    failing = FailingUpdate(user, "going back by choice")
    early = user.api.caring.ask("POST", f"/models/updates/{failing.name}/rollback")
    updates_to(failing.hub, failing.name, NEW, changed_files=list(CHANGED))
    updated = user.api.models.status(failing.name).current_version
    user.api.caring.roll_back(failing.name)
    told = eventually(lambda: _rolled_back(failing), BACK_WITHIN, every=0.1, what="the way back to be over")
    left = failing.left(told["status"], told.get("error_message"))
    late = user.api.caring.ask("POST", f"/models/updates/{failing.name}/rollback")
    return Return(updated, left, (early, late))


def _rolled_back(failing: FailingUpdate) -> Mapping[str, Any]:
    told = update_of(failing.hub, failing.name)
    assert told["status"] in FINAL - {"completed"}, f"it is {told['status']}"
    return told


class Return:
    """The version after an update, what is left after going back, and the answers to going back without one."""

    def __init__(self, updated: str | None, left: Aftermath, refused: tuple[Answer, Answer]) -> None:
        self.updated = updated
        self.left = left
        self.refused = refused
