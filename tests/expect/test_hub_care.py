"""Matchers of the model hub's care for what is installed: each takes a good example and refuses a broken one."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hamcrest.core.string_description import StringDescription

from countersign.expect.modelhub import damage as hub_damage
from countersign.expect.modelhub import loading as hub_loading
from countersign.expect.modelhub import overall as hub_overall
from countersign.expect.modelhub import slowness as hub_slowness
from countersign.expect.modelhub import storage as hub_storage
from countersign.expect.modelhub import updates as hub_updates
from countersign.expect.modelhub import usage as hub_usage
from countersign.systems.modelhub.model import Health, Status, Task

GB = 2**30


def lack(matcher: Any, item: Any) -> str:
    """Give what a matcher says of an item; empty if it matches."""
    if matcher.matches(item):
        return ""
    described = StringDescription()
    matcher.describe_mismatch(item, described)
    return str(described)


def health(**more: Any) -> Health:
    told = {
        "model_id": "m",
        "status": "healthy",
        "is_healthy": True,
        "integrity_score": 1.0,
        "issues": (),
        "corruption_types": (),
        "last_check": "2026-11-20T10:00:00Z",
        "repair_suggestions": (),
        "can_auto_repair": True,
        "performance_trend": "stable",
        "raw": {},
    }
    return Health(**{**told, **more})


def status(**more: Any) -> Status:
    told = {
        "model_id": "m",
        "availability": "available",
        "is_available": True,
        "size_mb": 1.0,
        "progress": None,
        "missing_files": (),
        "integrity_score": 1.0,
        "current_version": "2.0.0",
        "update_available": False,
        "actions": ("check", "update"),
        "source_reachable": True,
        "raw": {},
    }
    return Status(**{**told, **more})


def task(state: str = "completed", mode: str = "real", error: str | None = None) -> Task:
    return Task("1", "m", "p", state, mode, None, "1.txt", error, {})


OVERWRITTEN = hub_damage.Judged(
    hub_damage.Due("overwritten", "corrupted", frozenset({"checksum_mismatch"}), "0.833", "corrupted"),
    {"is_valid": False},
    {"is_valid": False, "integrity_status": "corrupted", "missing_files": []},
    health(status="corrupted", is_healthy=False, integrity_score=0.833, corruption_types=("checksum_mismatch",)),
    status(availability="corrupted", is_available=False, integrity_score=0.833),
)


def test_damage_is_judged_by_every_route() -> None:
    due = hub_damage.judged_as_due()
    assert lack(due, OVERWRITTEN) == ""
    assert "healthy instead of corrupted" in lack(due, replace(OVERWRITTEN, health=health()))
    kinds = health(status="corrupted", is_healthy=False, integrity_score=0.833, corruption_types=("file_missing",))
    assert "missing file instead of wrong contents" in lack(due, replace(OVERWRITTEN, health=kinds))
    assert "verifying tells good" in lack(due, replace(OVERWRITTEN, verified={"is_valid": True}))
    assert "validating tells valid" in lack(
        due, replace(OVERWRITTEN, validated={"is_valid": True, "integrity_status": "valid", "missing_files": []})
    )
    assert "names nothing as missing, vae is" in lack(due, replace(OVERWRITTEN, gone=("vae",)))


def test_damage_must_be_told_and_really_mended() -> None:
    warning = {"severity": "high", "repair_action": "automatic repair", "files": ["a"], "requires_user_action": False}
    good = hub_damage.Noticed("cut", "m", ("a",), warning, 2.0, 4.0, 1.0, files_right=True)
    assert lack(hub_damage.noticed_within(15), good) == "" == lack(hub_damage.repaired_within(30), good)
    assert "was not told" in lack(hub_damage.noticed_within(15), replace(good, noticed_after=None))
    assert "after 16.0 s" in lack(hub_damage.noticed_within(15), replace(good, noticed_after=16.0))
    assert "is not named as damaged" in lack(hub_damage.noticed_within(15), replace(good, harmed=("b",)))
    assert "its files are still damaged" in lack(hub_damage.repaired_within(30), replace(good, files_right=False))
    left = replace(good, repaired_after=None, files_untouched=True, warning={**warning, "requires_user_action": True})
    assert lack(hub_damage.left_to_the_user(), left) == ""
    assert "were changed" in lack(hub_damage.left_to_the_user(), replace(left, files_untouched=False))
    assert "somebody has to do" in lack(hub_damage.left_to_the_user(), replace(left, warning=warning))


def test_a_damaged_model_is_not_used() -> None:
    bad = hub_loading.Loaded("it", health(), health(last_check="later", integrity_score=0.833), None)
    assert lack(hub_loading.not_used_with(5 / 6), bad) == "" == lack(hub_loading.looked_at_anew(), bad)
    assert "was used" in lack(hub_loading.not_used_with(5 / 6), replace(bad, task=task()))
    assert "without a sentence" in lack(hub_loading.not_used_with(5 / 6), replace(bad, task=task("failed")))
    assert "as before" in lack(hub_loading.looked_at_anew(), replace(bad, after=health()))


def test_overall_health_is_computed_anew() -> None:
    told = {
        "system_health": {
            "overall_health_score": 0.467,
            "models_healthy": 1,
            "models_degraded": 0,
            "models_corrupted": 1,
            "models_missing": 1,
            "storage_usage_percent": 25.0,
        },
        "model_health": {
            n: {"health_status": s} for n, s in zip("abc", ("healthy", "corrupted", "missing"), strict=True)
        },
        "recommendations": [
            {"model_id": "b", "type": "repair", "action": "repair", "message": "x", "priority": "critical"},
            {"model_id": "c", "type": "missing_model", "action": "download", "message": "x", "priority": "medium"},
        ],
    }
    store = hub_overall.Store({"a": "healthy", "b": "corrupted", "c": "missing"}, told, 25.1)
    assert lack(hub_overall.agrees_with_its_models(), store) == ""
    other = {**told, "system_health": {**told["system_health"], "overall_health_score": 0.5}}
    assert "that of the models is 0.467" in lack(hub_overall.agrees_with_its_models(), replace(store, told=other))
    silent = {**told, "recommendations": told["recommendations"][:1]}
    assert "nothing is recommended for c" in lack(hub_overall.agrees_with_its_models(), replace(store, told=silent))
    assert "% full" in lack(hub_overall.agrees_with_its_models(), replace(store, used_percent=90.0))


def test_slowness_is_computed_from_the_runs() -> None:
    issue = {"kind": "slower", "change_percent": 205.0, "correlated_with": "load", "suggestion": "less"}
    advice = [{"message": "m", "action": "optimize"}]
    slow = hub_slowness.Slowness([0.2] * 5, [0.6] * 5, "degrading", [issue], advice)
    assert lack(hub_slowness.slower_with("load"), slow) == ""
    assert "200 % slower, told are 20 %" in lack(
        hub_slowness.slower_with("load"), replace(slow, issues=[{**issue, "change_percent": 20.0}])
    )
    assert "go together with: load" in lack(hub_slowness.slower_with("version"), slow)
    assert "told as stable" in lack(hub_slowness.slower_with("load"), replace(slow, trend="stable"))
    assert "told as degrading" in lack(hub_slowness.as_fast_as_before(), slow)


def test_offers_are_due_or_not() -> None:
    notice = {"update_type": "patch", "latest_version": "2.0.1", "release_notes": "n", "size_mb": 1.0}
    listed = {**notice, "current_version": "2.0.0", "update_available": True}
    seen = status(update_available=True)
    good = hub_updates.Offered("2.0.1", "patch", notice, 3.0, listed, seen, "2.0.0")
    due = hub_updates.offered_as_due(15)
    assert lack(due, good) == ""
    assert "not told" in lack(due, replace(good, notice=None))
    assert "calls it patch instead of minor" in lack(due, replace(good, due="minor"))
    assert "it is offered" in lack(due, replace(good, due=hub_updates.NEVER))
    assert "without approval" in lack(due, replace(good, status=status(current_version="2.0.1")))


def test_an_update_takes_over_once_and_is_never_in_the_way() -> None:
    looks = [
        hub_updates.Look("2.0.0", True, "old", True),
        hub_updates.Look("2.0.0", True, "new", True),
        hub_updates.Look("2.1.0", True, "new", True),
    ]
    orders = [hub_updates.Order("2.0.0", task()), hub_updates.Order("2.1.0", task())]
    good = hub_updates.TakeOver("2.0.0", "2.1.0", looks, orders, ["a"], ["a"], "completed")
    for matcher in (hub_updates.stayed_usable(), hub_updates.took_over_once(), hub_updates.fetched_the_changes()):
        assert lack(matcher, good) == ""
    refused = replace(good, orders=[*orders, hub_updates.Order("2.0.0", None)])
    assert "1 of 3 generations were refused" in lack(hub_updates.stayed_usable(), refused)
    half = replace(good, looks=[replace(looks[0], in_use=""), *looks[1:]])
    assert "neither version" in lack(hub_updates.stayed_usable(), half)
    back = replace(good, looks=[*looks, looks[0], looks[2]])
    assert "changed 3 times" in lack(hub_updates.took_over_once(), back)
    alone = replace(good, looks=[replace(look, beside=False) for look in looks])
    assert "beside the old one" in lack(hub_updates.took_over_once(), alone)
    assert "fetched without need: b" in lack(hub_updates.fetched_the_changes(), replace(good, fetched=["a", "b"]))


def test_a_failed_update_leaves_the_previous_version() -> None:
    good = hub_updates.Aftermath("lost", "failed", "why", "old", "2.0.0", "2.0.0", 1.0, True, task())
    due = hub_updates.previous_in_use(10)
    assert lack(due, good) == ""
    assert "half done" in lack(due, replace(good, whole=""))
    assert "no sentence" in lack(due, replace(good, sentence=None))
    assert "told as completed" in lack(due, replace(good, status="completed"))
    assert "was refused" in lack(due, replace(good, task=None))
    assert lack(hub_updates.one_version_whole(), good) == ""
    assert "the files are of the new one" in lack(hub_updates.one_version_whole(), replace(good, whole="new"))


def test_freed_bytes_are_those_of_the_disk() -> None:
    good = hub_storage.Freeing("it", 100.0, ["m"], {"m/a": 100, "n/a": 5}, {"n/a": 5}, 10.0, 110.0, True)
    assert lack(hub_storage.frees_what_it_tells(), good) == ""
    assert "0 are gone" in lack(hub_storage.frees_what_it_tells(), replace(good, after=good.before))
    assert "150 bytes are told" in lack(hub_storage.frees_what_it_tells(), replace(good, told_bytes=150.0))
    assert "free space grew by 0" in lack(hub_storage.frees_what_it_tells(), replace(good, free_after=10.0))
    assert "not shown as missing" in lack(hub_storage.frees_what_it_tells(), replace(good, missing_after=False))
    assert "100 bytes are gone" in lack(hub_storage.frees_nothing(), good)


def test_proposals_follow_the_use() -> None:
    good = hub_storage.Proposal("it", ["m"], ["m"], 2.0, 2.0, {"m": "the unused one", "n": "the used one"})
    assert lack(hub_storage.proposed_as_due(), good) == ""
    assert "the used one instead of the unused one" in lack(
        hub_storage.proposed_as_due(), replace(good, proposed=["n"])
    )
    assert "are to be freed" in lack(hub_storage.proposed_as_due(), replace(good, space_to_free=GB))


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"total_uses": 6}, "6 uses are told for 4"),
        ({"uses_per_day": 0.5}, "0.5 uses a day"),
        ({"success_rate": 1.0}, "succeeded is told as 1.0 instead of 0.750"),
        ({"average_generation_time": 0.9}, "the runs took 0.500 s"),
        ({"peak_usage_hours": [3]}, "busy hours"),
        ({"last_30_days_usage": []}, "0 uses are told day by day"),
    ],
)
def test_use_is_counted_once(told: dict[str, Any], reason: str) -> None:
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    after = {
        "total_uses": 4,
        "uses_per_day": 0.133,
        "success_rate": 0.75,
        "average_generation_time": 0.51,
        "last_30_days_usage": [{"date": "2026-11-20", "uses": 4, "avg_time": 0.51}],
        "peak_usage_hours": [10],
    }
    done = hub_usage.Done(4, [0.5, 0.5, 0.5], 1, at, at)
    use = hub_usage.ModelUse("m", {"total_uses": 0}, after, done)
    assert lack(hub_usage.counted_as_done(), use) == ""
    assert reason in lack(hub_usage.counted_as_done(), replace(use, after={**after, **told}))


def test_nothing_is_invented() -> None:
    empty = {"average_generation_time": None, "success_rate": None, "total_uses": 0, "uses_per_day": 0.0}
    empty |= {"last_30_days_usage": [], "peak_usage_hours": [], "performance_issues": []}
    assert lack(hub_usage.unused(), empty) == ""
    assert "success rate is told as 1.0" in lack(hub_usage.unused(), {**empty, "success_rate": 1.0})
    total = {"total_uses": 0, "average_uses_per_day": 0.0, "active_models": 0, "most_used_model": None}
    whole = {"system_analytics": total, "model_analytics": {"m": empty}}
    assert lack(hub_usage.nothing_told(), whole) == ""
    named = {**whole, "system_analytics": {**total, "most_used_model": "m"}}
    assert "m is named" in lack(hub_usage.nothing_told(), named)
