"""JSON in and out that no input can break."""

import json
from typing import Any


def write(value: Any) -> str:
    """Write `value` as compact JSON that can always be encoded; unpaired surrogates become "?"."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode("utf-8")


def read(text: str) -> Any:
    """Read JSON strictly. Raises ValueError for anything that is no JSON, also for NaN and endless nesting."""
    try:
        return json.loads(text, parse_constant=_no_such_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def clean(text: str) -> str:
    """Replace what no database and no UTF-8 text can hold (unpaired surrogates) by "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def has_unpaired_surrogate(text: str) -> bool:
    """Say whether `text` holds half a character."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _no_such_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
