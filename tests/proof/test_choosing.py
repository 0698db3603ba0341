"""Which faults are proved: all, those of a system, those named, or a sample that a quick look can afford."""

import pytest

from countersign.errors import SuiteError
from countersign.paths import system_names
from countersign.proof.ledger import load_faults
from countersign.proof.prove import choose, under_load

EVERYTHING = [fault for system in system_names() for fault in load_faults(system)]


def test_unasked_every_fault_is_proved() -> None:
    assert choose([], [], None, 0) == EVERYTHING


def test_faults_are_chosen_by_system_and_by_name() -> None:
    chosen = choose(["chattrain"], [], None, 0)
    assert {fault.system for fault in chosen} == {"chattrain"}
    assert [fault.name for fault in choose([], ["gates-open"], None, 0)] == ["gates-open"]
    with pytest.raises(SuiteError, match="no-such-fault"):
        choose([], ["no-such-fault"], None, 0)


@pytest.mark.parametrize("seed", range(5))
def test_a_sample_is_drawn_from_what_needs_no_load(seed: int) -> None:
    sample = choose([], [], 3, seed)
    assert len(sample) == 3
    assert under_load(sample) == []
    assert choose([], [], 3, seed) == sample


def test_some_faults_need_load_and_some_do_not() -> None:
    loading = under_load(EVERYTHING)
    assert 0 < len(loading) < len(EVERYTHING)
