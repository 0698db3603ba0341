"""What assistive technology is told of a page: the names of its controls, and which parts are announced."""

import re

from playwright.sync_api import Locator

from countersign.systems.pages.model import Control, LiveRegion
from countersign.transport.browser import Window

CONTROLS = {
    *("button", "checkbox", "combobox", "link", "listbox", "menuitem", "option", "radio", "searchbox", "slider"),
    *("spinbutton", "switch", "tab", "textbox"),
}
LIVE_ROLES = ("log", "status", "alert")
_NODE = re.compile(r"""\s*- '?(?P<role>\w+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?""")

# A region speaks by what it states, or else by what its role implies (WAI-ARIA 1.2).
_LIVE = """(element) => element.getAttribute("aria-live")
  ?? {log: "polite", status: "polite", alert: "assertive"}[element.getAttribute("role")] ?? "off"
"""
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def controls(window: Window) -> tuple[Control, ...]:
    """Read every control that is in view, in the order of the page."""
    return tuple(node for node in nodes(window, window.page.locator("body")) if node.role in CONTROLS)


def nodes(window: Window, part: Locator) -> tuple[Control, ...]:
    """Read whatever has a role in a part of the page (headings and progress bars too), in its order."""
    found = (_NODE.match(line) for line in tree(window, part).splitlines())
    return tuple(Control(node["role"], node["name"] or "") for node in found if node)


def node_of(window: Window, element: Locator) -> Control:
    """Read how assistive technology is told of one element; something without a role has none and no name."""
    return next(iter(nodes(window, element)), Control("", ""))


def tree(window: Window, part: Locator) -> str:
    """Read a part of the page as it stands in the accessibility tree."""
    with window.waiting("the accessibility tree of the page") as milliseconds:
        return part.aria_snapshot(timeout=milliseconds)


def live_region(window: Window, element: Locator, what: str) -> LiveRegion:
    """Read how changes of this part of the page are announced."""
    with window.waiting(what) as milliseconds:
        return LiveRegion(what, str(element.first.evaluate(_LIVE, timeout=milliseconds)))


def all_live_regions(window: Window) -> tuple[LiveRegion, ...]:
    """Read every log, status and alert of the page with what it says now."""
    return tuple(
        LiveRegion(role, str(element.evaluate(_LIVE)), element.inner_text())
        for role in LIVE_ROLES
        for element in window.page.get_by_role(role).all()  # type: ignore[arg-type]
    )


def text_in_view(window: Window) -> str:
    """Read all text that the page shows."""
    return window.text(window.page.locator("body"), "the text of the page")


def too_wide_by(window: Window) -> int:
    """Give the CSS pixels by which the page is wider than its window, so that reading needs scrolling to the side."""
    return int(window.page.evaluate(_TOO_WIDE))
