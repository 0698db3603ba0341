"""Model operations: versions, deployments, routing, experiments, the breaker, canaries, training, alerts."""

import time
from collections.abc import Callable, Iterator

import pytest
from medassist_live import MedAssistProcess, Person
from programs import AiProcess, until

from reference.medassist.models.breaker import Breaker
from reference.medassist.models.cache import PredictionCache
from reference.medassist.models.experiments import Conclusion
from reference.medassist.models.versions import is_version, order

Another = Callable[..., MedAssistProcess]
MODEL = "/api/models/symptom_analyzer"


@pytest.fixture
def admin(another_medassist: Another) -> Iterator[Person]:
    """Give the administrator of a MedAssist of this test alone."""
    yield another_medassist(RATE_LIMIT_BURST="5000").staff("admin")


def register(admin: Person, version: str, accuracy: float = 0.9, model: str = MODEL, code: int = 201) -> dict:  # type: ignore[type-arg]
    body = {"version": version, "metrics": {"accuracy": accuracy}}
    made: dict = admin.post(f"{model}/versions", body, code)  # type: ignore[type-arg]
    return made


def predict(admin: Person, text: str = "hello [[script do=echo]]", user: str = "u", code: int = 200) -> dict:  # type: ignore[type-arg]
    made: dict = admin.post(f"{MODEL}/predict", {"inputs": text, "user_id": user}, code)  # type: ignore[type-arg]
    return made


def test_versions_are_three_numbers_and_sorted_as_numbers() -> None:
    assert all(is_version(good) for good in ("1.0.0", "1.10.0", "0.0.1"))
    assert not any(is_version(bad) for bad in ("1.0", "v1.0.0", "1.0.0-beta", "1.00.0", "", "1.0.0\n"))
    assert sorted(["2.0.0", "1.10.0", "1.9.0"], key=order) == ["1.9.0", "1.10.0", "2.0.0"]


@pytest.mark.parametrize(
    ("control", "treatment", "least", "word", "p"),
    [
        ((100, 50), (100, 70), 100, "treatment_better", 0.004),
        ((100, 70), (100, 50), 100, "control_better", 0.004),
        ((100, 50), (100, 52), 100, "no_difference", 0.78),
        ((100, 50), (100, 62), 100, "no_difference", 0.087),
        ((10, 9), (10, 1), 100, "inconclusive", None),
        ((0, 0), (0, 0), 100, "inconclusive", None),
    ],
)
def test_conclusions(
    control: tuple[int, int], treatment: tuple[int, int], least: int, word: str, p: float | None
) -> None:
    assert Conclusion().word(control, treatment, least) == word
    if p is not None:
        assert Conclusion().p_value(control, treatment) == pytest.approx(p, abs=0.005)


def test_the_breaker_goes_through_the_worked_steps() -> None:
    at = 0.0
    breaker = Breaker("model", 5, 10.0, clock=lambda: at)

    def call(good: bool) -> None:
        permission = breaker.admit()
        assert permission is not None
        (breaker.succeeded if good else breaker.failed)(permission)

    for good in (False, False, False, False, True, False, False, False, False):
        call(good)
    assert breaker.state == "closed"
    call(False)
    assert breaker.state == "open" and breaker.admit() is None
    at = 10.0
    trial = breaker.admit()
    assert breaker.state == "half_open" and trial is not None and breaker.admit() is None
    breaker.failed(trial)
    assert breaker.state == "open" and breaker.admit() is None
    at = 20.0
    for _ in range(3):
        call(True)
    assert breaker.state == "closed" and breaker.failures == 0


def test_the_cache_is_bounded_in_number_and_time() -> None:
    at = 0.0
    cache = PredictionCache(10.0, most=2, clock=lambda: at)
    keys = [cache.key("m", "1.0.0", text, {}) for text in "abc"]
    cache.keep(keys[0], {"text": "a"})
    cache.keep(keys[1], {"text": "b"})
    assert cache.find(keys[0]) == {"text": "a"}
    cache.keep(keys[2], {"text": "c"})
    assert cache.find(keys[1]) is None and cache.find(keys[0]) is not None
    at = 10.0
    assert cache.find(keys[0]) is None


def test_versions_deployments_and_rollbacks(admin: Person) -> None:
    for version in ("1.10.0", "1.9.0"):
        assert register(admin, version)["status"] == "registered"
    listed = [each["version"] for each in admin.get(f"{MODEL}/versions")]
    assert listed == ["1.10.0", "1.9.0", "1.0.0"]
    register(admin, "1.9.0", code=409)
    register(admin, "1.9", code=422)
    assert register(admin, "2.0.0", 0.69)["status"] == "rejected"
    assert register(admin, "2.1.0", 0.70)["status"] == "registered"
    deploy = f"{MODEL}/deploy"
    assert admin.post(deploy, {"version": "2.0.0", "strategy": "immediate"}, 409)["code"] == "QUALITY_GATE"
    admin.post(deploy, {"version": "9.9.9", "strategy": "immediate"}, 404)
    assert admin.post(f"{MODEL}/rollback", {"reason": "nothing yet"}, 409)
    made = admin.post(deploy, {"version": "1.10.0", "strategy": "immediate"})
    assert (made["status"], made["previous_version"], made["percentage"]) == ("success", "1.0.0", 100)
    assert predict(admin)["model_version"] == "1.10.0"
    back = admin.post(f"{MODEL}/rollback", {"reason": "it was worse"}, 200)
    assert (back["active_version"], back["previous_version"]) == ("1.0.0", None)
    assert predict(admin)["model_version"] == "1.0.0"
    admin.post(f"{MODEL}/rollback", {"reason": "once more"}, 409)
    reasons = [
        each["details"].get("reason") for each in admin.get("/api/audit/logs", action="model_rolled_back")["logs"]
    ]
    assert reasons == ["it was worse"]


def test_a_canary_serves_its_share_and_only_grows(admin: Person) -> None:
    register(admin, "1.1.0")
    made = admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "canary"})
    assert (made["status"], made["percentage"]) == ("in_progress", 10)
    assert admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "immediate"}, 409)

    def served() -> set[int]:
        routes = ((number, admin.get(f"{MODEL}/route", user_id=f"user-{number}")) for number in range(400))
        return {number for number, route in routes if route["model_version"] == "1.1.0"}

    small = served()
    assert 20 <= len(small) <= 65 and small == served()
    admin.post(f"/api/deployments/{made['deployment_id']}/promote", {"percentage": 50}, 200)
    large = served()
    assert small < large and 165 <= len(large) <= 235
    admin.post(f"/api/deployments/{made['deployment_id']}/promote", {"percentage": 50}, 422)
    done = admin.post(f"/api/deployments/{made['deployment_id']}/promote", {"percentage": 100}, 200)
    assert done["status"] == "success" and predict(admin)["model_version"] == "1.1.0"
    assert admin.post(f"/api/deployments/{made['deployment_id']}/cancel", None, 409)


def test_a_failing_canary_is_withdrawn_while_its_users_are_served(admin: Person, scripts: Callable[..., None]) -> None:
    register(admin, "1.1.0")
    made = admin.post(f"{MODEL}/deploy", {"version": "1.1.0", "strategy": "canary", "percentage": 99})
    scripts({"do": "status", "code": 400, "model": "symptom_analyzer:1.1.0"})
    answers = [
        predict(admin, f"case {number} [[script do=echo when=report]]", f"user-{number}") for number in range(30)
    ]
    assert any(answer["fallback"] for answer in answers)
    assert {answer["model_version"] for answer in answers} == {"1.0.0"}
    path = f"/api/deployments/{made['deployment_id']}"
    until(lambda: admin.get(path)["status"] == "rolled_back", "the canary is rolled back", within=5)
    active = [alert["name"] for alert in admin.get("/api/alerts", status="active")]
    assert "canary_rolled_back" in active
    assert predict(admin, "afterwards")["fallback"] is False
    assert [breaker["state"] for breaker in admin.get("/api/resilience/breakers")] == ["closed"]


def test_flags_come_before_experiments_and_these_before_the_active_version(admin: Person) -> None:
    for version in ("1.1.0", "1.2.0"):
        register(admin, version)
    body = {
        "name": "try",
        "model_id": "symptom_analyzer",
        "control_version": "1.0.0",
        "treatment_version": "1.1.0",
        "min_sample": 10,
    }
    trial = admin.post("/api/experiments", body)
    assert admin.post("/api/experiments", body, 409)["code"] == "EXPERIMENT_RUNNING"
    admin.post("/api/experiments", {**body, "treatment_version": "1.0.0"}, 422)
    arms = [admin.get(f"{MODEL}/route", user_id=f"user-{number}")["variant"] for number in range(200)]
    assert 70 <= arms.count("treatment") <= 130
    outcomes = [{"user_id": f"user-{number}", "success": arm == "treatment"} for number, arm in enumerate(arms)]
    path = f"/api/experiments/{trial['experiment_id']}"
    assert admin.post(f"{path}/outcomes", {"outcomes": outcomes}, 200) == {"accepted": 200}
    flag = {"enabled": True, "percentage": 100, "model_id": "symptom_analyzer", "version": "1.2.0"}
    assert admin.http.put("/api/flags/new-words", json=flag).status_code == 200
    assert admin.get(f"{MODEL}/route", user_id="user-1")["route"] == "flag"
    assert admin.http.put("/api/flags/new-words", json={**flag, "enabled": False}).status_code == 200
    assert admin.get(f"{MODEL}/route", user_id="user-1")["route"] == "experiment"
    stopped = admin.post(f"{path}/stop", None, 200)
    assert stopped["conclusion"] == "treatment_better" and stopped["treatment"]["rate"] == 1.0
    assert admin.get(f"{MODEL}/route", user_id="user-1")["route"] == "active"


def test_the_cache_serves_the_same_question_only(admin: Person, ai: AiProcess) -> None:
    text = "what is cached [[script do=echo]]"
    first, second = predict(admin, text), predict(admin, text, user="somebody else")
    assert (first["cache_hit"], second["cache_hit"]) == (False, True)
    assert first["request_id"] != second["request_id"] and first["outputs"] == second["outputs"]
    assert len(ai.calls_with("what is cached")) == 1
    body = {"inputs": text, "parameters": {"temperature": 0.9}}
    assert admin.post(f"{MODEL}/predict", body, 200)["cache_hit"] is False


def test_the_breaker_opens_answers_at_once_and_closes_by_itself(another_medassist: Another, ai: AiProcess) -> None:
    medassist = another_medassist(BREAKER_OPEN_SECONDS="1")
    admin, session = medassist.staff("admin"), medassist.patient().session()
    for number in range(5):
        predict(admin, f"broken {number} [[script do=status code=400]]", code=503)
    began = time.monotonic()
    refused = admin.http.post(f"{MODEL}/predict", json={"inputs": "unasked-question"})
    assert refused.status_code == 503 and refused.json()["code"] == "MODEL_UNAVAILABLE"
    assert refused.headers["X-Circuit-Breaker-State"] == "open" and int(refused.headers["Retry-After"]) >= 1
    reply = session.say("unasked-message")["reply"]
    assert reply["metadata"]["fallback"] is True and time.monotonic() - began < 1
    assert ai.calls_with("unasked") == []
    until(lambda: admin.http.post(f"{MODEL}/predict", json={"inputs": "t1"}).status_code == 200, "a trial", within=3)
    for number in range(2):
        assert predict(admin, f"trial {number}")["fallback"] is False
    assert [breaker["state"] for breaker in admin.get("/api/resilience/breakers")] == ["closed"]


def test_one_failure_is_retried(admin: Person) -> None:
    answer = predict(admin, "again [[script do=flaky failures=1]]")
    assert answer["fallback"] is False and answer["model_version"] == "1.0.0"


def test_a_training_job_becomes_a_version_or_a_rejected_one(admin: Person) -> None:
    body = {"model_id": "symptom_analyzer", "version": "3.0.0", "dataset": "synthetic-small"}
    jobs = [admin.post("/api/training/jobs", body, 202)]
    jobs.append(admin.post("/api/training/jobs", {**body, "version": "3.1.0", "dataset": "synthetic-poor"}, 202))
    cancelled = admin.post("/api/training/jobs", {**body, "version": "3.2.0"}, 202)
    assert admin.post(f"/api/training/jobs/{cancelled['job_id']}/cancel", None, 200)["status"] == "cancelled"
    admin.post("/api/training/jobs", {**body, "dataset": "none"}, 404)
    admin.post("/api/training/jobs", body, 409)
    seen: list[float] = []

    def finished() -> bool:
        found = [admin.get(f"/api/training/jobs/{job['job_id']}") for job in jobs]
        seen.append(found[0]["progress"])
        return all(job["status"] == "completed" for job in found)

    until(finished, "both jobs are completed", within=15)
    assert seen == sorted(seen) and seen[-1] == 1
    statuses = {each["version"]: (each["status"], each["source"]) for each in admin.get(f"{MODEL}/versions")}
    assert statuses["3.0.0"] == ("registered", "training") and statuses["3.1.0"] == ("rejected", "training")
    assert "3.2.0" not in statuses


def test_errors_raise_an_alert_that_clears(admin: Person) -> None:
    for number in range(24):
        bad = number % 4 == 0
        predict(admin, f"n{number} [[script do=status code=400]]" if bad else f"n{number}", code=503 if bad else 200)
    figures = admin.get(f"{MODEL}/metrics")
    assert (figures["requests"], figures["errors"]) == (24, 6)

    def active() -> set[str]:
        return {alert["name"] for alert in admin.get("/api/alerts", status="active")}

    until(lambda: "model_error_rate" in active(), "the alert is raised", within=10)
    for number in range(50):
        predict(admin, f"well {number}")
    until(lambda: "model_error_rate" not in active(), "the alert is resolved", within=10)
