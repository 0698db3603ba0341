"""The speed of the machine while load is made."""

import threading

import pytest

from countersign.load.speed import MachineSpeed, watching_the_speed
from countersign.transport import eventually


def test_work_that_takes_longer_means_a_slower_machine() -> None:
    speed = MachineSpeed([(1.0, 0.001), (2.0, 0.001), (3.0, 0.002), (4.0, 0.002)])
    assert speed.change((1.0, 2.5), (2.5, 5.0)) == pytest.approx(0.5)
    assert speed.change((2.5, 5.0), (1.0, 2.5)) == pytest.approx(2.0)


def test_a_part_of_the_time_at_another_speed_counts_as_a_part() -> None:
    speed = MachineSpeed([(1.0, 0.001), (2.0, 0.001), (3.0, 0.001), (4.0, 0.002), (5.0, 0.003)])
    assert speed.change((0.0, 2.5), (2.5, 6.0)) == pytest.approx(0.5)


def test_where_nothing_was_seen_nothing_has_changed() -> None:
    assert MachineSpeed([(1.0, 0.001)]).change((0.0, 2.0), (2.0, 4.0)) == 1.0


def test_it_is_watched_as_long_as_the_block_lasts() -> None:
    with watching_the_speed() as speed:
        eventually(lambda: _some(speed), 10, what="two pieces of work")
        assert "speed of the machine" in _threads()
    assert all(seconds > 0 for _, seconds in speed.pieces)
    assert "speed of the machine" not in _threads()


def _some(speed: MachineSpeed) -> None:
    assert len(speed.pieces) > 1


def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]
