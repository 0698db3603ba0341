"""The matchers of status, verdicts, generations, alternatives and waiting: each with what it accepts and refuses."""

from typing import Any

import pytest

from countersign.expect.modelhub.alternatives import Advice, ScoreTable, always_the_same, as_in_table, label, without
from countersign.expect.modelhub.generation import Cancelled, cancelled_for_good
from countersign.expect.modelhub.status import (
    Incomplete,
    Looked,
    Sampled,
    naming_what_is_missing,
    never_ready_too_early,
    telling_everything,
)
from countersign.expect.modelhub.verdicts import Said, saying, under_one_spelling
from countersign.expect.modelhub.waiting import Served, Waiter, placed_in_turn, served_in_turn, told_once
from countersign.expect.modelhub.way_out import Instructions, Promise, clear_steps, that_came_true
from countersign.systems.modelhub.model import Task, read_status

TABLE = ScoreTable(
    scores={("a", "b"): {"no wish": 0.44}, ("a", "c"): {"no wish": 0.88}},
    times={("a", "b"): 0.167, ("a", "c"): 0.333},
    images={"b": True, "c": False},
)


def suggestion(name: str, score: float, **other: Any) -> dict[str, Any]:
    return {
        "suggested_model": name,
        "compatibility_score": score,
        "performance_difference": TABLE.times["a", name],
        "availability_status": "available",
        "reason": f"{name} is there",
        "estimated_quality_difference": label(score),
        "requires_image": TABLE.images[name],
        **other,
    }


def advice(*suggestions: dict[str, Any], installed: str = "bc") -> Advice:
    told = {"suggestions": list(suggestions), "alternative_suggestion": suggestions[0] if suggestions else None}
    told["fallback_strategy"] = {"alternative_model": suggestions[0]["suggested_model"] if suggestions else None}
    return Advice("a", "no wish", frozenset(installed), told)


def test_alternatives_as_in_the_table() -> None:
    good = advice(suggestion("c", 0.88), suggestion("b", 0.44))
    assert as_in_table(TABLE).matches(good)
    assert as_in_table(TABLE).matches(advice(installed="a"))


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (advice(suggestion("b", 0.44), suggestion("c", 0.88)), "in this order"),
        (advice(suggestion("c", 0.88), installed=""), "not installed"),
        (advice(suggestion("c", 0.87), suggestion("b", 0.44)), "scored 0.87 instead of 0.88"),
        (advice(suggestion("c", 0.88, requires_image=True), suggestion("b", 0.44)), "need an image"),
        (
            advice(suggestion("c", 0.88, estimated_quality_difference="similar"), suggestion("b", 0.44)),
            "called similar",
        ),
        (advice(suggestion("c", 0.88, reason=""), suggestion("b", 0.44)), "the reason is ''"),
    ],
)
def test_alternatives_that_are_wrong(broken: Advice, reason: str) -> None:
    assert reason in as_in_table(TABLE).lack(broken)


def test_advice_without_a_blocked_model() -> None:
    assert without("b").matches(advice(suggestion("c", 0.88)))
    assert "suggested were" in without("b").lack(advice(suggestion("c", 0.88), suggestion("b", 0.44)))
    assert "suggested were" in without("b").lack(advice())


def test_the_same_answer() -> None:
    assert always_the_same(2).matches([{"x": 1, "timestamp": 1}, {"x": 1, "timestamp": 2}])
    assert "answer 2 differs" in always_the_same(2).lack([{"x": 1}, {"x": 2}])
    assert "1 answers" in always_the_same(2).lack([{"x": 1}])


def test_missing_files_named_exactly() -> None:
    good = Incomplete(("vae",), ("config",), ("vae",), ("vae",), ("vae is missing.",))
    assert naming_what_is_missing().matches(good)
    wrong = Incomplete(("vae",), ("config",), (), ("vae",), ("vae is missing.",))
    assert "the status names none" in naming_what_is_missing().lack(wrong)
    silent = Incomplete(("vae",), ("config",), ("vae",), ("vae",), ("Something is missing.",))
    assert "the health does not name vae" in naming_what_is_missing().lack(silent)
    more = Incomplete(("vae",), ("config",), ("vae",), ("vae",), ("vae and config are missing.",))
    assert "which is there" in naming_what_is_missing().lack(more)


def status(**other: Any) -> Any:
    raw = {
        "model_id": "a",
        "availability_status": "available",
        "is_available": True,
        "is_loaded": False,
        "size_mb": 6.0,
        "download_progress": None,
        "missing_files": [],
        "integrity_score": 1.0,
        "last_health_check": None,
        "performance_score": None,
        "corruption_detected": False,
        "usage_frequency": 0.0,
        "last_used": None,
        "average_generation_time": None,
        "can_pause_download": False,
        "can_resume_download": False,
        "estimated_download_time": None,
        "current_version": "1.0.0",
        "latest_version": "1.0.0",
        "update_available": False,
        "available_actions": ["generate"],
        "source_reachable": True,
        **other,
    }
    return read_status(raw)


def looked(model: Any, **totals: Any) -> Looked:
    told = {"total_models": 1, "available_models": 1, "downloading_models": 0, "corrupted_models": 0}
    return Looked("available", "a", {"a": model}, {**told, "total_size_gb": 6 / 1024, **totals}, 0.1)


def test_a_status_that_tells_everything() -> None:
    assert telling_everything().matches(looked(status()))
    assert "generate is possible" in telling_everything().lack(looked(status(available_actions=[])))
    assert "says None as its usage_frequency" in telling_everything().lack(looked(status(usage_frequency=None)))
    assert "available_models 0 instead of 1" in telling_everything().lack(looked(status(), available_models=0))
    assert "total_size_gb" in telling_everything().lack(looked(status(), total_size_gb=0.0))


def test_readiness_never_too_early() -> None:
    early = Sampled("downloading", "available", True, "downloading")
    assert never_ready_too_early().matches([Sampled("downloading", "downloading", False, "verifying")])
    assert "was shown as available" in never_ready_too_early().lack([early])
    assert "nobody looked" in never_ready_too_early().lack([])


def test_one_verdict_and_one_spelling() -> None:
    good = [Said("the list", "a-B", "ready", "a-B"), Said("the advice", "A-B", "ready", "a-B")]
    assert saying("ready").matches(good) and under_one_spelling("a-B").matches(good)
    assert saying("not ready").lack(good) == "the list says ready; the advice says ready"
    assert "names it A-B" in under_one_spelling("a-B").lack([*good, Said("the status", "A-B", "ready", "A-B")])
    assert "one spelling only" in under_one_spelling("a-B").lack(good[:1])
    assert saying("ready").lack([]) == "nothing was said"


def test_cancelled_for_good() -> None:
    assert cancelled_for_good().matches(
        Cancelled("processing", (200, 400), ("processing", "cancelled"), "cancelled", None)
    )
    later = Cancelled("processing", (200, 400), ("cancelled", "completed"), "cancelled", None)
    assert "told completed" in cancelled_for_good().lack(later)
    assert "nobody was told" in cancelled_for_good().lack(Cancelled("pending", (200, 400), (), "cancelled", None))
    assert "at last" in cancelled_for_good().lack(Cancelled("pending", (200, 400), ("cancelled",), "completed", "x"))


def test_instructions() -> None:
    steps = ("Start the download of a (6.0 MB).", "Watch it until a is there.")
    assert clear_steps(2).matches(Instructions(steps, {"a": 6.0}, "a", "available"))
    assert "size of a is 4.0 MB" in clear_steps(2).lack(Instructions(steps, {"a": 4.0}, "a", "available"))
    assert "0 sentences" in clear_steps(2).lack(Instructions((), {"a": 4.0}, "", "not named"))


def promise(clock: str | None, minutes: float | None, real: float) -> Promise:
    estimate = None if minutes is None else {"estimated_minutes": minutes}
    return Promise("a", {"fallback_strategy": {"estimated_wait_time": clock}, "wait_time_estimate": estimate}, real)


@pytest.mark.parametrize(
    ("clock", "minutes", "real", "true"),
    [
        ("0:00:08", 8 / 60, 10.0, True),
        ("0:00:08", 8.0, 10.0, False),
        ("0:08:00", 8 / 60, 10.0, False),
        (None, 8 / 60, 10.0, False),
        ("0:00:04", 4 / 60, 10.0, False),
    ],
)
def test_promises(clock: str | None, minutes: float | None, real: float, true: bool) -> None:
    assert that_came_true(2).matches(promise(clock, minutes, real)) is true


def task(prompt: str) -> Task:
    return Task(prompt, "a", prompt, "completed", "real", None, "out.txt", None, {})


def served(tasks: str, listed: dict[str, Any], completions: str) -> Served:
    waiters = (Waiter("1", "low", "x"), Waiter("2", "critical", "y"))
    states = {"1": "completed", "2": "completed"}
    return Served(waiters, listed, tuple(task(each) for each in tasks), tuple(completions), states, 1.0)


def test_waiting_requests() -> None:
    good = served("yx", {"1": 2, "2": 1}, "yx")
    assert placed_in_turn().matches(good) and served_in_turn().matches(good) and told_once().matches(good)
    assert "places [2, 1]" in placed_in_turn().lack(served("yx", {"1": 1, "2": 2}, "yx"))
    assert "told no place" in placed_in_turn().lack(served("yx", {"1": None, "2": 1}, "yx"))
    assert "order [2, 1]" in served_in_turn().lack(served("xy", {}, "yx"))
    assert "3 generations" in served_in_turn().lack(served("yxx", {}, "yx"))
    assert "3 messages" in told_once().lack(served("yx", {}, "yxx"))
