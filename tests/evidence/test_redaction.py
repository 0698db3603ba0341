"""Secrets and personal data never pass; ids, scores and times stay readable."""

import time

import pytest

from countersign.errors import SuiteError
from countersign.evidence import Redactor


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Authorization: Bearer abcdefgh12345", "Authorization: [redacted]"),
        ("curl -H 'Bearer abcdefgh12345'", "curl -H 'Bearer [redacted]'"),
        ("Basic dXNlcjpwYXNz", "Basic [redacted]"),
        ("X-Operator-Key: open sesame", "X-Operator-Key: [redacted]"),
        ("sent x-session-token=abc, then", "sent x-session-token=[redacted], then"),
        ("/chat/7?token=abcDEF&x=1", "/chat/7?token=[redacted]&x=1"),
        ('{"session_token": "a\\"bc", "id": 7}', '{"session_token": "[redacted]", "id": 7}'),
        ("{'token': 'x y'}", "{'token': '[redacted]'}"),
        ('{"password":"hunter2"}', '{"password":"[redacted]"}'),
        ("key sk-abcdef123456 used", "key [redacted] used"),
        ("postgres://me:secret@db/x", "postgres://me:[redacted]@db/x"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc_d-e", "[redacted]"),
        ("My account AC-123456", "My account [account]"),
        ("Account AC-123456 and card 1234-5678-9012-3456", "Account [account] and card [card]"),
        ("Email john@test.com phone 555-123-4567", "Email [email] phone [phone]"),
        ("SSN 123-45-6789 policy P-987654", "SSN [ssn] policy [policy]"),
        ("ssn 123456789", "ssn [ssn]"),
        ("ID CID-789012 and account number ACC-456789", "ID [account] and account number [account]"),
        ("Call (555) 123-4567 or 1-800-555-0123 or +81 90-1234-5678.", "Call [phone] or [phone] or [phone]."),
        ("ac-000000, AC-111111 and ACCT-1234567", "[account], [account] and [account]"),
        ("Account number: 12345678, amex 3782 822463 10005", "Account number: [account], amex [card]"),
        ("policy number AB1234567", "policy number [policy]"),
        ("call 5551234567 now, card 4111111111111111", "call [phone] now, card [card]"),
        ('{"content": "5551234567"}', '{"content": "[phone]"}'),
    ],
)
def test_secrets_and_personal_data_are_taken_out(text: str, clean: str) -> None:
    assert Redactor().text(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Order ORD-2024-0156 came on 2026-05-17 at 15:30 for $1,299.00, wait 48 hours, version 1.2.3",
        "2026-05-17T15:30:00.123456Z",
        "2026-05-17T15:30:00+00:00",
        "2026-05-17 15:30:00.123456789",
        '{"id": 5551234567, "ids": [5551234567, 5551234568], "tokens": 12}',
        "/api/sessions?id=5551234567",
        "1779000000.123 1779000000 1779000000123 1779000000123456",
        "123e4567-e89b-12d3-a456-426614174000",
        "run 20261107-142233-ab12 of pilot_user_1-20261107142233",
        "http://127.0.0.1:54321/api scored 93, 16.67 %, 100",
        "basic information for the bearer of news",
        "the customer's password reset and the secret of a good token",
        "CT-SEC-01 CT-CHAT-03 session 1234567 message_id 98765",
        "0.30 s, 12 of 20, 3.00 s, 1048576 bytes",
    ],
)
def test_ids_scores_and_times_stay_readable(text: str) -> None:
    assert Redactor().text(text) == text


def test_a_registered_secret_is_hidden_however_it_is_written() -> None:
    redactor = Redactor()
    redactor.register('s3cr/et+val "ue', "operator key")
    for written in ('s3cr/et+val "ue', "s3cr%2Fet%2Bval%20%22ue", "s3cr%2fet%2bval+%22ue", 's3cr/et+val \\"ue'):
        assert redactor.text(f"see {written}.") == "see [operator key]."


def test_the_longer_of_two_registered_secrets_is_hidden_whole() -> None:
    redactor = Redactor()
    redactor.register("hidden-value", "one")
    redactor.register("hidden-value-and-more", "two")
    assert redactor.text("hidden-value-and-more hidden-value") == "[two] [one]"


def test_a_secret_too_short_to_hide_is_refused() -> None:
    with pytest.raises(SuiteError, match="operator key is too short"):
        Redactor().register("abc", "operator key")


def test_values_are_redacted_all_through() -> None:
    value = {"session_token": "abc", "items": [{"text": "john@test.com"}, 5551234567], "token": 7, "score": 93}
    assert Redactor().value(value) == {
        "session_token": "[redacted]",
        "items": [{"text": "[email]"}, 5551234567],
        "token": 7,
        "score": 93,
    }


@pytest.mark.parametrize(
    "text",
    ["a" * 50_000 + "@", "+1" * 25_000, "1 " * 25_000, "://a:" * 10_000 + "@", '"token":"' * 6000, "eyJ." * 12_000],
)
def test_a_text_made_to_be_slow_is_redacted_in_reasonable_time(text: str) -> None:
    began = time.process_time()
    Redactor().text(text)
    assert time.process_time() - began < 1.0


def test_half_a_character_is_written_out_so_that_a_file_can_hold_it() -> None:
    assert Redactor().text("kana かな, half \ud800 a character") == "kana かな, half \\ud800 a character"


def test_hundreds_of_secrets_are_hidden_and_soon_registered() -> None:
    redactor = Redactor()
    secrets_of_all = [f"secret-{number:04d}-{'x' * 150}" for number in range(400)]
    began = time.process_time()
    for secret in secrets_of_all:
        redactor.register(secret, "token")
    assert time.process_time() - began < 3
    assert redactor.text(" ".join(secrets_of_all)) == " ".join(["[token]"] * 400)


def test_a_secret_inside_of_another_one_leaves_nothing_of_the_longer_one() -> None:
    redactor = Redactor()
    redactor.register("inside", "short one")
    for number in range(60):
        redactor.register(f"quite-other-{number:03d}", "other")
    redactor.register("before-inside-after", "long one")
    redactor.register("another-000", "more")
    assert redactor.text("before-inside-after, inside, quite-other-059") == "[long one], [short one], [other]"
