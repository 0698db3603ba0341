"""A model that is deleted while somebody verifies it."""

import asyncio
import hashlib
import json
from pathlib import Path

from sqlalchemy import insert

from reference.modelhub import tables
from reference.modelhub.accounts.people import Caller
from reference.modelhub.parts import Parts, healthy_parts
from reference.modelhub.settings import Settings

MODEL, CONTENT = "ti2v-5B", b"a weight"


def test_what_was_verified_while_it_was_deleted_does_not_count_as_put_there_by_hand(tmp_path: Path) -> None:
    assert asyncio.run(deleted_while_verified(tmp_path)) == (True, False)


async def deleted_while_verified(folder: Path) -> tuple[bool, bool]:
    """Give whether the model counts as installed when its files were verified before, and after it was deleted."""
    settings = Settings("x" * 32, database_url=f"sqlite:///{folder / 'hub.sqlite3'}", models_dir=folder / "models")
    parts = healthy_parts(settings, "api")
    try:
        parts.folder.prepare()
        await parts.ledger.change(
            lambda change: change.connection.execute(insert(tables.catalogue).values(published()))
        )
        (parts.folder.of(MODEL)).mkdir(parents=True)
        (parts.folder.of(MODEL) / "vae.safetensors").write_bytes(CONTENT)
        await parts.verifier.verify(MODEL)
        before = (await parts.viewer.fresh()).models[MODEL]
        verifies_just_before_the_files_go(parts)
        await parts.storage_desk.remove(Caller("1", "ada", "admin"), before, "delete_model")
        return before.installed, (await parts.viewer.fresh()).models[MODEL].installed
    finally:
        await parts.close()


def verifies_just_before_the_files_go(parts: Parts) -> None:
    """Let somebody verify the model in the moment in which it is forgotten and its files are still there."""
    loop, remove = asyncio.get_running_loop(), parts.folder.remove

    def removes(name: str) -> int:
        assert asyncio.run_coroutine_threadsafe(parts.verifier.verify(name), loop).result(10) is not None
        return remove(name)

    parts.folder.remove = removes  # type: ignore[method-assign]


def published() -> dict[str, object]:
    """Give a published version of one file."""
    file = {"path": "vae.safetensors", "size": len(CONTENT), "sha256": hashlib.sha256(CONTENT).hexdigest()}
    told = {"model_id": MODEL, "version": "1.5.0", "place": 0, "latest": True, "listed": True, "urgent": False}
    return {**told, "release_notes": "", "published_at": "", "files_json": json.dumps([file])}
