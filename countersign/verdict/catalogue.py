"""The criteria a system is judged by, as the verdict sees them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShareOf:
    """What a derived criterion asks for: of 100 criteria of these kinds that could be judged, so many hold."""

    kinds: tuple[str, ...]
    least: float


@dataclass(frozen=True)
class Criterion:
    """One line of `criteria/<system>.yaml`. `needs` are capabilities the suite needs to see or cause the behaviour.

    A criterion with `share_of` is derived: no scenario proves it, it follows from what became of the others.
    """

    id: str
    system: str
    title: str
    must: bool
    kind: str
    needs: tuple[str, ...] = ()
    verify: str = ""
    source: str = ""
    share_of: ShareOf | None = None
