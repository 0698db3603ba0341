"""Lines with personal numbers and what became of them."""

import pytest
from hamcrest import assert_that
from hamcrest.core.string_description import StringDescription

from countersign.expect.chattrain.masking import Row, Sighting, masked

ROW = Row.read(
    {
        "row": "two accounts",
        "line": "My account AC-123456, or ac-654321",
        "kept": "My <account >{{ACCOUNT}}, or {{ACCOUNT}}",
        "values": {"account number": ["AC-123456", "ac-654321"]},
    }
)
PLAIN = Row.read({"row": "a date", "line": "It came on 2026-05-17"})


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (ROW, "My account {{ACCOUNT}}, or {{ACCOUNT}}"),
        (ROW, "My {{ACCOUNT}}, or {{ACCOUNT}}"),
        (PLAIN, "It came on 2026-05-17"),
    ],
)
def test_a_masked_line_fits_with_or_without_the_word_before_the_placeholder(row: Row, text: str) -> None:
    assert_that(Sighting(row, "the prompt", text), masked())


@pytest.mark.parametrize(
    ("row", "text", "said"),
    [
        (
            ROW,
            "My account {{ACCOUNT}}, or AC-654321",
            "row 'two accounts': the 2nd account number stood there unmasked",
        ),
        (ROW, "{{ACCOUNT}}, or {{ACCOUNT}}", "the line was to be 'My account {{ACCOUNT}}, or {{ACCOUNT}}', but was"),
        (ROW, "My account {{CARD}}, or {{ACCOUNT}}", "but was 'My account {{CARD}}, or {{ACCOUNT}}'"),
        (PLAIN, "It came on {{PHONE}}", "in the prompt, row 'a date': the line was to be"),
        (PLAIN, None, "the line was not there"),
    ],
)
def test_what_is_wrong_is_said_without_the_raw_value(row: Row, text: str | None, said: str) -> None:
    description = StringDescription()
    sighting = Sighting(row, "the prompt", text)
    assert not masked().matches(sighting)
    masked().describe_mismatch(sighting, description)
    assert said in str(description)
    assert "654321" not in str(description)
