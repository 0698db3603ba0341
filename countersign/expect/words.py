"""Words in a text, as a reader finds them."""

import re
from collections.abc import Sequence


def said(text: str, words: Sequence[str]) -> str:
    """Give the first of the words or phrases that stands in a text as a whole, in any letter case; "" if none."""
    return next((word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)), "")
