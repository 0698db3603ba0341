"""Matchers for the hub under load: a good and a broken example of each."""

import json
from typing import Any

import pytest

from countersign.errors import ContractBroken, PolitelyRefused
from countersign.evidence.operations import Operation, attempt
from countersign.expect.modelhub import load as hub_load
from countersign.expect.modelhub import rising as hub_rising
from countersign.expect.modelhub import rounds as hub_rounds
from countersign.expect.modelhub import rush as hub_rush
from countersign.expect.modelhub import sum as hub_sum
from countersign.load.served import served
from countersign.systems.modelhub.sent import PublishedFile, Sent, SentFile

from .telling import answer, told

WELL = Operation("Rosa", "status", 0.0, 0.1)
REFUSED = Operation("Rosa", "status", 0.0, 0.1, "was refused with 503 and a waiting time", refused=True)
BROKEN = Operation("Rosa", "status", 0.0, 0.1, "answered 500")


def test_each_share_of_the_calls_keeps_its_limit() -> None:
    wanted = hub_load.quick_enough({50: 0.1, 95: 0.5})
    assert told(wanted, hub_load.Speed("status", {50: 0.1, 95: 0.5, 99: 3.0})) == ""
    slow = told(wanted, hub_load.Speed("analytics", {50: 0.25, 95: 0.4, 99: 0.5}))
    assert slow == "analytics: 50 of 100 took up to 250 ms"


def test_what_was_accepted_is_not_lost() -> None:
    kept = hub_load.Promise("the generation", "Rosa 1", "1", "completed")
    lost = hub_load.Promise("the download", "Rosa 2", "2", "lost")
    assert told(hub_load.all_kept(), [kept]) == ""
    assert told(hub_load.all_kept(), [kept, lost]) == "1 of 2 did not, the first is the download of Rosa 2: lost"
    assert told(hub_load.all_kept(), []) == "none was accepted at all"


def test_few_may_be_refused_and_none_may_fail_otherwise() -> None:
    wanted = hub_load.answered_or_refused(5)
    assert told(wanted, [*[WELL] * 95, *[REFUSED] * 5]) == ""
    assert told(wanted, [*[WELL] * 94, *[REFUSED] * 6]) == "6 of 100 were refused (6.0 of 100)"
    assert "1 of 2 were neither, the first: Rosa: status" in told(wanted, [WELL, BROKEN])


def test_a_refusal_is_polite_only_with_a_time_to_wait() -> None:
    assert served(answer(200, b'{"models": {}}'), 200, holding=b"models").status == 200
    with pytest.raises(PolitelyRefused):
        served(answer(503, retry_after="1"), 200)
    with pytest.raises(ContractBroken) as impolite:
        served(answer(503), 200)
    assert not isinstance(impolite.value, PolitelyRefused)
    with pytest.raises(ContractBroken):
        served(answer(200, b"{}"), 200, holding=b"models")


def test_an_operation_remembers_that_it_was_refused_politely() -> None:
    def refused() -> float:
        return served(answer(429, retry_after="3"), 200).seconds

    done = attempt("Rosa", "a generation", refused)
    assert done.failed
    assert done.refused


def test_the_machine_is_not_used_up() -> None:
    wanted = hub_load.sparing(70, 80)
    assert told(wanted, hub_load.MachineUse(69, 100, 10, 12, 30)) == ""
    assert told(wanted, hub_load.MachineUse(97, 100, 10, 12, 30)).startswith("97 percent of the processors")
    assert told(wanted, hub_load.MachineUse(20, 30, 10, 85, 30)).startswith("85 percent of the memory")


def step(clients: int, rate: float, within: float = 0.1) -> hub_rising.RisingStep:
    return hub_rising.RisingStep(clients, 1000, rate, within, 0.0)


def test_rising_load_makes_it_slower_and_not_useless() -> None:
    wanted = hub_rising.slows_gradually()
    assert told(wanted, [step(10, 200), step(20, 180), step(40, 90)]) == ""
    assert "20 clients: 80 per second" in told(wanted, [step(10, 200), step(20, 80)])
    assert told(wanted, [step(10, 200)]) == "only 1 step was seen"
    assert step(160, 100, within=0.6).broken


def test_it_is_quick_again_after_the_relief() -> None:
    wanted = hub_rising.quick_again(30)
    assert told(wanted, hub_rising.Relief(2.0, 0.02, 0.01, 0, 40)) == ""
    assert "95 of 100 calls took up to 700 ms (10 ms before) and 1 of 40" in told(
        wanted, hub_rising.Relief(None, 0.7, 0.01, 1, 40)
    )


def started(model_id: str, status: int, code: str = "") -> hub_rush.Started:
    body = json.dumps({"code": code, "hint": "Wait for it."}).encode()
    return hub_rush.Started(model_id, "Rosa", answer(status, body))


def test_of_two_starts_of_a_model_one_counts() -> None:
    wanted, active = hub_rush.one_of_two_accepted(2), "DOWNLOAD_ACTIVE"
    good = [started("a", 202), started("a", 409, active), started("b", 409, active), started("b", 202)]
    assert told(wanted, good) == ""
    assert told(wanted, [started("a", 202)] * 4) == "4 of 4 starts were accepted, for 1 models"
    assert "refused otherwise" in told(wanted, [*good[:3], started("b", 202), started("b", 500)])


def fetched(availability: str = "available", **sent: Any) -> hub_rush.Fetched:
    file = SentFile(**{"requests": 1, "ranged": 0, "size": 10, "times": (), "span": 0.0, **sent})
    return hub_rush.Fetched("extra", availability, [PublishedFile("vae", 10, "")], Sent({"vae": file}))


def test_a_model_is_fetched_once() -> None:
    assert told(hub_rush.fetched_once(), fetched()) == ""
    assert told(hub_rush.fetched_once(), fetched("failed")) == "extra is failed"
    assert "asked for 2 times, 20 bytes of 10" in told(hub_rush.fetched_once(), fetched(requests=2, size=20))


def flow(before: float, after: float) -> hub_sum.Flow:
    """Make a flow of so many Mbps for five seconds each, under 16 Mbps halved after five."""
    slots = [(before, at) for at in range(20)] + [(after, at) for at in range(20, 40)]
    timeline = [{"at": 100 + at * 0.25, "bytes": rate * 1_000_000 / 8 / 4} for rate, at in slots]
    return hub_sum.flow_of(timeline, 16, 8, 105.0)


def test_a_limit_holds_for_the_sum_and_is_used() -> None:
    assert told(hub_sum.holds_for_the_sum(), flow(16, 8)) == ""
    assert "20.0 Mbps left over 3 s under a limit of 16" in told(hub_sum.holds_for_the_sum(), flow(20, 8))
    assert "only 40 of 120 Mbit" in told(hub_sum.holds_for_the_sum(), flow(4, 4))


def test_what_comes_in_less_than_three_seconds_is_too_fast_all_the_more() -> None:
    rush = hub_sum.Flow(100.0, [10_000_000] * 2, 16, 8, 100.25)
    assert "53.3 Mbps left over 3 s under a limit of 16" in told(hub_sum.holds_for_the_sum(), rush)
    short = hub_sum.Flow(100.0, [500_000] * 4, 16, 8, 100.75)
    assert told(hub_sum.holds_for_the_sum(), short) == "there were no 3 s under the first limit"


def test_a_halved_limit_is_followed() -> None:
    assert told(hub_sum.sum_follows(2), flow(16, 8)) == ""
    assert "16.0 Mbps left over 3 s after the limit" in told(hub_sum.sum_follows(2), flow(16, 16))


def test_memory_may_not_grow_nor_rise_on() -> None:
    wanted = hub_rounds.grew_by_at_most(50, 10)
    assert told(wanted, hub_rounds.Memory(100, [120.0] * 20)) == ""
    assert told(wanted, hub_rounds.Memory(100, [120.0, 160.0])) == "the memory grew by 60 MB within 2 rounds"
    rising = hub_rounds.Memory(100, [100.0 + 2 * number for number in range(20)])
    assert told(wanted, rising) == "the memory rose by 20 MB in the second half"


def test_memory_comes_back_and_nothing_is_left() -> None:
    wanted = hub_rounds.memory_came_back(20)
    assert told(wanted, hub_rounds.Memory(100, [140.0], 115.0)) == ""
    assert "still 30 MB above" in told(wanted, hub_rounds.Memory(100, [140.0], 130.0))
    assert told(hub_rounds.cleaned_up(), hub_rounds.LeftBehind((), 40.0, 50.0)) == ""
    assert told(hub_rounds.cleaned_up(), hub_rounds.LeftBehind(("vae.partial",), 40.0, 40.0)) == "left are vae.partial"
    assert "30 more files" in told(hub_rounds.cleaned_up(), hub_rounds.LeftBehind((), 40.0, 70.0))
