"""Matchers for what an emergency brings: advice at once, and a report that goes before all others."""

from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.chat import Turn
from countersign.systems.medassist.report_model import Queue, Report, Waiting
from countersign.systems.medassist.socket import Frame


class ToldToCallForHelp(Lacking[Turn]):
    """See `told_to_call_for_help`."""

    def __init__(self, number: str) -> None:
        self.number = number
        self.expected = f"an advice to call {number} before any answer"

    def lack(self, item: Turn) -> str:
        """Say what came instead of the advice."""
        if item.acknowledgement is None:
            return f"the message {item.sent.content[:60]!r} was not even acknowledged"
        if item.alert is None:
            return f"no advice came for {item.sent.content[:60]!r}, which was taken as {item.urgency}"
        words = str(item.alert.payload.get("message", ""))
        if self.number not in words:
            return f"the advice does not name it: {words!r}"
        if item.pieces and item.pieces[0].arrived < item.alert.arrived:
            return "the answer of the AI began before the advice"
        return ""


def told_to_call_for_help(number: str) -> ToldToCallForHelp:
    """Match a turn that brought the advice to call this number, before the AI said anything."""
    return ToldToCallForHelp(number)


class ToldOfAReport(Lacking[Frame | None]):
    """See `told_of_a_report`."""

    def __init__(self, urgency: str) -> None:
        self.urgency = urgency
        self.expected = f"word in the chat that a report is ready and {urgency}"

    def lack(self, item: Any) -> str:
        """Say what was told of the report."""
        if item is None:
            return "no word came"
        told = item.payload
        if told.get("urgency") != self.urgency:
            return f"it was said to be {told.get('urgency')}"
        return "" if told.get("par_id") and told.get("has_red_flags") is True else f"it was told as {dict(told)}"


def told_of_a_report(urgency: str) -> ToldOfAReport:
    """Match the frame that tells a patient of a flagged report of this urgency; None is no word at all."""
    return ToldOfAReport(urgency)


class HeadingTheQueue(Lacking[tuple[Queue, Report]]):
    """See `heading_the_queue`."""

    expected = "an immediate report with red flags at the head of the queue"

    def lack(self, item: Any) -> str:
        """Say what is wrong with the report or with its place."""
        queue, report = item
        if report.urgency != "immediate" or not report.red_flags:
            return f"the report is {report.urgency} with the red flags {', '.join(report.red_flags) or 'none'}"
        if report.id not in queue.ids:
            return f"it is not among the {len(queue.ids)} reports of the queue"
        place = queue.ids.index(report.id)
        before = [entry for entry in queue.entries[:place] if not _goes_before(entry, report)]
        return f"it is number {place + 1} of {len(queue.ids)}, behind one that is {before[0].urgency}" if before else ""


def _goes_before(entry: Waiting, report: Report) -> bool:
    """Say whether an entry is an emergency too and has waited longer: a shared queue is not ours alone."""
    return entry.has_red_flags and entry.urgency == "immediate" and entry.created_at <= report.created_at


def heading_the_queue() -> HeadingTheQueue:
    """Match a pair of the queue and a report: immediate, flagged, and with none but older emergencies before it."""
    return HeadingTheQueue()


class WaitingAs(Lacking[tuple[Queue, Report]]):
    """See `waiting_as`."""

    def __init__(self, urgency: str) -> None:
        self.urgency = urgency
        self.expected = f"a {urgency} report that waits in the queue"

    def lack(self, item: Any) -> str:
        """Say what is wrong with the report or that it does not wait."""
        queue, report = item
        if report.urgency != self.urgency:
            return f"the report is {report.urgency}"
        return "" if report.id in queue.ids else f"it is not among the {len(queue.ids)} reports of the queue"


def waiting_as(urgency: str) -> WaitingAs:
    """Match a pair of the queue and a report of this urgency that is in it."""
    return WaitingAs(urgency)
