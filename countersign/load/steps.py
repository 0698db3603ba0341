"""Load that rises in steps."""

import re


def steps_of(counts: str) -> list[int]:
    """Read how many come in each step ("1, then 5 and then 10")."""
    return [int(word) for word in re.findall(r"\d+", counts)]
