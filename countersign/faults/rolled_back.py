"""A system that was hurt is always mended, and asked whether it is well again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from countersign.errors import CountersignError, SystemFault
from countersign.transport import eventually, unless_raised


class Mendable(Protocol):
    """Something that can undo what it hurt: a `Control`, a `Proxy`."""

    def mend(self) -> None:
        """Undo whatever is hurt."""


M = TypeVar("M", bound=Mendable)


@contextmanager
def rolled_back(hurting: M, steady: Callable[[], object], *, within: float = 30.0) -> Iterator[M]:
    """Hurt a system inside the block; at its end, however it ends, everything is mended and the system is well again.

    `steady` is asked until it raises no mismatch and no SystemFault, at most `within` seconds. A failure inside the
    block stays the failure; what went wrong with mending is added to it as a note. Raises DeadlineExceeded when the
    system does not recover.

    Examples::

        with rolled_back(control, lambda: ben.health().must_be_healthy()) as chattrain:
            chattrain.kill()
            ...
    """
    try:
        yield hurting
    except BaseException as failure:
        try:
            _recover(hurting, steady, within)
        except CountersignError as trouble:
            failure.add_note(f"and afterwards the system was not well again: {trouble}")
        raise
    _recover(hurting, steady, within)


def _recover(hurting: Mendable, steady: Callable[[], object], within: float) -> None:
    hurting.mend()
    eventually(unless_raised(steady, SystemFault), within, every=0.1, what="the system to be well again")
