"""Clients that call again and again: how often, how long, and what is counted."""

import pytest

from countersign.errors import ContractBroken
from countersign.evidence.operations import Operation
from countersign.load.injector import InjectorHealth
from countersign.load.nonstop import Calls, Client, Deed, calls_of, nonstop
from countersign.load.pace import Pace


def taking(seconds: float) -> Client:
    def act() -> None:
        pace = Pace(seconds)
        pace.wait()
        pace.wait()

    return lambda number: Deed(f"deed {number}", act)


def made(*times: tuple[float, float], seconds: float = 3.0) -> Calls:
    operations = [Operation("client 1", "a deed", 100 + began, took) for began, took in times]
    return Calls(operations, 1, 100.0, seconds, InjectorHealth(0.0, 0.0, 1))


def test_every_client_calls_until_the_time_is_over() -> None:
    calls = nonstop([taking(0.01)] * 3, 0.3)
    assert {each.who for each in calls.operations} == {"client 1", "client 2", "client 3"}
    assert calls.seconds == 0.3
    assert 3 <= len(calls.operations) <= 93


def test_a_number_of_calls_is_shared_out_and_ends_it() -> None:
    calls = nonstop([taking(0.001)] * 3, 10.0, calls=7)
    assert len(calls.operations) == 7
    assert calls.seconds < 5.0


def test_no_calls_are_no_calls() -> None:
    assert nonstop([taking(0.001)] * 3, 10.0, calls=0).operations == []


def test_a_client_pauses_between_its_calls() -> None:
    assert len(nonstop([taking(0.0)], 0.3, pause=lambda: 0.1).operations) == 3


def test_each_call_gets_its_number() -> None:
    operations = calls_of(taking(0.0), lambda: True, who="somebody", most=3)
    assert [each.what for each in operations] == ["deed 0", "deed 1", "deed 2"]


def test_a_fault_of_the_system_is_a_failed_call_and_ends_nothing() -> None:
    def act() -> None:
        raise ContractBroken("it broke")

    calls = nonstop([lambda number: Deed("a deed", act)], 10.0, calls=4)
    assert [each.problem for each in calls.operations] == ["it broke"] * 4
    assert calls.done == []
    assert calls.rate == 0


def test_what_ended_too_late_is_not_counted() -> None:
    calls = made((0.0, 0.5), (0.6, 0.5), (2.5, 0.4), (2.9, 0.2))
    assert calls.done == pytest.approx([0.5, 1.1, 2.9])
    assert calls.rate == 1.0
    assert calls.by_second == [1, 1, 1]


def test_parts_of_the_time_are_looked_at_by_themselves() -> None:
    calls = made((0.0, 0.5), (0.6, 0.5), (2.0, 0.4), (2.5, 0.4), (2.9, 0.2))
    assert calls.rate_between(0, 1) == 1
    assert calls.rate_between(2, 3) == 2
    assert calls.times_between(2, 3) == pytest.approx([0.4, 0.4, 0.2])
