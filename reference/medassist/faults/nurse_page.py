"""Faults of the nurse page: a script that stands before the page's own ones."""

from pathlib import Path

from reference.common.pages import PageFile, PageFiles
from reference.medassist.faults import fault
from reference.medassist.parts import Parts

PAGE, SCRIPT = "nurse.html", "raw_and_stale.js"
ALTERED = Path(__file__).parent / "altered_page"


@fault("raw-and-stale-page", "MA-NURSE-10", "MA-JOURNEY-03")
def raw_and_stale_page(parts: Parts) -> None:
    """Let the nurse page insert what somebody typed as HTML, and hear of news only when it is loaded again."""
    parts.page = _RawAndStale(parts.page)


class _RawAndStale(PageFiles):
    """The healthy files; the nurse page loads one script more, before all others, and markup in it may run."""

    def __init__(self, healthy: PageFiles) -> None:
        self._healthy = healthy
        self.policy = healthy.policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")

    def find(self, name: str) -> PageFile | None:
        if name == SCRIPT:
            return PageFile((ALTERED / SCRIPT).read_bytes(), "text/javascript; charset=utf-8")
        found = self._healthy.find(name)
        if found is None or name != PAGE:
            return found
        before, head, after = found.content.decode().partition("<head>")
        if not head:
            raise ValueError(f"{PAGE} has no <head> any more; mend the fault")
        return PageFile(f'{before}{head}<script src="/page/{SCRIPT}"></script>{after}'.encode(), found.media_type)
