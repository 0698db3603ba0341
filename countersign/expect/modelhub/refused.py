"""Matchers for starts and controls of downloads that are refused: with the reason, and without changing anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Progress
from countersign.systems.modelhub.seen import Seen
from countersign.transport.answer import Answer

ACCEPTED, CONFLICT, UNKNOWN = 202, 409, 404


@dataclass(frozen=True)
class Starts:
    """What several starts of the same download were answered with, and how its transfer went."""

    model_id: str
    answers: tuple[Answer, ...]
    seen: Seen


@dataclass(frozen=True)
class Refusal:
    """A control that had to be refused: what was tried in which state, the answer, the download before and after."""

    tried: str
    state: str
    answer: Answer
    before: Progress
    after: Progress


class OneStartCounts(Lacking[Starts]):
    """See `one_start_counts`."""

    expected = "one start accepted and every other one refused as already running, with the reason and a way on"

    def lack(self, item: Any) -> str:
        """Say how many were accepted, or what a refusal lacks."""
        accepted = [answer for answer in item.answers if answer.status == ACCEPTED]
        if len(accepted) != 1:
            statuses = ", ".join(str(answer.status) for answer in item.answers)
            return f"{len(accepted)} of {len(item.answers)} starts were accepted ({statuses})"
        if not accepted[0].json().get("download_id"):
            return "the accepted start names no download"
        for answer in item.answers:
            if answer is not accepted[0] and (trouble := _lacks_reason(answer, ("DOWNLOAD_ACTIVE",))):
                return f"a second start {trouble}"
        return ""


def one_start_counts() -> OneStartCounts:
    """Match starts of which exactly one was accepted."""
    return OneStartCounts()


class OneTransfer(Lacking[Starts]):
    """See `one_transfer`."""

    expected = "one transfer, that fetches every byte once and arrives"

    def lack(self, item: Any) -> str:
        """Say what was transferred besides."""
        transfers = {look.progress.download_id for look in item.seen.looks}
        accepted = next((answer.json()["download_id"] for answer in item.answers if answer.status == ACCEPTED), "")
        if transfers != {accepted}:
            return f"{len(transfers | {accepted})} transfers were seen"
        if item.seen.last.status != "completed":
            return f"the transfer is {item.seen.last.status}"
        if item.seen.sent is not None and item.seen.sent.size > item.seen.size:
            return f"{item.seen.sent.size} bytes left the source for {item.seen.size} that are published"
        return ""


def one_transfer() -> OneTransfer:
    """Match starts that led to one transfer, by the progress and (where it can be asked) the source."""
    return OneTransfer()


class RefusedUnchanged(Lacking[Refusal]):
    """See `refused_and_unchanged`."""

    expected = "a refusal that names the state of the download, gives the reason, and changes nothing"

    def lack(self, item: Any) -> str:
        """Say what was answered or changed."""
        what = f"{item.tried} in the state {item.state}"
        if trouble := _lacks_reason(item.answer, ("INVALID_TRANSITION",)):
            return f"{what} {trouble}"
        told = item.answer.json()
        if told.get("success") is not False or told.get("current_status") != item.state:
            return f"{what} was told success {told.get('success')!r}, state {told.get('current_status')!r}"
        if (item.after.download_id, item.after.status) != (item.before.download_id, item.before.status):
            return f"{what} changed the download from {item.before.status} to {item.after.status}"
        return ""


def refused_and_unchanged() -> RefusedUnchanged:
    """Match a control that was refused with 409 as contract 3.3 says."""
    return RefusedUnchanged()


class NotFound(Lacking[tuple[str, Answer]]):
    """See `not_found_with`."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = tuple(codes)
        self.expected = f"an answer that there is nothing of the kind ({' or '.join(codes)})"

    def lack(self, item: Any) -> str:
        """Say what was answered."""
        what, answer = item
        if answer.status != UNKNOWN:
            return f"{what} was answered with {answer.status}"
        code = answer.json().get("code")
        return "" if code in self.codes else f"{what} was refused as {code}"


def not_found_with(*codes: str) -> NotFound:
    """Match something that was asked, in words, and the answer 404 with one of these codes."""
    return NotFound(codes)


def _lacks_reason(answer: Answer, codes: Sequence[str]) -> str:
    if answer.status != CONFLICT:
        return f"was answered with {answer.status} instead of a refusal"
    told = answer.json()
    if told.get("code") not in codes:
        return f"was refused as {told.get('code')} instead of {' or '.join(codes)}"
    lacking = [name for name in ("detail", "hint") if not str(told.get(name) or "").strip()]
    return f"was refused without its {lacking[0]}" if lacking else ""
