"""Pages keep their word: links lead somewhere, and the suite's own duties are all answered for."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath

from .finding import Finding

_LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)\)")
_ROOMS = r"(?:countersign|criteria|docs|personas|reference|steps|targets|tests)/|\.ci/|\.github/"
_REFERENCE = re.compile(rf"`(?P<file>(?:{_ROOMS})[\w./-]*)(?:::(?P<test>\w+))?`")
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


def references_exist(path: str, text: str, read: Callable[[str], str | None]) -> Iterator[Finding]:
    """Every file, folder or test that a page names in code type is there.

    `read` gives a file's text, "" for a folder, None for nothing.
    """
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _REFERENCE.finditer(line):
            found = read(match["file"].rstrip("/"))
            if found is None:
                yield Finding(path, number, f"{match['file']} does not exist", "name the file it has become")
            elif match["test"] and not re.search(rf"^\s*def {match['test']}\b", found, re.MULTILINE):
                yield Finding(path, number, f"{match['file']} has no {match['test']}", "name the test it has become")
