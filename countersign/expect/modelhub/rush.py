"""Matchers for many downloads that are started together, each by two users."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.sent import PublishedFile, Sent
from countersign.transport.answer import Answer

ACCEPTED, CONFLICT, ACTIVE = 202, 409, "DOWNLOAD_ACTIVE"


@dataclass(frozen=True)
class Started:
    """A start of the download of a model, and its answer."""

    model_id: str
    who: str
    answer: Answer


@dataclass(frozen=True)
class Fetched:
    """How a model is after all that, what was published of it, and what the source sent of it."""

    model_id: str
    availability: str
    published: Sequence[PublishedFile]
    sent: Sent


class OneOfTwoAccepted(Lacking[Sequence[Started]]):
    """See `one_of_two_accepted`."""

    def __init__(self, models: int) -> None:
        self.models = models
        self.expected = f"{models} starts accepted, one for each model, and {models} refused as already running"

    def lack(self, item: Any) -> str:
        """Say how many were accepted, or what the first other answer was."""
        accepted = [start for start in item if start.answer.status == ACCEPTED]
        by_model = Counter(start.model_id for start in accepted)
        if len(accepted) != self.models or len(by_model) != self.models:
            return f"{len(accepted)} of {len(item)} starts were accepted, for {len(by_model)} models"
        others = [start for start in item if start.answer.status != ACCEPTED]
        wrong = [start for start in others if not _already_running(start.answer)]
        if wrong:
            told = f"{wrong[0].answer.status}, {wrong[0].answer.beginning()[:80]!r}"
            return f"{len(wrong)} of {len(others)} others were refused otherwise, the first of {wrong[0].who}: {told}"
        return "" if len(others) == self.models else f"there were only {len(others)} others"


def one_of_two_accepted(models: int) -> OneOfTwoAccepted:
    """Match two starts for each of so many models, of which one was accepted and one refused."""
    return OneOfTwoAccepted(models)


class FetchedOnce(Lacking[Fetched]):
    """See `fetched_once`."""

    expected = "a model that is available, and of which each file left the source once"

    def lack(self, item: Any) -> str:
        """Say how it is, or which file was sent otherwise."""
        if item.availability != "available":
            return f"{item.model_id} is {item.availability}"
        for file in item.published:
            sent = item.sent.of(file.path)
            if (sent.requests, sent.size) != (1, file.size):
                told = f"asked for {sent.requests} times, {sent.size} bytes of {file.size} were sent"
                return f"{file.path} of {item.model_id} was {told}"
        return ""


def fetched_once() -> FetchedOnce:
    """Match a model that arrived whole and was fetched once."""
    return FetchedOnce()


def _already_running(answer: Answer) -> bool:
    told: Mapping[str, Any] = answer.json()
    return answer.status == CONFLICT and told.get("code") == ACTIVE and bool(str(told.get("hint") or "").strip())
