"""Pages keep their word: links lead somewhere, and the suite's own duties are all answered for."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from .finding import Finding

_LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)\)")
_CODE_BLOCK = re.compile(r"^\s*```")


def links_lead_somewhere(path: str, text: str, exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Every relative link of a page names a file of the repository. `exists` takes a path relative to its root."""
    inside_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        inside_code ^= bool(_CODE_BLOCK.match(line))
        for match in () if inside_code else _LINK.finditer(line):
            target = match["to"].split("#")[0]
            if target and "://" not in target and not target.startswith("mailto:"):
                place = normpath(str(PurePosixPath(path).parent / target))
                if not exists(place):
                    yield Finding(path, number, f"the link to {target} leads nowhere", "mend the path or the page")


def duties_are_answered(path: str, text: str, duties: Iterable[str]) -> Iterator[Finding]:
    """The page has one row for every duty of the suite."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for duty in duties:
        count = sum(1 for row in rows if row.split("|")[1].strip() == duty)
        if count != 1:
            yield Finding(path, 1, f"{count} rows for {duty}", "give it one row: duty, where it is shown, what is open")
