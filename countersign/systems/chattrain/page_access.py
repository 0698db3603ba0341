"""What assistive technology is told of the pilot page: the names of its controls, and which parts are announced."""

import re

from playwright.sync_api import Locator

from countersign.systems.chattrain.page import PilotPage
from countersign.systems.chattrain.page_model import Control, LiveRegion

CONTROLS = {
    *("button", "checkbox", "combobox", "link", "listbox", "menuitem", "option", "radio", "searchbox", "slider"),
    *("spinbutton", "switch", "tab", "textbox"),
}
_NODE = re.compile(r"""\s*- '?(?P<role>\w+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?""")

# A region speaks by what it states, or else by what its role implies (WAI-ARIA 1.2).
_LIVE = """(element) => element.getAttribute("aria-live")
  ?? {log: "polite", status: "polite", alert: "assertive"}[element.getAttribute("role")] ?? "off"
"""


def controls(page: PilotPage) -> tuple[Control, ...]:
    """Read every control that is in view, in the order of the page."""
    with page.window.waiting("the controls of the page") as milliseconds:
        snapshot = page.window.page.locator("body").aria_snapshot(timeout=milliseconds)
    found = (_NODE.match(line) for line in snapshot.splitlines())
    return tuple(Control(node["role"], node["name"] or "") for node in found if node and node["role"] in CONTROLS)


def live_regions(page: PilotPage) -> tuple[LiveRegion, ...]:
    """Read how the conversation and the status of the connection are announced."""
    return _region(page, page.log, "the conversation"), _region(page, page.connection, "the state of the connection")


def _region(page: PilotPage, element: Locator, what: str) -> LiveRegion:
    with page.window.waiting(what) as milliseconds:
        return LiveRegion(what, str(element.first.evaluate(_LIVE, timeout=milliseconds)))


def text_in_view(page: PilotPage) -> str:
    """Read all text that the page shows."""
    return page.window.text(page.window.page.locator("body"), "the text of the page")
