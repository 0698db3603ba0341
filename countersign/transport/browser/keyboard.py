"""Getting about by keyboard alone, and seeing where the focus is."""

from dataclasses import dataclass
from re import Pattern

from playwright.sync_api import Locator, Page

from countersign.errors import ContractBroken
from countersign.transport.browser.bounded import ask

MOST_STOPS = 80
MOST_STOPS_INSIDE = 25
"""Stops that all look like one from outside, as in a frame: a PDF viewer was seen with 12 of its own."""
_SHOWN_WITHIN = 3.0
_TRANSITION = 0.3
"""Seconds that a transition may take until the focus shows."""

_FOCUSABLE = "a[href], button, input, select, textarea, object, iframe, summary, [tabindex], [contenteditable]"

# Elements and their looks are kept on the page side: a Map from element to look, taken before the focus moves.
_LOOK = """const look = (element) => {
  const style = getComputedStyle(element);
  return {
    outline: [style.outlineStyle, style.outlineWidth, style.outlineColor].join(" "),
    shadow: style.boxShadow,
    border: ["Top", "Right", "Bottom", "Left"]
      .map((side) => ["Style", "Width", "Color"].map((part) => style[`border${side}${part}`]).join(" "))
      .join("; "),
  };
};"""
_REMEMBER = (
    "(selector) => {"
    + _LOOK
    + "return new Map([...document.querySelectorAll(selector)].map((element) => [element, look(element)]));}"
)
_COMPARE = (
    """async ({before, milliseconds}) => {"""
    + _LOOK
    + """
  const element = document.activeElement;
  const was = before.get(element);
  const clear = (text) => /rgba\\([^)]*, 0\\)/.test(text);
  const line = (text) => !/^none| 0px /.test(text) && !clear(text);
  const drawn = (text) => text.split("; ").some(line);
  const differences = () => {
    const is = look(element);
    const differs = ["outline", "shadow", "border"].filter((part) => was && is[part] !== was[part]);
    return differs.filter((part) => part === "shadow" ? is.shadow !== "none" && !clear(is.shadow) : drawn(is[part]));
  };
  const end = performance.now() + milliseconds;
  while (!differences().length && performance.now() < end) await new Promise(requestAnimationFrame);
  return differences().map((part) => `${part}: ${look(element)[part]}`);
}"""
)
_NAME_OF_FOCUS = """() => {
  const element = document.activeElement;
  const label = element.getAttribute("aria-label") || element.labels?.[0]?.innerText || element.innerText || "";
  return `${element.tagName.toLowerCase()} ${JSON.stringify(label.trim().slice(0, 40))}`;
}"""


@dataclass(frozen=True)
class FocusStop:
    """Where the focus arrived. `presses` of Tab it took; `visible` if the element looks different with the focus.

    `shown_by` says how: outline, shadow or border, with the style in force.
    """

    role: str
    name: str
    presses: int
    visible: bool
    shown_by: tuple[str, ...]


def tab_to(
    page: Page, role: str, name: str | Pattern[str], *, backwards: bool = False, most: int = MOST_STOPS
) -> FocusStop:
    """Press Tab until the element of this role and accessible name has the focus.

    Always moves at least once if the element has the focus already only by a script: visibility is judged on an
    arrival by keyboard. Raises ContractBroken with the stops seen when it is not reached within `most` presses.
    """
    wanted = page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]
    return tab_to_element(
        page, wanted, role, name if isinstance(name, str) else name.pattern, backwards=backwards, most=most
    )


def tab_to_element(
    page: Page, wanted: Locator, role: str, shown: str, *, backwards: bool = False, most: int = MOST_STOPS
) -> FocusStop:
    """Press Tab until this element has the focus; `role` and `shown` are how it is named. As `tab_to` otherwise."""
    key = "Shift+Tab" if backwards else "Tab"
    if has_focus(page, wanted):
        page.keyboard.press("Shift+Tab")
        shown_by = press_and_look(page, "Tab")
        if has_focus(page, wanted):
            return FocusStop(role, shown, 0, bool(shown_by), shown_by)
    passed: list[str] = []
    for press in range(1, most + 1):
        shown_by = press_and_look(page, key)
        if has_focus(page, wanted):
            return FocusStop(role, shown, press, bool(shown_by), shown_by)
        passed.append(str(ask(page, _NAME_OF_FOCUS, None, "the focused element", _SHOWN_WITHIN)))
        if passed.count(passed[-1]) > MOST_STOPS_INSIDE:
            break
    stops = ", ".join(dict.fromkeys(passed))
    raise ContractBroken(
        f"the {role} {shown!r} cannot be reached with {key}; the focus went over: {stops or 'nothing'}"
    )


def has_focus(page: Page, wanted: Locator) -> bool:
    """Say whether this element has the keyboard focus."""
    # Not `:focus`: on the way back from an embedded document it matches a moment later than the focus has moved.
    return bool(wanted.evaluate_all("(elements) => elements.includes(document.activeElement)"))


def press_and_look(page: Page, key: str) -> tuple[str, ...]:
    """Press a key that moves the focus; tell how the newly focused element shows it."""
    before = page.evaluate_handle(_REMEMBER, _FOCUSABLE)
    try:
        page.keyboard.press(key)

        argument = {"before": before, "milliseconds": _TRANSITION * 1000}
        return tuple(ask(page, _COMPARE, argument, "the look of the focused element", _SHOWN_WITHIN))
    finally:
        before.dispose()
