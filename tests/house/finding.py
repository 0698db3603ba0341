"""What a broken house rule looks like: where, what, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One place that breaks a rule. `path` is relative to the repository, `line` counts from 1."""

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}\n    mend: {self.mend}"


def assert_none(findings: Iterable[Finding]) -> None:
    """Fail with every finding, sorted by place, so that one run shows all there is to mend."""
    found = sorted(set(findings))
    if found:
        listing = "\n".join(str(finding) for finding in found)
        raise AssertionError(f"{len(found)} places break this rule of the house:\n{listing}")


def whats(findings: Iterable[Finding]) -> list[str]:
    """Give only what was found, for the tests that show a rule a broken example."""
    return [finding.what for finding in findings]
