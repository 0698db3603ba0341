"""Matchers of the model hub's settings and recoveries: each takes a good example and refuses a broken one."""

import json
from dataclasses import replace
from typing import Any

import pytest

from countersign.expect.modelhub.in_force import Effect, Ruled, Seen, follows_change, obeyed_within
from countersign.expect.modelhub.recovery import (
    OddRecovery,
    Recovery,
    Statistics,
    cause_gone,
    counted_right,
    refused_as_mistake,
    refused_in_pause,
    told_as_due,
)
from countersign.expect.modelhub.settings import (
    Change,
    InForce,
    Kept,
    Tried,
    changed_alone,
    decided_as_due,
    kept_from_users,
    kept_whole,
    looked_over_as_due,
    obeyed,
)
from countersign.systems.modelhub.settings import differences, document, laid_over
from countersign.transport.answer import Answer

from .telling import answer, told

FIRST = {"level": "manual", "downloads": {"retries": 3, "wait": 2.0}}
RETRIES = laid_over(FIRST, document("downloads.retries", 5))


def said(status: int = 200, **facts: Any) -> Answer:
    return answer(status, json.dumps(facts).encode())


def test_documents_are_laid_over_each_other_and_compared_place_by_place() -> None:
    assert document("downloads.retries", 5) == {"downloads": {"retries": 5}}
    assert RETRIES == {"level": "manual", "downloads": {"retries": 5, "wait": 2.0}}
    assert differences(FIRST, RETRIES) == {"downloads.retries": (3, 5)}
    assert differences({"a": None}, {}) == {"a": (None, None)}


CHANGE = Change("retries", "downloads.retries", 5, FIRST, RETRIES)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (CHANGE, ""),
        (replace(CHANGE, after=FIRST), "is 'as before'"),
        (replace(CHANGE, after={**RETRIES, "level": "other"}), "level became 'other' instead of 'manual' too"),
    ],
)
def test_a_change_alters_one_setting(change: Change, words: str) -> None:
    assert words in told(changed_alone(), change) if words else not told(changed_alone(), change)


GOOD = Tried("5 as retries", "", {"is_valid": True, "errors": []}, said(), FIRST, FIRST, RETRIES, RETRIES)
WRONG = {"is_valid": False, "errors": [{"field": "downloads.retries", "message": "This must be 0 to 10."}]}
NAMED = said(422, detail=[{"loc": ["body", "downloads", "retries"]}])
BAD = Tried("11 as retries", "retries", WRONG, NAMED, FIRST, FIRST, FIRST, FIRST)


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (GOOD, ""),
        (BAD, ""),
        (replace(GOOD, answer=said(422)), "was refused with 422"),
        (replace(GOOD, after=FIRST), "after 5 as retries was taken, downloads.retries is 3 instead of 5"),
        (replace(BAD, answer=said()), "was answered with 200 instead of refused"),
        (replace(BAD, answer=said(422, detail=[{"loc": ["body"]}])), "was refused naming body instead of retries"),
        (replace(BAD, after=RETRIES), "after 11 as retries was refused, downloads.retries is 5 instead of 3"),
    ],
)
def test_what_is_set_is_decided_by_the_limits(tried: Tried, words: str) -> None:
    assert words in told(decided_as_due(), tried) if words else not told(decided_as_due(), tried)


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (GOOD, ""),
        (BAD, ""),
        (replace(GOOD, checked=WRONG), "is told to be wrong beforehand"),
        (replace(BAD, checked={"is_valid": True}), "is told to be good beforehand"),
        (replace(BAD, checked={"is_valid": False, "errors": []}), "naming nothing instead of retries"),
        (replace(GOOD, between=RETRIES), "was only looked over, and downloads.retries has changed"),
    ],
)
def test_looking_over_says_what_would_be_decided(tried: Tried, words: str) -> None:
    assert words in told(looked_over_as_due(), tried) if words else not told(looked_over_as_due(), tried)


def test_settings_are_kept_whole_and_from_users_and_obeyed() -> None:
    assert not told(kept_whole("afterwards"), Kept("Rosa's settings", FIRST, FIRST))
    lost = told(kept_whole("afterwards"), Kept("Rosa's settings", RETRIES, FIRST))
    assert lost == "afterwards 1 of Rosa's settings differ, downloads.retries is 3 instead of 5"
    assert not told(kept_from_users(), ("it", said(403, detail="No.")))
    assert "answered with 200" in told(kept_from_users(), ("it", said()))
    assert "without a sentence" in told(kept_from_users(), ("it", said(403)))
    assert not told(obeyed(), InForce("it", 1, 1))
    assert "it is not in force: 3 instead of 1" in told(obeyed(), InForce("it", 1, 3))


RULED = Ruled("it is off", "a download", "", 0.1, 0.2, "")


@pytest.mark.parametrize(
    ("ruled", "words"),
    [
        (RULED, ""),
        (replace(RULED, before="POLICY"), "was not given before the rule was set (POLICY)"),
        (replace(RULED, refused_after=None), "was set, and a download was still answered with what was asked for"),
        (
            replace(RULED, given_after=None, last="POLICY"),
            "was taken back, and a download was still answered with POLICY",
        ),
        (replace(RULED, given_after=2.5), "was obeyed 2.50 s after it was taken back"),
    ],
)
def test_a_rule_is_obeyed_in_time(ruled: Ruled, words: str) -> None:
    assert words in told(obeyed_within(2), ruled) if words else not told(obeyed_within(2), ruled)


def test_what_is_seen_follows_the_setting() -> None:
    effect = Effect("at once", "downloads that run", Seen(1, 1, 1), Seen(2, 3, 2))
    assert not told(follows_change(), effect)
    late = told(follows_change(), replace(effect, after=Seen(2, 3, 1)))
    assert late == "after the change of 'at once' downloads that run were 1 instead of 2 to 3"
    assert "before the change" in told(follows_change(), replace(effect, before=Seen(1, float("inf"), 0)))


def facts(outcome: str, **more: Any) -> dict[str, Any]:
    good = outcome in ("recovered", "in_progress")
    known = {"recovery_triggered": True, "failure_type": "network_error", "message": "It is done."}
    return {**known, "success": good, "outcome": outcome, "action_taken": "Asked the source.", **more}


PAUSE = said(recovery_triggered=False, success=False, message="Try again in 28 seconds.")
RECOVERY = Recovery(
    "no source",
    "network_error",
    "it is there",
    "success",
    False,
    said(**facts("recovered")),
    False,
    False,
    0.1,
    "",
    PAUSE,
    2.0,
)
FAILED = replace(RECOVERY, due="no success", gone_after=None, still="the source is away")


@pytest.mark.parametrize(
    ("recovery", "words"),
    [
        (RECOVERY, ""),
        (replace(FAILED, answer=said(**facts("degraded")), mock_due=True, mock=True, degraded=True), ""),
        (
            FAILED,
            "success was told (recovered) instead of no success, and the cause is still there: the source is away",
        ),
        (replace(RECOVERY, answer=said(**facts("degraded", success=True))), "success was told (degraded)"),
        (replace(RECOVERY, answer=said(**facts("recovered", message=""))), "it is not told what was done"),
        (replace(RECOVERY, mock=True), "mock results are told to be on"),
        (replace(RECOVERY, degraded=True), "the degraded mode is told to be on"),
    ],
)
def test_a_recovery_tells_the_truth(recovery: Recovery, words: str) -> None:
    assert words in told(told_as_due(2), recovery) if words else not told(told_as_due(2), recovery)


def test_the_cause_is_gone_and_a_second_try_is_refused() -> None:
    assert not told(cause_gone(20), RECOVERY)
    assert "the source is away" in told(cause_gone(20), FAILED)
    assert not told(refused_in_pause(30), RECOVERY)
    assert "28.0 s were left" not in told(refused_in_pause(30), RECOVERY)
    assert "were left of the pause" in told(refused_in_pause(30), replace(RECOVERY, again_after=10.0))
    begun = replace(RECOVERY, again=said(**facts("recovered")))
    assert "a second recovery after 2.0 s was begun" in told(refused_in_pause(30), begun)


def statistics(total: int, successful: int, **more: Any) -> dict[str, Any]:
    counted = {"failure_types": {"network_error": total}, "recovery_actions": {"Asked the source.": total}}
    rate = successful / total if total else 0.0
    return {"total_attempts": total, "successful_attempts": successful, "success_rate": rate, **counted, **more}


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (statistics(2, 1), ""),
        (statistics(3, 1), "2 total attempts were counted for 1"),
        (statistics(2, 0), "0 successful attempts were counted for 1"),
        (statistics(2, 1, success_rate=1.0), "the share of successes is told as 1.0, it is 0.500"),
        (statistics(2, 1, failure_types={"other": 2}), "-1 recoveries from network_error were counted for 1"),
        (statistics(2, 1, recovery_actions={}), "the recovery actions add up to 0 of 2"),
    ],
)
def test_statistics_count_what_was_done(after: dict[str, Any], words: str) -> None:
    item = Statistics(statistics(1, 0), after, (RECOVERY,))
    assert words in told(counted_right(), item) if words else not told(counted_right(), item)


def test_odd_recoveries_are_refused_as_mistakes() -> None:
    assert not told(refused_as_mistake(), OddRecovery("nothing", 400, said(400, detail="Name one.")))
    assert "answered with 200 instead of 400" in told(refused_as_mistake(), OddRecovery("nothing", 400, said()))
    assert "without a sentence" in told(refused_as_mistake(), OddRecovery("nothing", 400, said(400)))
