"""Versions, who is served by which, canaries, A/B comparisons, training, figures, the cache and the breaker."""

import json
from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.limits import at_most
from countersign.expect.medassist.breaker import (
    Moment,
    Tried,
    fallback_at_once,
    going_through,
    made_up_for,
    one_trial_among,
    refused_at_once,
)
from countersign.expect.medassist.cached import (
    Cached,
    answered_from_the_cache,
    answered_in_place,
    kept_answers,
    made_anew,
    without_an_answer,
)
from countersign.expect.medassist.canary import served_directly_by, served_in_its_place_by, withdrawn_within
from countersign.expect.medassist.conclusions import Concluded, concluded_as_wanted, wanted_of
from countersign.expect.medassist.model_figures import coming_within, counting, taking
from countersign.expect.medassist.rollout import Preview, as_announced, only_added, share_of, unchanged
from countersign.expect.medassist.served import (
    Served,
    a_row_served_by,
    all_served_by,
    made_without_cache,
    served_anew_by,
    without_failure,
)
from countersign.expect.medassist.training_jobs import ended_as, going_up_to_the_end, versions_left
from countersign.expect.medassist.versions import (
    made_by,
    newest_first,
    on_record_with,
    refused_as,
    still_listed,
    stored_as,
)
from countersign.systems.medassist.audit import AuditEntry
from countersign.systems.medassist.chat import Sent, Turn
from countersign.systems.medassist.model import Message
from countersign.systems.medassist.model_figures import Alert, ModelFigures
from countersign.systems.medassist.models import Prediction
from countersign.systems.medassist.socket import Frame
from countersign.systems.medassist.training import Job
from countersign.systems.medassist.trials import Arm, Experiment
from expect.telling import answer, told

OLD, NEW = "1.0.0", "1.1.0"


def served(version: str = OLD, number: str = "1", **more: object) -> Served:
    prediction = Prediction(number, version, "active", "a text", False, False, "closed", 0.1, {})
    return Served(1.0, replace(prediction, **more))  # type: ignore[arg-type]


FAILED = Served(1.0, None, "answered 503")


def test_predictions_during_a_change() -> None:
    assert_that([served()] * 3, without_failure(3))
    assert told(without_failure(4), [served()] * 3) == "there were 3"
    assert told(without_failure(1), [served(), FAILED]) == "1 of 2 failed, the first because answered 503"
    assert_that([served(NEW)] * 3, all_served_by(NEW, 3))
    assert told(all_served_by(NEW, 2), [served(NEW), served()]) == "2 were served: 1 by 1.0.0, 1 by 1.1.0"
    assert told(all_served_by(NEW, 2), [served(NEW)]) == "1 were served: 1 by 1.1.0"
    assert told(all_served_by(NEW, 1), []) == "there was none"
    assert_that([served(NEW), served(), served()], a_row_served_by(OLD, 2))
    mixed = [served(), served(NEW), served()]
    assert told(a_row_served_by(OLD, 2), mixed) == "the longest row was 1, broken by 1.1.0"
    assert told(a_row_served_by(OLD, 2), mixed[:1]) == "the longest row was 1, broken by nothing yet"


def test_answers_made_anew() -> None:
    assert_that(served(), served_anew_by(OLD))
    assert told(served_anew_by(OLD), served(cache_hit=True)) == "it was kept from an answer given before"
    assert told(served_anew_by(OLD), served(NEW)) == "version 1.1.0 answered"
    assert told(served_anew_by(OLD), FAILED) == "it failed because answered 503"
    assert_that(served(), made_without_cache())
    assert told(made_without_cache(), served(cache_hit=True)) == "it comes from the cache"
    assert told(made_without_cache(), FAILED) == "it failed because answered 503"


def test_versions_are_listed_and_refused() -> None:
    listed = [("1.10.0", "registered"), ("1.9.0", "active")]
    assert_that(listed, newest_first("1.10.0", "1.9.0"))
    assert told(newest_first("1.10.0", "1.9.0"), listed[::-1]) == "the list reads 1.9.0, 1.10.0"
    assert_that((listed, listed), still_listed())
    assert told(still_listed(), (listed, listed[:1])) == "1.9.0 gone"
    assert told(still_listed(), (listed, [listed[0], ("1.9.0", "retired")])) == "1.9.0 is retired"
    assert told(still_listed(), ([], [])) == "there was none before it"
    refused = answer(409, json.dumps({"code": "QUALITY_GATE"}).encode())
    assert_that(refused, refused_as("it", 409, "QUALITY_GATE"))
    assert told(refused_as("it", 409, "OTHER"), refused) == "the reason given was 'QUALITY_GATE', not OTHER"
    assert told(refused_as("it", 409), answer(201)) == "it was answered with 201, not 409"
    assert_that("rejected", stored_as("rejected"))
    assert told(stored_as("rejected"), "registered") == "it is registered"


def test_the_reason_of_a_rollback_is_on_record() -> None:
    def entry(reason: str) -> AuditEntry:
        raw = {"details": {"reason": reason}}
        return AuditEntry(
            id="1",
            action="model_rolled_back",
            user_id=None,
            user_email=None,
            role="admin",
            resource_type="model",
            resource_id="m",
            ip_address=None,
            user_agent=None,
            outcome="success",
            created_at="",
            raw=raw,
        )

    assert_that([entry("bad answers")], on_record_with("bad answers"))
    assert told(on_record_with("bad answers"), []) == "there are 0: none"
    assert told(on_record_with("bad answers"), [entry("other")]) == "there are 1: 'other'"


def test_a_chat_answer_names_its_version() -> None:
    def reply(version: str, *, fallback: bool = False) -> Message:
        return Message("1", "s", "assistant", "a", 2, {"model_version": version, "fallback": fallback}, "", {})

    assert_that(reply(NEW), made_by(NEW))
    assert told(made_by(NEW), reply(OLD)) == "version 1.0.0 made it"
    stands_in = told(made_by(NEW), reply(NEW, fallback=True))
    assert stands_in == "it is the sentence that stands in for a failed answer"


def test_shares_hold_and_users_keep_their_version() -> None:
    small, large = Preview({"a": NEW, "b": OLD}), Preview({"a": NEW, "b": NEW})
    assert_that(small, share_of(NEW, 1, 1, 2))
    assert told(share_of(NEW, 1, 1, 2), large) == "there were 2 of 2"
    assert told(share_of(NEW, 1, 1, 3), small) == "there were 1 of 2"
    assert_that((small, small), unchanged())
    moved = told(unchanged(), (small, large))
    assert moved == "1 of 2 are not, the first one got 1.0.0 and then 1.1.0"
    assert told(unchanged(), (Preview({}), Preview({}))) == "there was no user"
    assert_that((small, large), only_added(NEW))
    assert told(only_added(NEW), (large, small)) == "1 of 2 lost it"
    assert told(only_added("9.0.0"), (small, large)) == "it served nobody at the smaller share"
    assert_that([(NEW, served(NEW))], as_announced(1))
    assert told(as_announced(2), [(NEW, served(NEW))]) == "there were 1"
    wrong = told(as_announced(1), [(NEW, served())])
    assert wrong == "1 of 1 were not, the first was announced as 1.1.0 and came from 1.0.0"


def test_a_failing_canary_is_withdrawn() -> None:
    assert_that(served(fallback=True), served_in_its_place_by(OLD))
    assert told(served_in_its_place_by(OLD), served()) == "it does not say that it stands in"
    assert told(served_in_its_place_by(OLD), served(NEW)) == "version 1.1.0 answered"
    assert told(served_in_its_place_by(OLD), FAILED) == "the user got none: answered 503"
    assert_that(served(), served_directly_by(OLD))
    assert told(served_directly_by(OLD), served(route="canary")) == "version 1.0.0 answered by way of the canary"
    assert told(served_directly_by(OLD), served(fallback=True)) == "it stands in for another version"
    active = Alert("canary_rolled_back", "active", "m", "", None)
    back, runs = {"status": "rolled_back"}, {"status": "in_progress"}
    assert_that((back, [active], 0.4), withdrawn_within(5))
    assert told(withdrawn_within(5), (runs, [], 5.0)) == "after 5.00 s the deployment is in_progress"
    assert told(withdrawn_within(5), (back, [], 5.0)) == "after 5.00 s the alerts about it are: none"
    assert told(withdrawn_within(5), (back, [active], 5.2)) == "it took 5.20 s"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"status": "running"}, "the A/B test of 50 of 100 against 70 of 100 is running"),
        ({"control": Arm(99, 50)}, "50 of 100 against 70 of 100 was counted as 50 of 99 against 70 of 100"),
        (
            {"conclusion": "no_difference"},
            "50 of 100 against 70 of 100 was concluded to be 'no_difference', not 'treatment_better'",
        ),
        ({"p_value": None}, "the probability of 50 of 100 against 70 of 100 is told as None, not 0.004"),
        ({"p_value": 0.02}, "the probability of 50 of 100 against 70 of 100 is told as 0.02, not 0.004"),
    ],
)
def test_a_conclusion_follows_from_the_figures(change: dict[str, object], reason: str) -> None:
    row = {"first version": "50 of 100", "second version": "70 of 100", "probability": "0.004"}
    wanted = wanted_of({**row, "conclusion": "treatment better"})
    found = Experiment("1", "stopped", Arm(100, 50), Arm(100, 70), 0.0039, "treatment_better")
    concluded = Concluded(200, replace(found, **change))  # type: ignore[arg-type]
    assert told(concluded_as_wanted(), (wanted, concluded)) == reason


def test_nothing_is_concluded_from_nothing() -> None:
    row = {"first version": "none", "second version": "none", "probability": "-", "conclusion": "inconclusive"}
    wanted, found = wanted_of(row), Experiment("1", "stopped", Arm(0, 0), Arm(0, 0), None, "inconclusive")
    assert_that((wanted, Concluded(0, found)), concluded_as_wanted())
    won = Concluded(0, replace(found, conclusion="control_better"))
    assert "concluded to be 'control_better'" in told(concluded_as_wanted(), (wanted, won))
    assert (
        told(concluded_as_wanted(), (wanted, Concluded(3, found)))
        == "3 results of nothing against nothing were accepted"
    )


def test_a_training_goes_up_to_its_end() -> None:
    def job(progress: float, status: str = "running", error: str | None = None) -> Job:
        return Job("job_1", status, progress, {}, error)

    assert_that([job(0), job(0.5), job(0.5), job(1, "completed")], going_up_to_the_end())
    assert told(going_up_to_the_end(), [job(0.5), job(0.25)]) == "the progress fell from 0.5 to 0.25"
    assert told(going_up_to_the_end(), [job(0.5, "failed", "interrupted")]) == "it ended as failed (interrupted)"
    assert told(going_up_to_the_end(), [job(0.75, "completed")]) == "it was completed at a progress of 0.75"
    assert_that(job(0, "cancelled"), ended_as("cancelled"))
    assert told(ended_as("cancelled"), job(1, "completed")) == "it is completed"
    assert_that({OLD: "active"}, versions_left({OLD: "active"}))
    assert told(versions_left({OLD: "active"}), {OLD: "active", NEW: "rejected"}) == (
        "there are 1.0.0 (active), 1.1.0 (rejected)"
    )


def test_figures_agree_with_what_was_caused() -> None:
    figures = ModelFigures(50, 10, 0.2, 2100.0, 2300.0)
    assert_that(figures, counting(50, 10))
    assert told(counting(50, 10), replace(figures, errors=0)) == "they tell of 50 requests, 0 of them failed"
    assert told(counting(50, 10), replace(figures, error_rate=0.1)) == "they tell a share of errors of 0.1"
    assert_that(figures, taking(2, 2.5))
    assert told(taking(2, 2.2), figures) == "the average is told as 2.100 s and the percentile as 2.300 s"
    assert told(taking(2, 2.5), replace(figures, average_ms=2.1)) == (
        "the average is told as 0.002 s and the percentile as 2.300 s"
    )
    assert_that(1.0, coming_within("an alert", 10))
    assert told(coming_within("an alert", 10), None) == "it was waited for in vain"
    assert told(coming_within("an alert", 10), 10.5) == "it took 10.50 s"


def test_the_cache_keeps_answers() -> None:
    first, second = [served(number="1")], [served(number="2", cache_hit=True)]
    assert_that((first, second), kept_answers(1))
    assert told(kept_answers(2), (first, second)) == "1 questions were asked and 1 of them again"
    assert told(kept_answers(1), (first, first)) == "the second answer to question 1 did not come from the cache"
    assert told(kept_answers(1), (second, second)) == "question 1 was in the cache before it was asked"
    same = [served(number="1", cache_hit=True)]
    assert told(kept_answers(1), (first, same)) == "2 answers have 1 different numbers"
    other = [served(number="2", cache_hit=True, text="b")]
    assert told(kept_answers(1), (first, other)) == "the second answer to question 1 has another text"
    assert told(kept_answers(1), (first, [FAILED])) == "question 1 failed because answered 503"
    assert_that(0.1, at_most(0.1, "s"))
    assert told(at_most(0.1, "s"), 0.2) == "it was 0.2"


def test_the_cache_keeps_back_what_it_must() -> None:
    anew, hit = Cached("asked", served(), (OLD,)), Cached("asked", served(cache_hit=True), ())
    failed, in_place = Cached("asked", FAILED, (OLD,)), Cached("asked", served(fallback=True), (NEW, OLD))
    assert_that(anew, made_anew())
    assert told(made_anew(), hit) == "the question asked was answered from the cache"
    assert told(made_anew(), failed) == "the question asked failed because answered 503"
    assert told(made_anew(), replace(anew, calls=(NEW,))) == (
        "the question asked was answered by version 1.0.0, but the AI was asked 1.1.0"
    )
    assert_that(hit, answered_from_the_cache())
    assert told(answered_from_the_cache(), anew) == "the question asked made the AI be asked 1 times"
    assert_that(in_place, answered_in_place())
    assert told(answered_in_place(), anew) == "the question asked was answered by version 1.0.0"
    assert told(answered_in_place(), hit) == "the question asked was answered from the cache"
    assert_that(failed, without_an_answer())
    assert told(without_an_answer(), anew) == "the question asked was answered by version 1.0.0"


def test_the_breaker_goes_through_its_states() -> None:
    moments = [Moment("first", "closed", "closed"), Moment("then", "open", "open")]
    assert_that(moments, going_through("closed", "open"))
    assert told(going_through("closed", "closed"), moments) == "then it is open, not closed"
    assert told(going_through("closed"), moments) == "it was looked at 2 times"
    silent = [replace(moments[0], told="")]
    assert told(going_through("closed"), silent) == "first the answer tells no state, not closed"


def test_an_open_breaker_answers_at_once() -> None:
    refused = Tried(503, 0.01, "half_open", reached_ai=False)
    assert_that(refused, refused_at_once(0.5))
    assert told(refused_at_once(0.5), replace(refused, reached_ai=True)) == "the AI was asked for it"
    assert told(refused_at_once(0.5), replace(refused, status=200)) == "it was answered with 200"
    assert told(refused_at_once(0.5), replace(refused, seconds=0.6)) == "it took 0.600 s"
    trial = Tried(503, 1.8, "open", reached_ai=True)
    assert_that([refused, trial], one_trial_among(2, 0.5))
    assert told(one_trial_among(2, 0.5), [trial, trial]) == "2 of 2 reached the AI"
    late = [replace(refused, seconds=0.6), trial]
    assert told(one_trial_among(2, 0.5), late) == "of one of the others: it took 0.600 s"
    assert told(one_trial_among(2, 0.5), [replace(refused, told="open"), trial]) == (
        "one of the others was told that the breaker is open, not half_open"
    )


def test_a_patient_is_answered_without_the_ai() -> None:
    def turn(*, fallback: bool, after: float = 0.1) -> Turn:
        frame = Frame("streaming_complete", {"fallback": fallback, "content": "a"}, "", after, None, {})
        return Turn(Sent("a", None, 0.0), answer=frame)

    assert_that((turn(fallback=True), 0), fallback_at_once(0.5))
    assert told(fallback_at_once(0.5), (turn(fallback=False), 0)) == "an answer of the AI came"
    assert told(fallback_at_once(0.5), (turn(fallback=True), 2)) == "the AI was asked 2 times"
    assert told(fallback_at_once(0.5), (turn(fallback=True, after=0.7), 0)) == "it took 0.700 s"
    assert_that((turn(fallback=False), 2, 0), made_up_for())
    assert told(made_up_for(), (turn(fallback=True), 2, 0)) == "the patient read the fallback"
    assert told(made_up_for(), (turn(fallback=False), 1, 0)) == "the AI was asked 1 times"
    assert told(made_up_for(), (turn(fallback=False), 2, 1)) == "1 failures are counted"
