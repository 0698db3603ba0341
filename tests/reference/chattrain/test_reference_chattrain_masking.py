"""Sensitive values are replaced by their tokens and everything else stays."""

import pytest

from reference.chattrain.masking import Masker

TABLE = (
    ("My account AC-123456", "My account {{ACCOUNT}}"),
    ("Account AC-123456 and card 1234-5678-9012-3456", "Account {{ACCOUNT}} and card {{CARD}}"),
    ("Email john@test.com phone 555-123-4567", "Email {{EMAIL}} phone {{PHONE}}"),
    ("SSN 123-45-6789 policy P-987654", "SSN {{SSN}} policy {{POLICY}}"),
    (
        "Customer ID CID-789012 and account number ACC-456789",
        "Customer ID {{ACCOUNT}} and account number {{ACCOUNT}}",
    ),
    ("Call (555) 123-4567 or 1-800-555-0123 or +81 90-1234-5678", "Call {{PHONE}} or {{PHONE}} or {{PHONE}}"),
    (
        "This is a test account ac-000000, two: AC-111111 and AC-222222",
        "This is a test account {{ACCOUNT}}, two: {{ACCOUNT}} and {{ACCOUNT}}",
    ),
    ("Account number: 12345678, amex 3782 822463 10005", "Account number: {{ACCOUNT}}, amex {{CARD}}"),
    ("ACCT-1234567890 and acct-123456.", "{{ACCOUNT}} and {{ACCOUNT}}."),
    ("account # 123456789012!", "account # {{ACCOUNT}}!"),
    ("account 123456789 is mine", "account {{ACCOUNT}} is mine"),
    ("cards 378282246310005, 4111111111111111 and 4111 1111 1111 1111", "cards {{CARD}}, {{CARD}} and {{CARD}}"),
    ("5551234567 or 555.123.4567 or 555 123 4567 or (555)123-4567", "{{PHONE}} or {{PHONE}} or {{PHONE}} or {{PHONE}}"),
    ("+1 555 123 4567, +49 (30) 1234567", "{{PHONE}}, {{PHONE}}"),
    ("1 (800) 555-0123 and 18005550123", "{{PHONE}} and {{PHONE}}"),
    ("(555-123-4567)", "({{PHONE}})"),
    ("123456789, 123 45 6789", "{{SSN}}, {{SSN}}"),
    ("my policy AB1234567 and policy number X123456", "my policy {{POLICY}} and policy number {{POLICY}}"),
    ("a.b+c@sub.example.co.uk.", "{{EMAIL}}."),
    ("example email: Ann_Lee@test.org, sample phone 555-123-4567", "example email: {{EMAIL}}, sample phone {{PHONE}}"),
    ("demo card 1234567812345678", "demo card {{CARD}}"),
)
UNCHANGED = (
    "Order ORD-2024-0156 came on 2026-05-17 at 15:30 for $1,299.00, wait 48 hours, version 1.2.3",
    "Report RPT-2026-0042, order 4711, room 12, 05/17/2026, 17.05.2026, 10:15-11:45",
    "It costs 1299.50 EUR or 12 500 yen, about 20 %, in 2026.",
    "[[script do=delay seconds=5]] echo 'quotes' \\ back / slash",
    "こんにちは 😀 café <b>hi</b> select the option -- thanks",
    "policy and account are words, {{EMAIL}} stays",
)


@pytest.mark.parametrize(("typed", "kept"), TABLE)
def test_values_are_masked(typed: str, kept: str) -> None:
    assert Masker().mask(typed) == kept


@pytest.mark.parametrize("typed", UNCHANGED)
def test_everything_else_stays(typed: str) -> None:
    assert Masker().mask(typed) == typed


def test_masking_twice_changes_nothing() -> None:
    once = [Masker().mask(typed) for typed, _ in TABLE]
    assert [Masker().mask(line) for line in once] == once


def test_it_can_be_switched_off_by_the_operator() -> None:
    assert Masker(enabled=False).mask("AC-123456") == "AC-123456"
