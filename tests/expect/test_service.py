"""Matchers for the core services: health, times, trainings and sessions, mistakes, the description, reloads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from countersign.expect.chattrain.health import healthy
from countersign.expect.chattrain.offer import Start, a_fresh_session, numbers_of_their_own, offers, rising
from countersign.expect.chattrain.plain_refusal import Attempt, forgotten_at_once, plainly_refused
from countersign.expect.chattrain.reload import complains_about, counts
from countersign.expect.description import Promised, describes
from countersign.expect.times import Told, a_running_clock, told_in_utc
from countersign.systems.chattrain.content import Reload
from countersign.systems.chattrain.model import Health, Scenario, Session
from countersign.systems.description import read_description

from .telling import answer, told

NOW = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)


def at(text: Any, seconds: float = 0.0) -> Told:
    """Make a time that was heard so many seconds after ten o'clock."""
    return Told("timestamp of the health report", text, NOW + timedelta(seconds=seconds))


def test_health_names_status_and_version() -> None:
    assert told(healthy("1.0.0"), Health("healthy", "1.0.0", "", {}, 200)) == ""
    assert "'degraded' with 200" in told(healthy("1.0.0"), Health("degraded", "1.0.0", "", {}, 200))
    assert "with 503" in told(healthy("1.0.0"), Health("healthy", "1.0.0", "", {}, 503))
    assert "'0.9'" in told(healthy("1.0.0"), Health("healthy", "0.9", "", {}, 200))


@pytest.mark.parametrize("text", ["2026-11-20T10:00:00Z", "2026-11-20T10:00:00.123+00:00"])
def test_universal_times(text: str) -> None:
    assert told(told_in_utc(), at(text)) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-11-20T10:00:00", "without its zone"),
        ("2026-11-20T11:00:00+01:00", "another zone"),
        ("yesterday", "expected a time"),
        (1795000000, "tells 1795000000"),
        (None, "tells None"),
    ],
)
def test_other_times(text: Any, reason: str) -> None:
    assert reason in told(told_in_utc(), at(text))


def test_a_clock_runs() -> None:
    first, second = at("2026-11-20T10:00:00Z"), at("2026-11-20T10:00:01Z", 1.0)
    assert told(a_running_clock(5), [first, second]) == ""
    assert "stood still" in told(a_running_clock(5), [first, first])
    assert "backwards" in told(a_running_clock(5), [second, first])
    assert "6.0 s off" in told(a_running_clock(5), [first, at("2026-11-20T10:00:01Z", 7.0)])
    assert "without its zone" in told(a_running_clock(5), [first, at("2026-11-20T10:00:01")])
    assert "only 1" in told(a_running_clock(5), [first])


def scenario(text_id: str, minutes: int = 30, title: str = "Title") -> Scenario:
    """Make a training of the list."""
    return Scenario(1, text_id, title, "What it is about.", minutes, "beginner", (), 4, {})


def test_the_list_of_trainings() -> None:
    matcher = offers(["a", "b"], at_least=2, minutes=30)
    assert told(matcher, [scenario("a"), scenario("b"), scenario("c", 20)]) == ""
    assert "b stood there 0 times" in told(matcher, [scenario("a"), scenario("c")])
    assert "a stood there 2 times" in told(matcher, [scenario("a"), scenario("a"), scenario("b")])
    assert "b lasts 20 minutes" in told(matcher, [scenario("a"), scenario("b", 20)])
    assert "title ' '" in told(matcher, [scenario("a"), scenario("b", title=" ")])
    assert "the list was a" in told(offers(["a"], at_least=2), [scenario("a")])


def start(**changes: Any) -> Start:
    """Make a started session of Ben in training 3."""
    session = {"user_id": "ben", "scenario_id": 3, "status": "active", "created_at": "2026-11-20T10:00:00Z", **changes}
    return Start("ben", 3, Session(id=7, completed_at=None, token="", socket_path="", raw={}, **session))


def test_a_started_session() -> None:
    assert told(a_fresh_session(), start()) == ""
    assert "belongs to eve" in told(a_fresh_session(), start(user_id="eve"))
    assert "is of training 4" in told(a_fresh_session(), start(scenario_id=4))
    assert "is completed" in told(a_fresh_session(), start(status="completed"))
    assert "expected a time" in told(a_fresh_session(), start(created_at=""))


def test_session_numbers() -> None:
    assert told(numbers_of_their_own(), [3, 1, 2]) == ""
    assert "3 sessions bear 2 different number(s); given more than once: [1]" in told(numbers_of_their_own(), [1, 2, 1])
    assert told(rising(), [1, 2, 5]) == ""
    assert "[1, 1]" in told(rising(), [1, 1])


def attempt(status: int, body: bytes, afterwards: int = 200) -> Attempt:
    """Make an attempt that may be refused with 422."""
    return Attempt("half a training", answer(status, body), (422,), answer(afterwards))


def test_mistakes_are_refused_in_words() -> None:
    assert told(plainly_refused(), attempt(422, b'{"detail": "Give a whole number."}')) == ""
    assert told(plainly_refused(), attempt(422, b'{"detail": [{"msg": "a whole number is needed"}]}')) == ""
    assert "server error instead of 422" in told(plainly_refused(), attempt(500, b'{"detail": "boom"}'))
    assert "with 200 instead of 422" in told(plainly_refused(), attempt(200, b"{}"))
    assert "without a word" in told(plainly_refused(), attempt(422, b'{"detail": []}'))
    assert "expected JSON" in told(plainly_refused(), attempt(422, b"<html>no</html>"))
    assert told(forgotten_at_once(), attempt(422, b"{}", 201)) == ""
    assert "answered 503" in told(forgotten_at_once(), attempt(422, b"{}", 503))


def described(responses: dict[str, Any]) -> Any:
    """Read a description of one service with these responses."""
    return read_description({"paths": {"/api/sessions/{session_id}": {"get": {"responses": responses}}}}, "chattrain")


def test_the_published_description() -> None:
    matcher = describes([Promised("reading back", "get", "/api/sessions/{}", ("404",))])
    shape = {"content": {"application/json": {"schema": {"type": "object"}}}}
    assert told(matcher, described({"200": shape, "404": {}})) == ""
    assert "names no 404" in told(matcher, described({"200": shape}))
    assert "no shape" in told(matcher, described({"200": {"content": {"application/json": {}}}, "404": {}}))
    assert "nothing of its good answer" in told(matcher, described({"404": {}}))
    assert "is not described" in told(describes([Promised("health", "get", "/api/health", ())]), described({}))


def test_a_reload_tells_the_truth() -> None:
    honest = Reload(False, 2, ("lost_parcel_v1: cannot be read",), ("b", "a"))
    assert told(complains_about(["lost_parcel_v1"]), honest) == ""
    assert "silent about late_v1" in told(complains_about(["lost_parcel_v1", "late_v1"]), honest)
    assert "claimed success" in told(complains_about(["lost_parcel_v1"]), Reload(True, 2, (), ("a", "b")))
    assert told(counts(["a", "b"]), honest) == ""
    assert "it counted 2: a, b" in told(counts(["a"]), honest)
