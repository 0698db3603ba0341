"""The grammar of marks: `[[script do=<behaviour> key=value key="quoted value" ...]]` anywhere in a text.

Inside quotes a backslash keeps the next character as it is (`\\"`, `\\\\`), and `]]` does not end the mark.
A mark holds no keyword of any system's rules and nothing that masking touches: it does not change what a system does.
"""

import re
from dataclasses import dataclass, field

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_MARK = re.compile(rf'\[\[script(?=[\s\]])(?P<inside>(?:{_QUOTED}|[^"\]]|\](?!\]))*)\]\]', re.DOTALL)
_PAIR = re.compile(rf'\s*(?P<key>[a-z][a-z_-]*)=(?P<value>{_QUOTED}|[^\s"]+)(?=\s|$)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class BadMark(ValueError):
    """A mark or a default cannot be understood; the message says what would work."""


@dataclass(frozen=True)
class Script:
    """A behaviour by its name, with its options as text."""

    do: str
    options: dict[str, str] = field(default_factory=dict)


def read_mark(text: str) -> Script | None:
    """Read the first mark of `text`; None if it has none. Raises BadMark for one that is not well formed."""
    found = _MARK.search(text)
    if found is None:
        return None
    pairs = _pairs(found["inside"])
    do = pairs.pop("do", "")
    if not do:
        raise BadMark(f"{found[0]} names no behaviour: write [[script do=echo]]")
    return Script(do, pairs)


def read_marks(text: str) -> list[Script]:
    """Read all marks of `text`. Raises BadMark for one that is not well formed."""
    return [script for found in _MARK.finditer(text) if (script := read_mark(found[0])) is not None]


def without_marks(text: str) -> str:
    """Give `text` without its marks and the blanks around them; every other character stays as it is."""
    kept = text
    while found := _MARK.search(kept):
        before, after = kept[: found.start()].rstrip(), kept[found.end() :].lstrip()
        kept = f"{before} {after}" if before and after else before + after
    return kept


def _pairs(inside: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    at, end = 0, len(inside.rstrip())
    while at < end:
        pair = _PAIR.match(inside, at)
        if pair is None:
            raise BadMark(f'cannot read {inside[at:end].strip()!r} in a mark: write key=value or key="some words"')
        value = pair["value"]
        pairs[pair["key"]] = _ESCAPED.sub(r"\1", value[1:-1]) if value.startswith('"') else value
        at = pair.end()
    return pairs
