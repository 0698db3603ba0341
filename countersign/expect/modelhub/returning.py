"""Matchers for downloads whose source went away and came back: they go on by themselves, and everybody agrees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.expect.modelhub.files import as_published
from countersign.systems.modelhub.model import MB, Status
from countersign.systems.modelhub.seen import Seen


@dataclass(frozen=True)
class Return:
    """One download after one return of the source: seconds until bytes came again, None if none came in the time.

    `how` says which cut it was, `state` how the download was when it was looked at last.
    """

    how: str
    model_id: str
    after: float | None
    state: str


class GoesOnWithin(Lacking[Return]):
    """See `goes_on_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"a download that goes on by itself within {limit:g} s of the source's return"

    def lack(self, item: Any) -> str:
        """Say that it did not, or when."""
        if item.after is None:
            return f"after {item.how} the download of {item.model_id} had not gone on, it was {item.state}"
        late = item.after > self.limit
        return f"after {item.how} the download of {item.model_id} went on after {item.after:.1f} s" if late else ""


def goes_on_within(limit: float) -> GoesOnWithin:
    """Match a download of which bytes came again within `limit` seconds of the return."""
    return GoesOnWithin(limit)


@dataclass(frozen=True)
class Arrived:
    """A download that is over, and what is told of its model: by the status, by the frames and by the disk.

    `cuts` is how often its connection was cut; `snapshot` is what a client is told that joins afterwards, and
    `notices` the availability told last to one that was there all along.
    """

    seen: Seen
    cuts: int
    status: Status
    notices: str
    snapshot: str
    digests: Mapping[str, str]


class FetchedOnce(Lacking[Arrived]):
    """Match a download that arrived with at most 1 MB a cut fetched twice."""

    expected = "a download that arrives with at most 1 MB fetched twice for each cut"

    def lack(self, item: Any) -> str:
        """Say what was fetched needlessly, or that it did not arrive."""
        last, name = item.seen.last, item.seen.model_id
        if last.status != "completed":
            return f"the download of {name} is {last.status} ({last.failure_reason})"
        if not item.cuts:
            return f"the download of {name} was not cut at all"
        twice = item.seen.sent.size - item.seen.size
        return (
            f"of {name} {twice / MB:.2f} MB were fetched twice after {item.cuts} cuts" if twice > item.cuts * MB else ""
        )


def fetched_once() -> FetchedOnce:
    """Match a download that did not begin anew after its cuts."""
    return FetchedOnce()


class ToldAlike(Lacking[Arrived]):
    """Match a model of which status, frames and disk say the same: it is there, whole and right."""

    expected = "status, notices and disk to say the same: available, with exactly the published bytes"

    def lack(self, item: Any) -> str:
        """Name the place that says something else."""
        name = item.seen.model_id
        ends = [frame for frame in item.seen.told("download_status_change") if frame.data["new_status"] == "completed"]
        told = {
            "the status": item.status.availability,
            "the notices": item.notices,
            "what a client is told that comes later": item.snapshot,
        }
        wrong = [f"{place} says {state!r} of {name}" for place, state in told.items() if state != "available"]
        if wrong:
            return wrong[0]
        if len(ends) != 1:
            return f"{len(ends)} notices say that the download of {name} is completed"
        different = as_published(item.seen.published).lack(item.digests)
        return f"of {name} {different} on disk" if different else ""


def told_alike() -> ToldAlike:
    """Match a model of which every place tells the same."""
    return ToldAlike()
