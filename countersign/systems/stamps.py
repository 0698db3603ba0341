"""Find every time in what the system said, by its name or by its look."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_LOOKS_LIKE_A_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
_NAMES = ("timestamp", "modified")


def times_in(data: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield (place, value) of every time in a JSON value: what is named like one and is not null, or looks like one.

    Texts of people (`content`, `feedback`, ...) are looked at too, but only where the whole text begins like a time.
    """
    if isinstance(data, Mapping):
        for name, value in data.items():
            place = f"{name} of {where}"
            if _is_named_like_a_time(str(name)) and not isinstance(value, Mapping | list):
                if value is not None:
                    yield place, value
            else:
                yield from times_in(value, place)
    elif isinstance(data, list):
        for number, value in enumerate(data, 1):
            yield from times_in(value, f"{where}, number {number}")
    elif isinstance(data, str) and _LOOKS_LIKE_A_TIME.match(data):
        yield where, data


def _is_named_like_a_time(name: str) -> bool:
    return name in _NAMES or name.endswith("_at")
