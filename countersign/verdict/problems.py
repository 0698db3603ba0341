"""A problem of a run: something that makes its result unfit to be signed, whatever the scenarios say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One sentence for the reader. `system` is empty when it concerns the whole run."""

    text: str
    system: str = ""
