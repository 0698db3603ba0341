"""Others go on while one thing lasts."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from countersign.load.together import Outcome, together

M = TypeVar("M")
T = TypeVar("T")
GoingOn = Callable[[], bool]


def meanwhile(
    lasting: Callable[[], M], others: Sequence[Callable[[GoingOn], T]], *, within: float
) -> tuple[M, list[Outcome[T]]]:
    """Do `lasting`; each of `others` begins at the same moment and gets a question that is true as long as it lasts.

    Gives the result of `lasting` (raises its error) and what became of the others, in their order. `within` is the
    hard bound in seconds for all of them.

    Examples::

        outage, [looks] = meanwhile(fault.lasts, [lambda going_on: operator.watches(going_on)], within=30)
    """
    over = threading.Event()

    def going_on() -> bool:
        return not over.is_set()

    def last() -> M:
        try:
            return lasting()
        finally:
            over.set()

    jobs: list[Callable[[], Any]] = [last, *(partial(other, going_on) for other in others)]
    first, *rest = together(jobs, within=within)
    return cast(M, first.get()), cast(list[Outcome[T]], rest)
