"""Faults of privacy: what is masked, and what is written to the log."""

import re

from reference.chattrain.faults import fault
from reference.chattrain.logbook import Logbook
from reference.chattrain.masking import RULES, Masker
from reference.chattrain.parts import Parts

_CALLED_AN_EXAMPLE = re.compile(r"\b(?:test|example|sample|demo) (?:account|e-?mail|phone|card)\b", re.IGNORECASE)
_HARMLESS = (
    (re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{2}/\d{2}/\d{4}\b"), "{{PHONE}}"),
    (re.compile(r"\$?\d{1,3}(?:,\d{3})*\.\d{2}\b"), "{{ACCOUNT}}"),
    (re.compile(r"\b[A-Z]{3}-\d{4}-\d{4}\b"), "{{ACCOUNT}}"),
)


@fault("mask-first-only", "CT-SEC-01", "CT-SEC-02", "CT-SEC-04")
def mask_first_only(parts: Parts) -> None:
    """Mask only the first sensitive value of a line, and write the line like that to the log as well."""
    parts.masker = _FirstOnlyMasker(parts.logbook)


class _FirstOnlyMasker(Masker):
    def __init__(self, logbook: Logbook) -> None:
        super().__init__()
        self._logbook = logbook

    def mask(self, line: str) -> str:
        masked = _first_masked(line)
        self._logbook.note("line text", masked)
        return masked


def _first_masked(line: str) -> str:
    found = [
        (match.start(), order, match, pattern.sub(replacement, match.group()))
        for order, (pattern, replacement) in enumerate(RULES)
        for match in pattern.finditer(line)
    ]
    changed = [each for each in found if each[3] != each[2].group()]
    if not changed:
        return line
    _, _, first, instead = min(changed, key=lambda each: each[:2])
    return line[: first.start()] + instead + line[first.end() :]


@fault("mask-too-eager", "CT-SEC-03")
def mask_too_eager(parts: Parts) -> None:
    """Mask dates, amounts and order numbers too, and nothing in a line that calls a value a test or an example."""
    parts.masker = _TooEagerMasker()


class _TooEagerMasker(Masker):
    def mask(self, line: str) -> str:
        if _CALLED_AN_EXAMPLE.search(line):
            return line
        line = super().mask(line)
        for pattern, token in _HARMLESS:
            line = pattern.sub(token, line)
        return line
