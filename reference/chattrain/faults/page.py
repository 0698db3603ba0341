"""Faults of the pilot page: altered files that the browser gets in place of the healthy ones."""

from pathlib import Path

from reference.chattrain.faults import fault
from reference.chattrain.parts import Parts
from reference.common.altered_pages import AlteredFiles, Changes, changed

CANNED = Path(__file__).parent / "canned_page"


@fault("page-canned", "CT-PAGE-01", "CT-PAGE-02", "CT-PAGE-03")
def page_canned(parts: Parts) -> None:
    """Let the page work from built-in scenarios, answers, scores and documents, without ever asking the system."""
    files = {path.name: path.read_bytes() for path in CANNED.glob("*.js")}
    parts.page = AlteredFiles(parts.page, files, parts.page.policy)


@fault("page-runs-markup", "CT-PAGE-04")
def page_runs_markup(parts: Parts) -> None:
    """Insert the text of trainee and customer as HTML, let it run, and write it to the browser's console."""
    policy = parts.page.policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    parts.page = AlteredFiles(parts.page, changed(parts.page, RUNNING_MARKUP), policy)


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
    parts.page = AlteredFiles(parts.page, changed(parts.page, SHUTTING_OUT), parts.page.policy)


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
