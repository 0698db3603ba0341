"""Put verified files in their place: one by one, or a whole version at once beside the one in use."""

import contextlib
import os
import shutil
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from reference.common.clock import iso
from reference.modelhub import tables
from reference.modelhub.models.folder import BACKUPS
from reference.modelhub.models.hashing import OK, FileFinding
from reference.modelhub.models.published import PublishedVersion
from reference.modelhub.store.ledger import Change, fact
from reference.modelhub.store.view import ModelView

if TYPE_CHECKING:
    from reference.modelhub.parts import Parts

installs = tables.model_installs


class NotWhole(Exception):
    """The files in place are not those of the version."""


class Installer:
    """Changes which files are in use."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    def stage_is_needed(self, model: ModelView, kind: str, force: bool) -> bool:
        """Say whether new files are put together beside those in use until all are there."""
        return model.usable and (kind == "update" or force)

    def place(self, model_id: str, path: str, staging: str | None) -> None:
        """Move a complete file to where it belongs."""
        folder = self._parts.folder
        target = folder.staging(model_id, staging) if staging else folder.of(model_id)
        target.mkdir(parents=True, exist_ok=True)
        os.replace(folder.partial(model_id) / f"{path}.partial", target / path)
        with contextlib.suppress(OSError):  # other files of the model are unfinished
            folder.partial(model_id).rmdir()
        folder.tidy()

    def carry_over(self, model: ModelView, version: PublishedVersion) -> list[str]:
        """Copy files that did not change into the new version's folder; name those that must be fetched."""
        folder = self._parts.folder
        target = folder.staging(model.model_id, version.version)
        target.mkdir(parents=True, exist_ok=True)
        old = {file.path: file.sha256 for file in model.version.files} if model.version else {}
        changing = model.version is not None and model.version.version != version.version
        needed = []
        for file in version.files:
            lies = target / file.path
            if lies.is_file() and self._parts.hasher.state(lies, file, _seen(lies)) == OK:
                continue
            if changing and old.get(file.path) == file.sha256:
                shutil.copyfile(folder.of(model.model_id) / file.path, lies)
            else:
                needed.append(file.path)
        return needed

    def check(self, model_id: str, version: PublishedVersion, staging: bool) -> list[FileFinding]:
        """Hash all files of a version where they lie. Raises NotWhole."""
        folder = self._parts.folder
        place = folder.staging(model_id, version.version) if staging else folder.of(model_id)
        findings = []
        for file in version.files:
            path = place / file.path
            findings.append(self._parts.hasher.file(path, file, _seen(path)))
        if any(finding.state != OK for finding in findings):
            raise NotWhole
        return findings

    async def switch(self, model: ModelView, version: PublishedVersion) -> list[FileFinding]:
        """Take a staged version into use and keep the one before. Raises NotWhole: the old one is in use again."""
        ledger, old = self._parts.ledger, model.install.version if model.install else None
        await ledger.change(lambda change: self.mark(change, model.model_id, "installing"))
        self.exchange(model.model_id, version.version, old)
        try:
            return self.check(model.model_id, version, staging=False)
        except NotWhole:
            if old is not None and old != version.version:
                self.bring_back(model.model_id, old)
            await ledger.change(lambda change: self.mark(change, model.model_id, "installed"))
            raise

    def exchange(self, model_id: str, new: str, old: str | None) -> None:
        """Exchange the folders: two renames, a moment apart."""
        folder = self._parts.folder
        current, staged = folder.of(model_id), folder.staging(model_id, new)
        for path in (folder.root / BACKUPS).glob(f"{model_id}@*"):
            shutil.rmtree(path)
        if current.is_dir():
            replaced = folder.staging(model_id, "replaced")
            keep = folder.backup(model_id, old) if old is not None and old != new else replaced
            keep.parent.mkdir(parents=True, exist_ok=True)
            os.rename(current, keep)
        os.rename(staged, current)
        shutil.rmtree(folder.staging(model_id, "replaced"), ignore_errors=True)
        self._parts.folder.tidy()

    def bring_back(self, model_id: str, old: str) -> None:
        """Take the previous version into use again and remove the one in use."""
        folder = self._parts.folder
        current, away = folder.of(model_id), folder.staging(model_id, "replaced")
        away.parent.mkdir(parents=True, exist_ok=True)
        if current.is_dir():
            os.rename(current, away)
        os.rename(folder.backup(model_id, old), current)
        shutil.rmtree(away, ignore_errors=True)
        self._parts.folder.tidy()

    def mark(self, change: Change, model_id: str, state: str, **values: Any) -> None:
        """Write down that the files of a model are being exchanged, or are in place."""
        here = installs.c.model_id == model_id
        row = change.connection.execute(select(installs).where(here)).first()
        told = {"state": state, "state_since": time.time(), "epoch": (row.epoch if row else 0) + 1, **values}
        if row is None:
            change.connection.execute(insert(installs).values({"model_id": model_id, "repairs_tried": 0, **told}))
        else:
            change.connection.execute(update(installs).where(here).values(told))

    def finish(
        self, change: Change, model: ModelView, version: PublishedVersion, findings: list[FileFinding], **more: Any
    ) -> None:
        """Write down that a version is in place and verified."""
        at = iso(self._parts.clock.now())
        self.mark(
            change,
            model.model_id,
            "installed",
            version=version.version,
            installed_at=model.install.installed_at if model.installed and model.install else at,
            last_check=at,
            health_status="healthy",
            repairs_tried=0,
            **more,
        )
        self._parts.verifier.keep_files(change, model, findings, version.version)
        self.unload(change, model.model_id)
        change.wake("api", "generator", "monitor")

    def unload(self, change: Change, model_id: str) -> None:
        """Write down that a model is not loaded: the next generation verifies it first."""
        loaded = fact(change.connection, "loaded")
        if loaded and model_id in loaded[0]:
            change.keep("loaded", [name for name in loaded[0] if name != model_id])


def _seen(path: Any) -> Any:
    from reference.modelhub.models.folder import Seen

    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    return Seen(status.st_size, status.st_mtime_ns)
