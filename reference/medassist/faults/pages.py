"""Faults of the two pages: altered files that the browser gets in place of the healthy ones."""

from reference.common.altered_pages import AlteredPages, Changes, changed
from reference.medassist.faults import fault
from reference.medassist.parts import Parts


@fault("raw-and-stale-page", "MA-NURSE-10", "MA-JOURNEY-03")
def raw_and_stale_page(parts: Parts) -> None:
    """Let the nurse page insert what somebody typed as HTML, and hear of news only when it is loaded again."""
    policy = parts.page.policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    parts.page = AlteredPages(parts.page, changed(parts.page, RAW_AND_STALE), policy)


RAW_AND_STALE: Changes = {
    "queue.js": {
        'scope: "row", id: `patient-${entry.id}` }, entry.patient_name),': (
            'scope: "row", id: `patient-${entry.id}` }, asMarkup(entry.patient_name)),'
        ),
        'el("span", { class: "complaint" }, entry.chief_complaint)': (
            'el("span", { class: "complaint" }, asMarkup(entry.chief_complaint))'
        ),
        "function cell(": (
            "function asMarkup(text) {\n"
            "  return document.createRange().createContextualFragment(text);\n"
            "}\n\n"
            "function cell("
        ),
    },
    "desk.js": {'if (["new_par", "par_update", "red_flag_alert"].includes(type)': "if ([].includes(type)"},
}


@fault("mouse-only-page", "MA-A11Y-01", "MA-A11Y-02")
def mouse_only_page(parts: Parts) -> None:
    """Take the labels of some boxes, leave the focus outside the dialog, and announce no change on either page."""
    parts.page = AlteredPages(parts.page, changed(parts.page, MOUSE_ONLY), parts.page.policy)


MOUSE_ONLY: Changes = {
    "patient.html": {
        '<label for="full-name">Full name</label>': '<p class="label">Full name</p>',
        'aria-label="Conversation" aria-live="polite"': 'aria-label="Conversation" aria-live="off"',
        'class="emergency" role="alert"': 'class="emergency" role="alert" aria-live="off"',
        'class="state" role="status"': 'class="state" role="status" aria-live="off"',
    },
    "nurse.html": {
        '<label for="search">Search</label>': '<p class="label">Search</p>',
        ' placeholder="Patient or complaint"': "",
        'class="alarm" role="alert"': 'class="alarm" role="alert" aria-live="off"',
        'class="news" role="status"': 'class="news" role="status" aria-live="off"',
        'class="state" role="status"': 'class="state" role="status" aria-live="off"',
    },
    "override.js": {
        '  dialog.showModal();\n  byId("reason").focus();\n': "  dialog.show();\n  document.activeElement.blur();\n",
    },
}
