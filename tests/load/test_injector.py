"""An injector that is out of breath cannot vouch for its figures."""

import threading
import time

import pytest

from countersign.errors import NotVerified
from countersign.load.injector import InjectorHealth, summed_up, watching_the_injector


def test_a_rested_injector_vouches() -> None:
    InjectorHealth(0.4, 0.004, 1000).vouch()


@pytest.mark.parametrize(
    ("health", "words"),
    [
        (InjectorHealth(0.4, 0.25, 1000), "clockwork was up to 0.25 s late"),
        (InjectorHealth(0.97, 0.01, 1000), "97 % of the processor"),
    ],
)
def test_a_breathless_one_does_not(health: InjectorHealth, words: str) -> None:
    with pytest.raises(NotVerified, match=words):
        health.vouch()


def test_no_wake_up_at_all_is_the_worst_lag() -> None:
    assert summed_up([], 0.0, 3.0).lag == 3.0


def test_a_process_that_waits_is_healthy() -> None:
    with watching_the_injector() as injector:
        threading.Event().wait(0.3)
    assert injector.health.samples >= 5
    assert injector.health.processor < 0.5


def test_a_process_that_computes_is_seen() -> None:
    with watching_the_injector() as injector:
        ends, used = time.monotonic() + 2.0, time.process_time()
        while time.process_time() - used < 0.3 and time.monotonic() < ends:
            sum(range(1000))
    assert injector.health.processor > 0.3 / 2.1
