"""Replace sensitive values in a trainee's line by tokens, before anything is stored, logged, counted or sent.

Everything outside the values stays as it was typed. A bare run of 10 digits counts as a phone number and one of 9 as a
social-security number: privacy before precision.
"""

import re
from collections.abc import Callable

_GAP = r"[ \u00a0\-\u2010-\u2013]"
_DIAL_GAP = r"[ \u00a0.\-\u2010-\u2013]"
_NO_DIGIT_BEFORE = r"(?<!\d)"
_NO_DIGIT_AFTER = r"(?!\d)"
_NOT_IN_A_CODE = r"(?<!\w)(?<![A-Za-z]-)"

Replacement = str | Callable[[re.Match[str]], str]


def _rule(pattern: str, replacement: Replacement) -> tuple[re.Pattern[str], Replacement]:
    return re.compile(pattern, re.IGNORECASE), replacement


def _foreign_phone(match: re.Match[str]) -> str:
    digits = sum(character.isdigit() for character in match.group())
    return "{{PHONE}}" if 8 <= digits <= 15 else match.group()


_LEAD = r"(?:\s*(?:number|no\b\.?|\#))?(?:\s*(?:is\b|:|=|\#))?\s*"

# Order matters: what has the more telling form is masked first, bare runs of digits last.
RULES = (
    _rule(r"(?<![\w.%+-])[\w.%+-]+@[\w-]+(?:\.[\w-]+)+", "{{EMAIL}}"),
    _rule(r"(?<!\w)(?:ACC-\d{6}|AC-\d{6}|CID-\d{6}|ACCT-\d{6,10})(?!\d)", "{{ACCOUNT}}"),
    _rule(r"(?<!\w)P-\d{6}(?!\d)", "{{POLICY}}"),
    _rule(rf"(?<!\w)(policy{_LEAD})[A-Z]{{1,3}}-?\d{{6,10}}(?!\d)", r"\1{{POLICY}}"),
    _rule(rf"{_NO_DIGIT_BEFORE}\d{{4}}(?:{_GAP}\d{{4}}){{3}}{_NO_DIGIT_AFTER}", "{{CARD}}"),
    _rule(rf"{_NO_DIGIT_BEFORE}\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{5}}{_NO_DIGIT_AFTER}", "{{CARD}}"),
    _rule(rf"{_NO_DIGIT_BEFORE}\d{{15,16}}{_NO_DIGIT_AFTER}", "{{CARD}}"),
    _rule(rf"(?<!\w)(account{_LEAD})\d{{6,12}}{_NO_DIGIT_AFTER}", r"\1{{ACCOUNT}}"),
    _rule(rf"{_NO_DIGIT_BEFORE}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{4}}{_NO_DIGIT_AFTER}", "{{SSN}}"),
    _rule(rf"\+\d{{1,3}}{_DIAL_GAP}?(?:\(?\d{{1,4}}\)?{_DIAL_GAP}?){{1,4}}\d{{2,4}}{_NO_DIGIT_AFTER}", _foreign_phone),
    _rule(
        rf"{_NO_DIGIT_BEFORE}(?:1{_DIAL_GAP})?(?:\(\d{{3}}\){_DIAL_GAP}?|\d{{3}}{_DIAL_GAP})"
        rf"\d{{3}}{_DIAL_GAP}?\d{{4}}{_NO_DIGIT_AFTER}",
        "{{PHONE}}",
    ),
    _rule(rf"{_NOT_IN_A_CODE}(?:1?\d{{10}}|\d{{6}}{_DIAL_GAP}\d{{4}}){_NO_DIGIT_AFTER}", "{{PHONE}}"),
    _rule(rf"{_NOT_IN_A_CODE}\d{{9}}{_NO_DIGIT_AFTER}", "{{SSN}}"),
)
"""What is looked for, in this order, and what stands in its place."""


class Masker:
    """Masks account, card, phone, e-mail, social-security and policy numbers."""

    def __init__(self, enabled: bool = True) -> None:
        """Mask, unless the operator switched it off with ENABLE_MASKING."""
        self._enabled = enabled

    def mask(self, line: str) -> str:
        """Give `line` with every sensitive value replaced by its token."""
        if not self._enabled:
            return line
        for pattern, replacement in RULES:
            line = pattern.sub(replacement, line)
        return line
