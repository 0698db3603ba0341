"""Faults of accessibility: pages for people with a mouse and good eyes only."""

from pathlib import Path

from reference.common.pages import PageFile, PageFiles
from reference.medassist.faults import fault
from reference.medassist.parts import Parts

SCRIPT = Path(__file__).parent / "mouse_only_page" / "mouse-only.js"
HEAD = b"<head>"


@fault("mouse-only-page", "MA-A11Y-01", "MA-A11Y-02")
def mouse_only_page(parts: Parts) -> None:
    """Take the labels of "Search" and "Full name", keep the keyboard out of dialogs, and announce no change."""
    parts.page = _MouseOnlyFiles(parts.page)


class _MouseOnlyFiles(PageFiles):
    """The healthy files, with a script of its own in the head of every page."""

    def __init__(self, healthy: PageFiles) -> None:
        self._healthy, self.policy = healthy, healthy.policy
        self._script = PageFile(SCRIPT.read_bytes(), "text/javascript; charset=utf-8")

    def find(self, name: str) -> PageFile | None:
        if name == SCRIPT.name:
            return self._script
        found = self._healthy.find(name)
        if found is None or not name.endswith(".html"):
            return found
        if found.content.count(HEAD) != 1:
            raise ValueError(f"{name} has no plain <head> any more; mend the fault")
        call = f'{HEAD.decode()}<script src="/page/{SCRIPT.name}"></script>'
        return PageFile(found.content.replace(HEAD, call.encode()), found.media_type)
