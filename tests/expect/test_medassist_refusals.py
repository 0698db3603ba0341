"""Refusals in one form, hostile input, floods, and the protection that answers carry."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hamcrest import assert_that

from countersign.expect.hostile import Hostility, left_as_it_was, still_healthy, withstood
from countersign.expect.medassist.error_body import Refusal, named_in, refused_in_the_common_form
from countersign.expect.medassist.floods import answered, keeps_what_it_took, told_too_fast
from countersign.expect.safe_answers import Protected, protects_its_reader, safe_cookies
from countersign.systems.description import read_description
from countersign.systems.medassist.chat import Sent, Turn
from countersign.systems.medassist.socket import Frame
from countersign.transport.answer import Answer
from tests.expect.telling import told

NUMBER = {"x-request-id": "7"}


def answer(status: int, body: Any = None, **headers: str) -> Answer:
    named = httpx.Headers({name.replace("_", "-"): value for name, value in {**NUMBER, **headers}.items()})
    return Answer(status, named, json.dumps(body).encode(), 0.1, datetime.now(UTC), "medassist: GET /api/x")


def refused(status: int, **more: Any) -> dict[str, Any]:
    return {"error": "This is not allowed.", "status_code": status, **more}


DETAIL = {"type": "missing", "loc": ["body"], "msg": "Field required"}
INVALID = {"error": "Validation error", "status_code": 422, "details": [DETAIL]}


@pytest.mark.parametrize(
    "good",
    [
        answer(403, refused(403, code="FORBIDDEN")),
        answer(422, INVALID),
        answer(401, refused(401), www_authenticate="Bearer"),
        answer(429, refused(429), retry_after="3"),
    ],
)
def test_the_common_form(good: Answer) -> None:
    assert_that(Refusal("a wish", good, good.status), refused_in_the_common_form())


@pytest.mark.parametrize(
    ("bad", "lack"),
    [
        (answer(200, {}), "met 200 instead of 403"),
        (answer(403, {"detail": "Not Found"}), "no sentence under error"),
        (answer(403, ["no"]), "the body is no object"),
        (answer(403, refused(404)), "the body says the status 404"),
        (answer(403, refused(403, trace="x")), "the body has trace beside"),
        (answer(403, {"error": 'File "main.py", line 3', "status_code": 403}), "something of the program"),
        (Answer(403, NUMBER, b"<html>", 0.1, datetime.now(UTC), "x"), "the body is no JSON"),
        (Answer(403, {}, json.dumps(refused(403)).encode(), 0.1, datetime.now(UTC), "x"), "no number"),
    ],
)
def test_what_is_not_the_common_form(bad: Answer, lack: str) -> None:
    assert lack in told(refused_in_the_common_form(), Refusal("a wish", bad, 403))


@pytest.mark.parametrize(
    ("status", "body", "lack"),
    [
        (422, refused(422), "instead of 'Validation error'"),
        (422, {**INVALID, "details": []}, "does not say what is wrong"),
        (422, {**INVALID, "details": [{**DETAIL, "input": "secret"}]}, "instead of type, loc and msg"),
        (401, refused(401), "does not say how to sign in"),
        (503, refused(503), "does not say when to come again"),
    ],
)
def test_what_a_status_asks_for_beside(status: int, body: Any, lack: str) -> None:
    assert lack in told(refused_in_the_common_form(), Refusal("a wish", answer(status, body), status))


def test_a_refusal_is_named_beforehand_by_the_description_of_its_route() -> None:
    paths = {"/api/pars/{par_id}/review": {"post": {"responses": {"200": {}, "409": {}}}}}
    description = read_description({"paths": paths}, "medassist")
    route = "POST /api/pars/{id}/review"
    assert_that(Refusal("a second decision", answer(409), 409, route), named_in(description))
    assert "does not name 404" in told(named_in(description), Refusal("no report", answer(404), 404, route))
    unknown = Refusal("no report", answer(404), 404, "GET /api/pars/{id}")
    assert told(named_in(description), unknown) == "GET /api/pars/{id} is not described"


@pytest.mark.parametrize(
    ("status", "stranger", "lack"),
    [
        (422, False, ""),
        (413, False, ""),
        (401, True, ""),
        (401, False, "it was not looked at"),
        (429, True, "it was not looked at"),
        (200, False, "was taken (200)"),
        (500, False, "a server error, 500"),
    ],
)
def test_hostile_input_is_refused_for_what_it_is(status: int, stranger: bool, lack: str) -> None:
    hostility = Hostility("a script as status", "PATCH /api/x", answer(status), stranger)
    if lack:
        assert lack in told(withstood(), hostility)
    else:
        assert_that(hostility, withstood())


def test_what_changed_is_named_and_nothing_looked_at_shows_nothing() -> None:
    assert_that(({"the report": 1}, {"the report": 1}), left_as_it_was())
    assert told(left_as_it_was(), ({"the report": 1, "the models": 2}, {"the models": 2})) == "the report changed"
    assert told(left_as_it_was(), ({}, {})) == "nothing was looked at"
    assert_that(answer(200), still_healthy())
    assert "with 503" in told(still_healthy(), answer(503))


def frame(**payload: Any) -> Frame:
    return Frame("status", payload, "", 0.0, None, {})


def turn(content: str, **parts: Any) -> Turn:
    return Turn(Sent(content, None, 0.0), **parts)


@dataclass(frozen=True)
class Flood:
    taken: list[Turn]
    later: Turn
    stored: list[str]
    refused: list[Turn] = field(default_factory=list)


def test_a_flood_keeps_what_it_took_and_nothing_else() -> None:
    took, later = turn("one", acknowledgement=frame()), turn("later", acknowledgement=frame())
    assert_that(Flood([took], later, ["one", "later"]), keeps_what_it_took())
    kept = told(keeps_what_it_took(), Flood([took], later, ["one", "two", "later"]))
    assert "1 are kept that were refused" in kept
    assert "2 messages taken 1 are not kept" in told(keeps_what_it_took(), Flood([took], later, ["one"]))
    assert "(3 in all)" in told(keeps_what_it_took(), Flood([took], later, ["one", "one", "later"]))


def test_a_message_that_came_too_fast_is_told_how_long_to_wait() -> None:
    too_fast = frame(code="RATE_LIMITED", details={"retry_after": 7})
    assert_that(turn("x", refusal=too_fast), told_too_fast())
    assert "neither" in told(told_too_fast(), turn("x"))
    assert "VALIDATION_ERROR" in told(told_too_fast(), turn("x", refusal=frame(code="VALIDATION_ERROR")))
    assert "no time to wait" in told(told_too_fast(), turn("x", refusal=frame(code="RATE_LIMITED", details={})))
    assert_that(turn("x", acknowledgement=frame(), answer=frame()), answered())
    assert "was not answered" in told(answered(), turn("x", acknowledgement=frame()))
    assert "was not taken" in told(answered(), turn("x"))


def test_answers_protect_whoever_reads_them() -> None:
    safe = answer(200, x_content_type_options="nosniff", cache_control="no-store", content_security_policy="x")
    assert_that(Protected(safe, of_api=True, page=True), protects_its_reader())
    bare = answer(200)
    assert "no nosniff" in told(protects_its_reader(), Protected(bare))
    sniffed = answer(200, x_content_type_options="nosniff")
    assert "may be kept" in told(protects_its_reader(), Protected(sniffed, of_api=True))
    assert "no Content-Security-Policy" in told(protects_its_reader(), Protected(sniffed, page=True))


def test_a_cookie_is_out_of_reach_of_scripts_and_foreign_websites() -> None:
    assert_that(Protected(answer(200)), safe_cookies())
    assert_that(Protected(answer(200, set_cookie="a=1; HttpOnly; SameSite=Lax")), safe_cookies())
    assert "'a' without SameSite" in told(safe_cookies(), Protected(answer(200, set_cookie="a=1; httponly")))
