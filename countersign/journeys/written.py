"""Values of the material that are described rather than written out."""

from collections.abc import Mapping
from itertools import count
from typing import Any


def written(value: Any) -> Any:
    """Give a value of the material; `{characters: N}` stands for a text of N characters."""
    if isinstance(value, Mapping) and set(value) == {"characters"}:
        return text_of(int(value["characters"]))
    return value


def text_of(characters: int) -> str:
    """Give a text of exactly so many characters, letters of every kind in turn."""
    letters = count()
    return "".join("abcdefghijklmnopqrstuvwxyz"[next(letters) % 26] for _ in range(characters))
