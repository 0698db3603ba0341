"""Lists as sentences write them."""

import re


def listed(words: str) -> list[str]:
    """Take a list apart: "a, b and c" or "a, b or c"."""
    return re.split(r", | and | or ", words)
