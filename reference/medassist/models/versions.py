"""Version numbers: three whole numbers, ordered as numbers."""

import re

_FORM = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})")


def is_version(text: str) -> bool:
    """Say whether `text` has the form 1.10.0."""
    return _FORM.fullmatch(text) is not None


def order(version: str) -> tuple[int, ...]:
    """Give what versions are sorted by."""
    return tuple(int(part) for part in version.split("."))
