"""Parts of the hub that fail: a good and a broken example of everything that is judged of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from countersign.evidence.operations import Operation
from countersign.expect.modelhub import arrivals as hub_arrivals
from countersign.expect.modelhub import kept as hub_kept
from countersign.expect.modelhub import orders as hub_orders
from countersign.expect.modelhub import promises as hub_promises
from countersign.expect.modelhub import snapshots as hub_snapshots
from countersign.expect.modelhub import turned_away as hub_turned_away
from countersign.expect.modelhub import use as hub_use
from countersign.expect.modelhub import whole as hub_whole
from countersign.expect.operations import most_succeeded
from countersign.systems.modelhub.model import Task
from countersign.transport.answer import Answer
from tests.expect.telling import told

TASK = Task("1", "t2v-A14B", "a boat", "completed", "real", None, "1.txt", None, {})
FAILED = replace(TASK, status="failed", error="It was interrupted twice.")
FOUND = hub_orders.Found("Rosa", "a boat", (TASK,), 1, True)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (FOUND, ""),
        (replace(FOUND, calls=None), ""),
        (replace(FOUND, calls=2, interrupted=True), ""),
        (replace(FOUND, tasks=(FAILED,), interrupted=True, output=False), ""),
        (replace(FOUND, tasks=()), "nowhere in the queue"),
        (replace(FOUND, tasks=(TASK, TASK)), "2 times in the queue"),
        (replace(FOUND, tasks=(replace(TASK, status="processing"),)), "still processing"),
        (replace(FOUND, tasks=(FAILED,)), "is failed"),
        (replace(FOUND, tasks=(replace(FAILED, error=None),), interrupted=True), "without a sentence"),
        (replace(FOUND, calls=2), "made 2 times"),
        (replace(FOUND, output=False), "without a result"),
    ],
)
def test_a_confirmed_generation_is_done_once(found: hub_orders.Found, wrong: str) -> None:
    assert hub_orders.done_once().matches(found) is not bool(wrong)
    assert wrong in told(hub_orders.done_once(), found) if wrong else True


ARRIVED = hub_arrivals.Arrived("i2v-A14B", "completed", "", True, "", 0.9, 1)


@pytest.mark.parametrize(
    ("arrived", "wrong"),
    [
        (ARRIVED, ""),
        (replace(ARRIVED, twice_mb=2.9, interruptions=3), ""),
        (replace(ARRIVED, twice_mb=None), ""),
        (replace(ARRIVED, status="failed", reason="timeout"), "is failed (timeout)"),
        (replace(ARRIVED, valid=False), "not right"),
        (replace(ARRIVED, wrong="vae.safetensors is damaged"), "damaged"),
        (replace(ARRIVED, twice_mb=1.2), "1.20 MB twice"),
        (replace(ARRIVED, twice_mb=0.2, interruptions=0), "0.20 MB twice"),
    ],
)
def test_a_download_that_met_an_outage_arrives_whole(arrived: hub_arrivals.Arrived, wrong: str) -> None:
    assert hub_arrivals.arrived_whole().matches(arrived) is not bool(wrong)
    assert wrong in told(hub_arrivals.arrived_whole(), arrived) if wrong else True


def test_a_promise_is_kept_if_it_was_seen_so() -> None:
    assert hub_promises.kept().matches(hub_promises.Promise("monitor", "a repair", "completed", "completed"))
    broken = hub_promises.Promise("monitor", "a repair", "completed", "a refusal (500)")
    assert "with the monitor stopped, a repair met a refusal (500)" in told(hub_promises.kept(), broken)


def test_a_hub_is_whole_in_time_or_says_what_it_lacks() -> None:
    assert hub_whole.whole_within(15).matches(hub_whole.Whole(14.9, ""))
    assert "16.0 s" in told(hub_whole.whole_within(15), hub_whole.Whole(16.0, ""))
    assert "the health says degraded" in told(
        hub_whole.whole_within(15), hub_whole.Whole(None, "the health says degraded")
    )


def offers(*each: tuple[float, set[str]]) -> hub_use.Offers:
    looks = [hub_use.Offer(asked, "the status", frozenset(models), complete=True) for asked, models in each]
    return hub_use.Offers(looks, {"i2v-A14B": hub_use.Absent(0.0, 10.0)}, "t2v-A14B")


@pytest.mark.parametrize(
    ("offered", "wrong"),
    [
        (offers((1.0, {"t2v-A14B"}), (12.0, {"t2v-A14B", "i2v-A14B"})), ""),
        (offers((1.0, {"t2v-A14B", "i2v-A14B"})), "offered i2v-A14B 1.0 s"),
        (offers((1.0, set())), "which was there"),
        (offers((12.0, {"t2v-A14B"})), "only 0 looks"),
    ],
)
def test_nothing_absent_is_offered(offered: hub_use.Offers, wrong: str) -> None:
    assert hub_use.never_false(1).matches(offered) is not bool(wrong)
    assert wrong in told(hub_use.never_false(1), offered) if wrong else True


def lists(**entries: str) -> hub_kept.Lists:
    return {"generation": {name: hub_kept.Entry(*fact.split("|")) for name, fact in entries.items()}}


@pytest.mark.parametrize(
    ("before", "after", "unconfirmed", "wrong"),
    [
        (lists(a="a boat"), lists(a="a boat|completed"), (), ""),
        (lists(a="a boat"), lists(a="a boat", b="t2v: a pond"), ("a pond",), ""),
        (lists(a="a boat", b="a pond"), lists(a="a boat"), (), "1 of 2 generations were gone, one was 'a pond'"),
        (lists(a="a boat"), lists(a="a pond"), (), "was changed from 'a boat' to 'a pond'"),
        (lists(a="a boat|completed"), lists(a="a boat"), (), "was open again"),
        (lists(a="a boat"), lists(a="a boat", b="a pond"), (), "nobody had asked for"),
        (lists(), lists(a="a pond", b="a pond"), ("a pond",), "was there several times"),
    ],
)
def test_a_killing_takes_nothing_along(
    before: hub_kept.Lists, after: hub_kept.Lists, unconfirmed: tuple[str, ...], wrong: str
) -> None:
    killed = hub_kept.Killed("api", 1, before, after, unconfirmed)
    assert hub_kept.nothing_lost().matches(killed) is not bool(wrong)
    assert wrong in told(hub_kept.nothing_lost(), killed) if wrong else True


def answer(status: int, body: Any, **headers: str) -> Answer:
    sent = httpx.Headers({"x-request-id": "7", **headers})
    return Answer(status, sent, json.dumps(body).encode(), 0.1, datetime.now(UTC), "modelhub: GET /api/v1/x")


AWAY = {"detail": "The database is away.", "code": "DEPENDENCY_DOWN", "hint": "Try again.", "request_id": "7"}
REFUSED = answer(503, AWAY, **{"retry-after": "2"})


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        (hub_turned_away.Asked("the queue", 9.0, 1.0, REFUSED), ""),
        (hub_turned_away.Asked("the queue", 0.2, 0.1, answer(200, {})), ""),
        (hub_turned_away.Asked("the queue", 9.0, 0.1, answer(200, {})), "met 200 instead of 503"),
        (hub_turned_away.Asked("the queue", 0.2, 0.1, answer(500, {})), "met 500 instead of 503"),
        (hub_turned_away.Asked("the queue", 9.0, 1.0, answer(503, AWAY)), "when to come again"),
        (hub_turned_away.Asked("the queue", 9.0, 6.0, None, "no answer"), "without an answer for 6.00 s"),
    ],
)
def test_calls_without_a_database_are_turned_away(asked: hub_turned_away.Asked, wrong: str) -> None:
    assert hub_turned_away.turned_away().matches(asked) is not bool(wrong)
    assert wrong in told(hub_turned_away.turned_away(), asked) if wrong else True


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        (({"a": "available"}, {"a": "available"}, {"a": "available"}), ""),
        (({"a": "available"}, {"a": "downloading"}, {"a": "available"}), ""),
        (({}, {"a": "downloading"}, {}), ""),
        (({"a": "missing"}, {"a": "available"}, {"a": "available"}), "told missing of a"),
        (({}, {"a": "available"}, {"a": "available"}), "told nothing of a"),
        (({"b": "missing"}, {}, {}), "told of b, which is not there"),
    ],
)
def test_new_listeners_are_told_the_present(seen: tuple[dict[str, str], ...], wrong: str) -> None:
    snapshot = hub_snapshots.Snapshot("model_status", *seen)
    assert hub_snapshots.tells_the_truth().matches(snapshot) is not bool(wrong)
    assert wrong in told(hub_snapshots.tells_the_truth(), snapshot) if wrong else True


def test_most_looks_are_answered() -> None:
    good, bad = Operation("Rosa", "a look", 0.0, 0.1), Operation("Rosa", "a look", 0.0, 0.1, "answered 500")
    assert most_succeeded(99, 100).matches([good] * 99 + [bad])
    assert "98 of 100 were answered" in told(most_succeeded(99, 100), [good] * 98 + [bad] * 2)
    assert "there were only 9" in told(most_succeeded(99, 100), [good] * 9)
