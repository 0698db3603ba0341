"""The hub's doors, refusals, input, lists of files, parts and figures: a good and a broken example of each."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from countersign.expect import shape
from countersign.expect.modelhub import access as hub_access
from countersign.expect.modelhub import counted as hub_counted
from countersign.expect.modelhub import credentials as hub_credentials
from countersign.expect.modelhub import errors as hub_errors
from countersign.expect.modelhub import inputs as hub_inputs
from countersign.expect.modelhub import lists as hub_lists
from countersign.expect.modelhub import parts as hub_parts
from countersign.expect.page_markup import Written, shown_as_text
from countersign.expect.safe_answers import Protected, protects_its_reader
from countersign.systems.description import read_description
from countersign.transport.answer import Answer
from tests.expect.telling import told

NUMBER = "7"


def answer(status: int, body: Any = None, **headers: str) -> Answer:
    named = {"x-request-id": NUMBER, "content-type": "application/json", **headers}
    sent = httpx.Headers({name.replace("_", "-"): value for name, value in named.items()})
    return Answer(status, sent, json.dumps(body).encode(), 0.1, datetime.now(UTC), "modelhub: GET /api/v1/x")


def closed(message: str = "The credential is missing.", **more: Any) -> dict[str, Any]:
    return {"error": "unauthorized", "message": message, "request_id": NUMBER, **more}


def problem(code: str, hint: str = "Wait.") -> dict[str, Any]:
    return {"detail": "This cannot be done.", "code": code, "hint": hint, "request_id": NUMBER}


INVALID = {"detail": [{"type": "missing", "loc": ["body", "prompt"], "msg": "Field required", "input": None}]}


@pytest.mark.parametrize(
    ("status", "body", "wrong"),
    [
        (401, closed(), ""),
        (200, {"models": {}}, "met 200 instead of 401"),
        (401, closed(models={}), "was told"),
    ],
)
def test_a_stranger_is_told_to_sign_in_and_nothing_else(status: int, body: Any, wrong: str) -> None:
    tried = hub_access.Tried("a stranger", "asks", answer(status, body))
    assert hub_access.told_to_sign_in().matches(tried) is not bool(wrong)
    assert wrong in told(hub_access.told_to_sign_in(), tried) if wrong else True


def test_what_is_public_asks_nobody_to_sign_in() -> None:
    assert hub_access.open_to_all().matches(hub_access.Tried("a stranger", "asks", answer(422)))
    assert "met 401" in told(hub_access.open_to_all(), hub_access.Tried("a stranger", "asks", answer(401)))


def test_another_persons_thing_is_like_none() -> None:
    unknown = answer(404, problem("NOT_FOUND"))
    assert hub_access.like_an_unknown_one().matches((answer(404, problem("NOT_FOUND")), unknown))
    assert "met 403" in told(hub_access.like_an_unknown_one(), (answer(403), unknown))
    assert "an unknown one" in told(hub_access.like_an_unknown_one(), (answer(404, problem("OTHERS")), unknown))


def test_deeds_are_written_down_as_the_administrators() -> None:
    matcher = hub_access.written_down_as("ada", "admin", {"deleting": "delet"})
    entry = {"user_id": "ada", "role": "admin", "action": "delete_model"}
    assert matcher.matches([entry])
    assert "not written down" in told(matcher, [])
    assert "in the role 'user'" in told(matcher, [{**entry, "role": "user"}])


@pytest.mark.parametrize(
    ("status", "message", "wrong"),
    [
        (401, "The credential is expired.", ""),
        (401, "The credential is invalid.", "does not say: expired"),
        (200, "Welcome", "met 200 instead of 401"),
    ],
)
def test_false_credentials_open_nothing_and_the_cause_is_named(status: int, message: str, wrong: str) -> None:
    shown = hub_credentials.FalseCredential("an old token", answer(status, closed(message)), ("expired",))
    assert hub_credentials.opens_nothing_and_says_why().matches(shown) is not bool(wrong)
    assert wrong in told(hub_credentials.opens_nothing_and_says_why(), shown) if wrong else True


def test_a_refused_wish_says_why_and_repeats_no_password() -> None:
    matcher = hub_credentials.refused_in_words()
    assert matcher.matches(hub_credentials.Wish("a weak one", answer(400, problem("BAD")), (400,), given="weak"))
    assert "met 200" in told(matcher, hub_credentials.Wish("a weak one", answer(200), (400,)))
    repeating = answer(400, {"detail": "weak is too short"})
    assert "repeats it" in told(matcher, hub_credentials.Wish("a weak one", repeating, (400,), given="weak"))
    assert "without naming days" in told(matcher, hub_credentials.Wish("one", answer(422, INVALID), (422,), "days"))


@pytest.mark.parametrize(
    ("good", "code"),
    [
        (answer(401, closed()), ""),
        (answer(409, problem("MODEL_BUSY")), "MODEL_BUSY"),
        (answer(422, INVALID), ""),
        (answer(503, problem("FEATURE_OFF"), retry_after="5"), ""),
        (answer(404, problem("NOT_FOUND", "")), ""),
    ],
)
def test_explained_refusals(good: Answer, code: str) -> None:
    assert hub_errors.explained().matches(hub_errors.Refusal("it", good, good.status, code))


@pytest.mark.parametrize(
    ("bad", "status", "wrong"),
    [
        (answer(500, problem("INTERNAL")), 422, "met 500 instead of 422"),
        (answer(409, problem("MODEL_BUSY", " ")), 409, "what to do next"),
        (answer(409, problem("NO_UPDATE")), 409, "its code is"),
        (answer(503, problem("MODEL_BUSY")), 503, "Retry-After"),
        (answer(404, {**problem("MODEL_BUSY"), "request_id": ""}), 404, "tells the number ''"),
        (answer(422, {"detail": "wrong"}), 422, "what is wrong (detail)"),
        (answer(422, {"detail": [{"msg": "wrong"}]}), 422, "instead of type, loc, msg"),
        (answer(401, {"detail": "no"}), 401, "no sentence under error"),
    ],
)
def test_refusals_that_explain_nothing(bad: Answer, status: int, wrong: str) -> None:
    assert wrong in told(hub_errors.explained(), hub_errors.Refusal("it", bad, status, "MODEL_BUSY"))


def test_wrong_input_is_refused_by_name() -> None:
    matcher = hub_inputs.refused_by_name()
    assert matcher.matches(hub_inputs.Mistake("no prompt", answer(422, INVALID), (422,), "prompt"))
    assert "without naming steps" in told(matcher, hub_inputs.Mistake("x", answer(422, INVALID), (422,), "steps"))
    assert "a server error, 500" in told(matcher, hub_inputs.Mistake("x", answer(500), (422,)))
    assert "where it is wrong" in told(matcher, hub_inputs.Mistake("x", answer(422, {"detail": "no"}), (422,)))


def test_accepted_values_are_used() -> None:
    assert hub_inputs.used_as_sent().matches(hub_inputs.Used("the strength", 0, 0))
    assert "became 1.0" in told(hub_inputs.used_as_sent(), hub_inputs.Used("the strength", 0, 1.0))


def bad_download(**more: Any) -> hub_lists.BadDownload:
    usual: dict[str, Any] = {
        "what": "a path out of it",
        "started": answer(202),
        "status": "failed",
        "reason": "bad_file_list",
        "wanted": ("bad_file_list",),
        "announced": 1000,
        "stored": 1000,
        "available": False,
    }
    return hub_lists.BadDownload(**{**usual, **more})


def test_bad_lists_fail_and_store_nothing_more() -> None:
    matcher, storing = hub_lists.failed_for_its_list(), hub_lists.storing_no_more_than_announced()
    assert matcher.matches(bad_download())
    assert storing.matches(bad_download())
    assert "is completed" in told(matcher, bad_download(status="completed", reason=None))
    assert "expected failed" in told(matcher, bad_download(reason="timeout"))
    assert "offered for use" in told(matcher, bad_download(available=True))
    assert "MB too much" in told(storing, bad_download(stored=3 * 1_048_576))
    assert hub_lists.nothing_escaped().matches([])
    assert "1 escaped: /x" in told(hub_lists.nothing_escaped(), ["/x"])


def away(**more: Any) -> hub_parts.PartAway:
    usual: dict[str, Any] = {
        "part": "redis",
        "told_after": 1.0,
        "status": "degraded",
        "code": 200,
        "down": ("redis",),
        "well_after": 1.0,
        "last": "'healthy'",
    }
    return hub_parts.PartAway(**{**usual, **more})


@pytest.mark.parametrize(
    ("bad", "wrong"),
    [
        ({"told_after": None}, "went on saying"),
        ({"told_after": 6.0}, "after 6.00 s"),
        ({"down": ("redis", "engine")}, "also told that engine is down"),
        ({"status": "unhealthy", "code": 503}, "expected degraded"),
        ({"unusable": True}, "expected unhealthy"),
    ],
)
def test_outages_are_told_by_name(bad: dict[str, Any], wrong: str) -> None:
    assert hub_parts.told_by_name_within(5).matches(away())
    assert wrong in told(hub_parts.told_by_name_within(5), away(**bad))


def test_returns_are_told() -> None:
    assert hub_parts.well_again_within(5).matches(away())
    assert "went on saying" in told(hub_parts.well_again_within(5), away(well_after=None))


def test_alerts_come_at_both_ends_and_once() -> None:
    began = hub_parts.Alert("component_down", "high", "The part redis is down.", "1")
    over = hub_parts.Alert("component_down", "info", "Over: component redis.", "2")
    matcher = hub_parts.one_alert_at_each_end(["redis"])
    assert matcher.matches([began, over])
    assert "were: high" in told(matcher, [began])
    assert "were: high, high, info" in told(matcher, [began, began, over])
    assert "were: none" in told(matcher, [])


def test_figures_count_what_was_done() -> None:
    assert hub_counted.counted_as_done().matches(hub_counted.Counted("calls", "x_total", 7, 7.0))
    assert "done 7, counted 0" in told(hub_counted.counted_as_done(), hub_counted.Counted("calls", "x_total", 7, 0.0))


def test_processes_tell_what_they_use() -> None:
    before = {name: {"api": 1.0} for name in hub_counted.USES}
    after = {name: {"api": 2.0} for name in hub_counted.USES}
    matcher = hub_counted.telling_of_each_process(["api"])
    assert matcher.matches(hub_counted.Uses(before, after))
    assert "stood still" in told(matcher, hub_counted.Uses(after, after))
    assert "of api fell" in told(matcher, hub_counted.Uses(after, before))
    assert "tells nothing of monitor" in told(
        hub_counted.telling_of_each_process(["api", "monitor"]), hub_counted.Uses(before, after)
    )


DOCUMENT = {
    "paths": {
        "/x/{id}": {
            "get": {
                "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/X"}}}}}
            }
        }
    },
    "components": {
        "schemas": {
            "X": {
                "type": "object",
                "required": ["name", "parts"],
                "properties": {
                    "name": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                    "parts": {"type": "array", "items": {"type": "integer"}},
                    "kind": {"enum": ["a", "b"]},
                },
            }
        }
    },
}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"name": None, "parts": [1]}, ""),
        ({"name": "x"}, "it has no parts"),
        ({"name": 5, "parts": []}, "name of it is int"),
        ({"name": "x", "parts": [1, True]}, "number 2 of parts of it is bool"),
        ({"name": "x", "parts": [], "kind": "c"}, "kind of it is 'c'"),
        ([], "it is list, described as object"),
    ],
)
def test_answers_are_as_described(body: Any, wrong: str) -> None:
    matcher = shape.as_described_in(read_description(DOCUMENT, "modelhub"))
    compared = shape.Compared("GET", "/x/{}", answer(200, body))
    assert matcher.matches(compared) is not bool(wrong)
    assert wrong in told(matcher, compared) if wrong else True


def test_services_that_nobody_answers_at() -> None:
    nowhere = answer(404, problem("NOT_FOUND"))
    assert shape.reachable().matches(shape.Reached("GET /x", answer(404, problem("MODEL_NOT_FOUND")), nowhere))
    assert "does not exist" in told(
        shape.reachable(), shape.Reached("GET /x", answer(404, problem("NOT_FOUND")), nowhere)
    )
    assert "met 405" in told(shape.reachable(), shape.Reached("GET /x", answer(405), nowhere))


def test_markup_is_shown_as_text() -> None:
    assert shown_as_text().matches(Written("the notes", "<b>x</b>", "New: <b>x</b>"))
    assert "the page shows 'New: x'" in told(shown_as_text(), Written("the notes", "<b>x</b>", "New: x"))


def test_answers_forbid_to_be_framed() -> None:
    safe = answer(200, {}, x_content_type_options="nosniff", x_frame_options="DENY", referrer_policy="no-referrer")
    assert protects_its_reader().matches(Protected(safe, framed=True))
    bare = answer(200, {}, x_content_type_options="nosniff")
    assert "inside another website" in told(protects_its_reader(), Protected(bare, framed=True))
