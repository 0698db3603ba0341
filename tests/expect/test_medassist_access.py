"""Who may do what, with which credentials, and how long."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hamcrest import assert_that

from countersign.expect.credentials import Shown, accepted, opens_nothing, told_deactivated
from countersign.expect.medassist.access_matrix import Cell, as_the_matrix_says
from countersign.expect.medassist.line_ends import Ending, ended_with_access
from countersign.expect.medassist.sign_in import (
    Choice,
    held_up_after,
    refused_silently,
    say_the_same,
    taken_already,
    told_to_wait_a_minute_at_most,
)
from countersign.expect.medassist.staff_roles import Registered, a_patient_at_most, refused_without_trace
from countersign.transport.answer import Answer
from tests.expect.telling import told

BEARER = {"www-authenticate": "Bearer"}


def answer(status: int, body: bytes = b"{}", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, body, 0.1, datetime.now(UTC), "medassist: GET /api/auth/me")


def cell(wanted: str, got: str, **more: Any) -> Cell:
    return Cell("a nurse", "rolls a model back", "POST /api/models/x/rollback", wanted, got, **more)


def test_a_matrix_holds_when_every_cell_came_as_stated() -> None:
    assert_that([cell("403", "403"), cell("open, read only", "open, read only")], as_the_matrix_says())
    assert told(as_the_matrix_says(), []) == "nothing was tried"


def test_the_first_wrong_cell_is_named_in_words() -> None:
    said = told(as_the_matrix_says(), [cell("403", "403"), cell("403", "200"), cell("200", "500")])
    assert said.startswith(
        "a nurse who rolls a model back (POST /api/models/x/rollback) met 200, and the matrix says 403"
    )
    assert said.endswith("(2 of 3 cells are wrong)")


@pytest.mark.parametrize(
    ("shows", "data", "lack"),
    [
        ("own sessions", [{"patient_id": "me"}], ""),
        ("own sessions", [{"patient_id": "me"}, {"patient_id": "you"}], "was shown sessions of 2 patients"),
        ("own sessions", [], "was shown sessions of 0 patients"),
        ("sessions of all", [{"patient_id": "me"}, {"patient_id": "you"}], ""),
        ("sessions of all", [{"patient_id": "me"}], "was not shown the sessions of 1 of 2 patients"),
        ("own actions", {"logs": [{"user_id": "me"}]}, ""),
        ("own actions", {"logs": [{"user_id": "me"}, {"user_id": "you"}]}, "was shown the actions of 2 people"),
        ("actions of all", {"logs": [{"user_id": "me"}, {"user_id": "you"}]}, ""),
        ("actions of all", {"logs": [{"user_id": "me"}]}, "was shown the actions of 1 people, not of all"),
        ("patient view", {"id": "1", "assessment": "rest"}, ""),
        ("patient view", {"id": "1", "override_reason": "because"}, "was shown what is for nurses: override_reason"),
    ],
)
def test_a_list_holds_what_is_meant_for_who_asks(shows: str, data: Any, lack: str) -> None:
    people = {"self": "me", "owner": "me", "other": "you"}
    shown = cell("200", "200", shows=shows, data=data, people=people)
    if lack:
        assert lack in told(as_the_matrix_says(), [shown])
    else:
        assert_that([shown], as_the_matrix_says())


def test_credentials_open_nothing_when_they_met_401_and_a_word_on_signing_in() -> None:
    assert_that(Shown("junk", answer(401, **BEARER)), opens_nothing())
    assert told(opens_nothing(), Shown("junk", answer(200))).endswith("met 200 instead of 401")
    assert "WWW-Authenticate was ''" in told(opens_nothing(), Shown("junk", answer(401)))


def test_a_deactivated_account_is_told_so() -> None:
    good = answer(403, b'{"error": "x", "code": "ACCOUNT_DISABLED"}')
    assert_that(Shown("a token", good), told_deactivated())
    assert "met 401 instead of 403" in told(told_deactivated(), Shown("a token", answer(401)))
    other = answer(403, b'{"error": "x", "code": "FORBIDDEN"}')
    assert "'FORBIDDEN'" in told(told_deactivated(), Shown("a token", other))


def test_good_credentials_are_accepted() -> None:
    assert_that(Shown("a token", answer(204)), accepted())
    assert "met 401" in told(accepted(), Shown("a token", answer(401)))


@pytest.mark.parametrize(
    ("ending", "lack"),
    [
        (Ending("the chat", 1008, 4.9), ""),
        (Ending("the chat", None, 15.0), "still open after 15.0 s"),
        (Ending("the chat", 1006, 1.0), "closed with 1006"),
        (Ending("the chat", 1008, 5.1), "closed after 5.1 s"),
    ],
)
def test_an_open_line_ends_with_its_access(ending: Ending, lack: str) -> None:
    if lack:
        assert lack in told(ended_with_access(5), ending)
    else:
        assert_that(ending, ended_with_access(5))


def test_a_wish_to_be_staff_is_forbidden_and_leaves_nobody() -> None:
    assert_that(Registered("the role nurse", "a patient", answer(403), None), refused_without_trace())
    made = Registered("the role nurse", "a patient", answer(201), "nurse")
    assert told(refused_without_trace(), made) == "a patient who registers with the role nurse met 201 instead of 403"
    left = Registered("the role nurse", "a patient", answer(403), "nurse")
    assert "there is an account (nurse) all the same" in told(refused_without_trace(), left)


@pytest.mark.parametrize(
    ("role", "status", "reads_queue", "lack"),
    [
        (None, 422, False, ""),
        ("patient", 201, False, ""),
        ("nurse", 201, True, "became nurse"),
        ("patient", 201, True, "can read the nurses' queue"),
        ("patient", 422, False, "there is an account (patient) all the same"),
        (None, 500, False, "a server error"),
    ],
)
def test_a_trick_makes_a_patient_at_most(role: str | None, status: int, reads_queue: bool, lack: str) -> None:
    registered = Registered("the role in capitals", "a stranger", answer(status), role, reads_queue)
    if lack:
        assert lack in told(a_patient_at_most(), registered)
    else:
        assert_that(registered, a_patient_at_most())


def test_a_weak_password_is_refused_and_not_repeated() -> None:
    assert_that(Choice("no digit", "Weakgqzx", answer(422, b'{"error": "no"}'), False), refused_silently())
    repeated = Choice("no digit", "Weakgqzx", answer(422, b'{"error": "Weakgqzx is weak"}'), False)
    assert told(refused_silently(), repeated) == "the refusal of a password of no digit repeats the password"
    assert "met 201" in told(refused_silently(), Choice("no digit", "Weakgqzx", answer(201), True))
    assert "opens an account" in told(refused_silently(), Choice("no digit", "Weakgqzx", answer(422), True))


def test_refusals_that_differ_give_addresses_away() -> None:
    same = [answer(401, b"wrong"), answer(401, b"wrong")]
    assert_that(same, say_the_same())
    assert "2 different refusals" in told(say_the_same(), [*same, answer(401, b"no such address")])
    assert "met 404" in told(say_the_same(), [*same, answer(404, b"wrong")])
    assert told(say_the_same(), []) == "nothing was tried"


def test_guessing_is_held_up_after_so_many_tries_and_not_before() -> None:
    wrong, wait = answer(401), answer(429, retry_after="60")
    assert_that([wrong, wrong, wait], held_up_after(2))
    assert "number 3 was not held up" in told(held_up_after(2), [wrong, wrong, wrong])
    assert "number 2 met 429" in told(held_up_after(2), [wrong, wait, wait])
    assert "told to wait 61 s" in told(held_up_after(2), [wrong, wrong, answer(429, retry_after="61")])
    assert "only 2 passwords" in told(held_up_after(2), [wrong, wrong])
    assert_that(wait, told_to_wait_a_minute_at_most())
    assert "met 200" in told(told_to_wait_a_minute_at_most(), answer(200))


def test_an_address_that_is_taken_is_refused_as_such() -> None:
    assert_that(answer(400), taken_already())
    assert "met 201" in told(taken_already(), answer(201))
