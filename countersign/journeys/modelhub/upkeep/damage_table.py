"""Bring a model into one state after the other, and have each of them judged."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from countersign.expect.modelhub.damage import Due, Judged, kinds_of
from countersign.journeys.modelhub.hub import hub_of, model_of
from countersign.journeys.modelhub.upkeep.damage import DAMAGES, GONE, WEIGHT, FolderCopy
from countersign.journeys.modelhub.user import HubUser

LOCAL_WEIGHT_BYTES = 64 * 1024
USER_MODEL = "own-model"


def judged(user: HubUser, model: str, rows: Sequence[Mapping[str, str]]) -> list[Judged]:
    """Bring the files of an installed model into each of these states; give how the hub judged each.

    A row has the columns: what happened, health, kinds of damage, integrity, shown as.
    """
    hub, model_id = hub_of(user.stage), model_of(model)
    good = FolderCopy(hub.models_folder / model_id)
    user.stage.at_end(good.restores, f"bringing the files of {model} back")
    found = []
    for row in rows:
        due = _due(row)
        good.restores()
        user.api.caring.verify(model_id)
        DAMAGES[due.what](good.folder)
        found.append(_told(user, model_id, due))
    return found


def judged_local(user: HubUser, rows: Sequence[Mapping[str, str]]) -> list[Judged]:
    """Put a model that nobody published into the folder, in each of these states; give how the hub judged each."""
    folder = hub_of(user.stage).models_folder / f"{USER_MODEL}-{user.stage.tag}"
    made = LocalModel(folder)
    user.stage.at_end(made.removes, "removing the model that was put there by hand")
    found = []
    for row in rows:
        due = _due(row)
        made.puts(due.what)
        found.append(_told(user, folder.name, due))
    return found


def _due(row: Mapping[str, str]) -> Due:
    what, health, kinds, score, shown = (
        row[name] for name in ("what happened", "health", "kinds of damage", "integrity", "shown as")
    )
    return Due(what, health, kinds_of(kinds), score, shown)


def _told(user: HubUser, model_id: str, due: Due) -> Judged:
    verified, validated = user.api.caring.verify(model_id), user.api.caring.validate(model_id)
    health, status = user.api.models.health(model_id), user.api.models.status(model_id)
    return Judged(due, verified, validated, health, status, GONE.get(due.what, ()))


class LocalModel:
    """A model of somebody's own, with and without files that tell its checksums."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.weight = bytes(number % 251 for number in range(LOCAL_WEIGHT_BYTES))

    def puts(self, what: str) -> None:
        """Put it there in a state, by the words of the features."""
        files = {"config.json": b"{}", "model_index.json": b"{}", WEIGHT: self.weight, **LOCAL[what](self.weight)}
        self.removes()
        self.folder.mkdir(parents=True)
        for name, content in files.items():
            if content is not None:
                (self.folder / name).write_bytes(content)

    def removes(self) -> None:
        """Take it away."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            path.unlink()
        if self.folder.is_dir():
            self.folder.rmdir()


def _side(algorithm: str, right: bool) -> Callable[[bytes], dict[str, bytes | None]]:
    def made(weight: bytes) -> dict[str, bytes | None]:
        content = weight if right else weight + b"other"
        digest = hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()
        return {f"{WEIGHT}.{algorithm}": f"{digest}  {WEIGHT}\n".encode()}

    return made


LOCAL: Mapping[str, Callable[[bytes], dict[str, bytes | None]]] = {
    "complete, without checksums": lambda weight: {},
    "complete, with the right SHA-256 beside it": _side("sha256", True),
    "complete, with the right MD5 beside it": _side("md5", True),
    "complete, with a wrong SHA-256 beside it": _side("sha256", False),
    "complete, with a wrong MD5 beside it": _side("md5", False),
    "without any weight file": lambda weight: {WEIGHT: None},
}
"""What lies in the folder of a model of somebody's own (None: the file is left out)."""
