"""Settings as documents: laid over each other, taken apart, compared."""

import copy
from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]


def document(path: str, value: Any) -> dict[str, Any]:
    """Give the document that sets one place ("download_config.max_retries")."""
    for name in reversed(path.split(".")):
        value = {name: value}
    made: dict[str, Any] = value
    return made


def laid_over(base: Document, over: Document) -> dict[str, Any]:
    """Lay one document over another, place by place."""
    result = copy.deepcopy(dict(base))
    for name, value in over.items():
        known = result.get(name)
        result[name] = laid_over(known, value) if isinstance(known, Mapping) and isinstance(value, Mapping) else value
    return result


def places(whole: Document, above: str = "") -> dict[str, Any]:
    """Give every single value of a document by its place."""
    found: dict[str, Any] = {}
    for name, value in whole.items():
        path = f"{above}{name}"
        found |= places(value, f"{path}.") if isinstance(value, Mapping) else {path: value}
    return found


def differences(one: Document, other: Document) -> dict[str, tuple[Any, Any]]:
    """Give what differs by its place: the value of each of the two, None where it has none."""
    first, second = places(one), places(other)
    return {
        path: (first.get(path), second.get(path))
        for path in {**first, **second}
        if path not in first or path not in second or first[path] != second[path]
    }
