"""The criteria a system is judged by, as the verdict sees them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Criterion:
    """One line of `criteria/<system>.yaml`. `needs` are capabilities the suite needs to see or cause the behaviour."""

    id: str
    system: str
    title: str
    must: bool
    kind: str
    needs: tuple[str, ...] = ()
    verify: str = ""
    source: str = ""
