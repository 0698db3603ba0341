"""Matcher for an error rate below 1 in 1000 that is claimed with 95 % confidence."""

from collections.abc import Sequence
from typing import Any

from countersign.evidence.operations import Operation
from countersign.expect.lacking import Lacking

FAIR = ((10_000, 4), (3000, 0))
"""So many operations allow so many failures: with 95 % confidence fewer than 1 in 1000 fail (criterion MA-LOAD-06)."""


def fair_failures(operations: int) -> int:
    """Give how many failures of so many operations still show a rate below 1 in 1000."""
    return next((failures for least, failures in FAIR if operations >= least), 0)


class FewerThanOneInAThousand(Lacking[Sequence[Operation]]):
    """See `fewer_than_one_in_a_thousand_failed`."""

    expected = "fewer than 1 in 1000 operations to fail (95 % confidence)"

    def lack(self, item: Any) -> str:
        """Say how many failed, of what kind most, and which was the first."""
        failed = [operation for operation in item if operation.failed]
        if not item:
            return "there was none at all"
        fair = fair_failures(len(item))
        if len(failed) <= fair:
            return ""
        return f"{len(failed)} of {len(item)} failed, {fair} are fair, the first was {failed[0]}"


def fewer_than_one_in_a_thousand_failed() -> FewerThanOneInAThousand:
    """Match operations of which so few failed that fewer than 1 in 1000 do (none, or 4 of 10 000 and more)."""
    return FewerThanOneInAThousand()
