"""Neighbours on this machine are seen, our own family is not taken for one."""

import os
from pathlib import Path

import pytest

from countersign.errors import NotVerified
from countersign.load.injector import InjectorHealth
from countersign.load.neighbours import Processors, processors, share_of_others


def written(folder: Path, *, busy: int, ours: int, child: int, other: int) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "stat").write_text(f"cpu  {busy} 0 0 1000 0 0 0 0 0 0\ncpu0 1 2 3\n")
    own = os.getpid()
    for process, parent, ticks in ((own, 1, ours), (own + 1, own, child), (own + 2, 1, other)):
        (folder / str(process)).mkdir(exist_ok=True)
        fields = f"S {parent} 0 0 0 0 0 0 0 0 0 {ticks} 0 0 0 20 0 1"
        (folder / str(process) / "stat").write_text(f"{process} (a (strange) name) {fields}")
    return folder


def test_what_our_family_takes_is_not_taken_by_others(tmp_path: Path) -> None:
    before = processors(written(tmp_path, busy=100, ours=10, child=20, other=70))
    assert before == Processors(1100, 100, 30)
    assert before is not None
    after = Processors(before.all + 200, before.used + 180, before.ours + 30)
    assert share_of_others(before, after) == pytest.approx(0.75)


def test_where_nobody_tells_nobody_is_seen(tmp_path: Path) -> None:
    assert processors(tmp_path / "nothing") is None
    assert share_of_others(None, None) == 0.0
    assert share_of_others(Processors(10, 5, 5), Processors(10, 5, 5)) == 0.0


def test_a_missed_limit_says_nothing_beside_neighbours_and_everything_without() -> None:
    crowded = InjectorHealth(0.1, 0.001, 1000, neighbours=0.85)
    crowded.vouch()
    crowded.excuse(missed=False)
    with pytest.raises(NotVerified, match="other programs took 85 % of this machine's processors"):
        crowded.excuse(missed=True)
    InjectorHealth(0.1, 0.001, 1000, neighbours=0.4).excuse(missed=True)
