"""The room for arriving bytes: what is full stops, and what was freed a moment ago counts at once."""

from pathlib import Path

import pytest

from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.transfer.failures import Failure
from reference.modelhub.transfer.space import SpaceGuard


def test_room_that_was_made_a_moment_ago_is_room(tmp_path: Path) -> None:
    other = tmp_path / "other" / "vae.safetensors"
    other.parent.mkdir()
    other.write_bytes(b"x" * 700)
    guard = SpaceGuard(ModelsFolder(tmp_path))
    guard.capacity = 1000
    guard.take(300)
    other.unlink()
    guard.take(600)


def test_what_does_not_fit_is_stopped(tmp_path: Path) -> None:
    guard = SpaceGuard(ModelsFolder(tmp_path))
    guard.take(10**9)  # no limit is known yet
    guard.capacity = 1000
    guard.take(900)
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "vae.safetensors").write_bytes(b"x" * 900)
    with pytest.raises(Failure) as stopped:
        guard.take(200)
    assert stopped.value.reason == "disk_full"
