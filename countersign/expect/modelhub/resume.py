"""Matchers for downloads that were interrupted: where they go on, and what is transferred twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.files import as_published
from countersign.systems.modelhub.model import MB
from countersign.systems.modelhub.seen import Seen


@dataclass(frozen=True)
class Interrupted:
    """A download that was interrupted once; `how` says by what. `digests` are the SHA-256 of its files, by name."""

    how: str
    seen: Seen
    digests: Mapping[str, str]


class Continued(Lacking[Interrupted]):
    """See `continued_where_it_stopped`."""

    expected = "a download that goes on where it stopped, with at most 1 MB transferred twice"

    def lack(self, item: Any) -> str:
        """Say what was transferred needlessly, or that it did not arrive."""
        last, sent, size = item.seen.last, item.seen.sent, item.seen.size
        if last.status != "completed":
            return f"after {item.how} it is {last.status} ({last.failure_reason})"
        if not any(file.ranged for file in sent.files.values()):
            return f"after {item.how} nobody asked the source for the rest of a file"
        twice = sent.size - size
        return f"after {item.how} {twice / MB:.2f} MB were transferred twice" if twice > MB else ""


def continued_where_it_stopped() -> Continued:
    """Match an interrupted download that was resumed as contract 6.2 says."""
    return Continued()


class Whole(Lacking[Interrupted]):
    """See `whole_and_right`."""

    expected = "a download that arrives with exactly the published bytes"

    def lack(self, item: Any) -> str:
        """Say what is not right."""
        if item.seen.last.status != "completed":
            return f"after {item.how} it is {item.seen.last.status} ({item.seen.last.failure_reason})"
        wrong = as_published(item.seen.published).lack(item.digests)
        return f"after {item.how} {wrong}" if wrong else ""


def whole_and_right() -> Whole:
    """Match an interrupted download whose files are the published ones."""
    return Whole()
