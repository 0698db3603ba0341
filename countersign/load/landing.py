"""A request that was made without a thread of its own, as the operation that it was."""

from collections.abc import Callable
from dataclasses import replace

from countersign.errors import SystemFault
from countersign.evidence.operations import Operation, attempt
from countersign.transport.answer import Answer
from countersign.transport.flight import Landed


def landing(who: str, what: str, landed: Landed, judge: Callable[[Answer], object]) -> Operation:
    """Give what became of a request, with its own moment and seconds, also where no answer came.

    `judge` raises the SystemFault that is wrong with an answer.
    """

    def judged() -> None:
        if landed.answer is None:
            raise landed.fault or SystemFault(f"{what} was not answered")
        judge(landed.answer)

    return replace(attempt(who, what, judged), began=landed.sent, seconds=landed.seconds)
