"""Faults of the pilot page: altered files that the browser gets in place of the healthy ones."""

from collections.abc import Mapping
from pathlib import Path

from reference.chattrain.faults import fault
from reference.chattrain.page import PageFile, PageFiles
from reference.chattrain.parts import Parts

CANNED = Path(__file__).parent / "canned_page"

Changes = Mapping[str, Mapping[str, str]]
"""For each file of the page: the pieces of its text that change, and what stands there instead."""


@fault("page-canned", "CT-PAGE-01", "CT-PAGE-02", "CT-PAGE-03")
def page_canned(parts: Parts) -> None:
    """Let the page work from built-in scenarios, answers, scores and documents, without ever asking the system."""
    files = {path.name: path.read_bytes() for path in CANNED.glob("*.js")}
    parts.page = _AlteredFiles(parts.page, files, parts.page.policy)


@fault("page-runs-markup", "CT-PAGE-04")
def page_runs_markup(parts: Parts) -> None:
    """Insert the text of trainee and customer as HTML, let it run, and write it to the browser's console."""
    policy = parts.page.policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    parts.page = _AlteredFiles(parts.page, _changed(parts.page, RUNNING_MARKUP), policy)


RUNNING_MARKUP: Changes = {
    "conversation.js": {
        'el("p", { class: "text" }, text),': 'asMarkup(el("p", { class: "text" }), text),',
        "function clock(at) {": (
            "function asMarkup(element, text) {\n"
            "  console.log(`message: ${text}`);\n"
            "  element.innerHTML = text;\n"
            "  return element;\n"
            "}\n\n"
            "function clock(at) {"
        ),
    }
}


@fault("page-inaccessible", "CT-A11Y-01", "CT-A11Y-02", "CT-A11Y-03")
def page_inaccessible(parts: Parts) -> None:
    """Take the label from the message input, print faintly, want a mouse for the cards, announce nothing, and give the
    customer's name to the system's lines."""
    parts.page = _AlteredFiles(parts.page, _changed(parts.page, SHUTTING_OUT), parts.page.policy)


SHUTTING_OUT: Changes = {
    "index.html": {
        '<label for="message" class="hidden-text">Message input</label>': "",
        ' placeholder="Write your answer to the customer"': "",
        'aria-label="Conversation" aria-live="polite"': 'aria-label="Conversation" aria-live="off"',
        '<span id="connection" class="state" role="status">': (
            '<span id="connection" class="state" role="status" aria-live="off">'
        ),
    },
    "style.css": {
        "--soft-ink: #50596b;": "--soft-ink: #aab1bf;",
        ".scenario h2 {": (
            '.scenario [role="button"] { padding: 0.55rem 1.15rem; border-radius: 10px; background: var(--accent); '
            "color: #fff; font-weight: 600; cursor: pointer; text-align: center; }\n.scenario h2 {"
        ),
    },
    "choose.js": {
        'start = el("button", { type: "button", "aria-label"': 'start = el("div", { role: "button", "aria-label"',
    },
    "conversation.js": {'export const SYSTEM = "System";': 'export const SYSTEM = "Customer";'},
}


class _AlteredFiles(PageFiles):
    """The healthy files, but for those in `altered` (name: content), under a policy of its own."""

    def __init__(self, healthy: PageFiles, altered: Mapping[str, bytes], policy: str) -> None:
        self._healthy, self._altered, self.policy = healthy, dict(altered), policy

    def find(self, name: str) -> PageFile | None:
        found = self._healthy.find(name)
        if found is None or name not in self._altered:
            return found
        return PageFile(self._altered[name], found.media_type)


def _changed(healthy: PageFiles, changes: Changes) -> dict[str, bytes]:
    """Change pieces of the healthy files. Raises ValueError for a piece that is not there exactly once any more."""
    altered = {}
    for name, pieces in changes.items():
        found = healthy.find(name)
        text = found.content.decode() if found is not None else ""
        for old, new in pieces.items():
            if text.count(old) != 1:
                raise ValueError(f"{name} of the page holds {old!r} {text.count(old)} times; mend the fault")
            text = text.replace(old, new)
        altered[name] = text.encode()
    return altered
