"""Going over a whole page with Tab: what takes the focus, in which order, and whether it can be seen there."""

from dataclasses import dataclass

from playwright.sync_api import Page

from countersign.errors import ContractBroken
from countersign.transport.browser.bounded import ask
from countersign.transport.browser.keyboard import press_and_look

MOST_STOPS = 150
_ANSWERED_WITHIN = 3.0
_ROUNDS = 2

OPERABLE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox],"
    " [role=switch], [role=tab], [role=menuitem], [contenteditable=true], [data-testid^=action-]"
)
"""What is there to be operated, by any means: native controls, those by role, and those by a hook for actions."""

# The page remembers the elements themselves: a page that lives gets new ones in between, which shifts all numbers.
# What is missed must have been there from the beginning: a control that comes behind the focus is no fault.
_OPERABLE_NOW = """[...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled)"""
_NAME = "(element) => element.dataset.testid || element.id || element.outerHTML.slice(0, 80)"
_FROM_THE_TOP = f"""(selector) => {{
  globalThis.countersignThere = {_OPERABLE_NOW}.map({_NAME});
  globalThis.countersignTour = [];
  const body = document.body;
  body.tabIndex = -1;
  body.focus();
  body.removeAttribute("tabindex");
}}"""
_WHERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const been = globalThis.countersignTour;
  const before = been.at(-1);
  let number = been.indexOf(element);
  if (number < 0) number = been.push(element) - 1;
  const box = element.getBoundingClientRect();
  const label = element.getAttribute("aria-label") || element.labels?.[0]?.innerText || element.innerText || "";
  return {
    number,
    name: `${element.tagName.toLowerCase()} ${JSON.stringify(label.trim().replace(/\\s+/g, " ").slice(0, 60))}`,
    top: box.top + scrollY, bottom: box.bottom + scrollY,
    after: !before || Boolean(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""
_MISSED = f"""(selector) => {{
  const been = globalThis.countersignTour, there = globalThis.countersignThere;
  delete globalThis.countersignTour;
  delete globalThis.countersignThere;
  return {_OPERABLE_NOW}
    .filter((element) => !been.includes(element))
    .map({_NAME})
    .filter((name) => there.includes(name));
}}"""


@dataclass(frozen=True)
class TourStop:
    """Something that took the focus. `number` tells it from others, `top` and `bottom` are its height on the page (CSS
    pixels), `visible` says whether it looks different with the focus, `after` whether it stands after the one before
    in the text of the page."""

    number: int
    name: str
    top: float
    bottom: float
    visible: bool
    after: bool


@dataclass(frozen=True)
class Tour:
    """All stops of one round, and what there is to operate that took no focus."""

    stops: tuple[TourStop, ...]
    missed: tuple[str, ...]


def tour(page: Page, *, backwards: bool = False) -> Tour:
    """Press Tab from the top (Shift+Tab from the end) until the focus comes round, which may lead out of the page.

    Raises ContractBroken when it does neither within MOST_STOPS presses: then it is trapped.
    """
    page.evaluate(_FROM_THE_TOP, OPERABLE)
    stops: list[TourStop] = []
    outside = 0
    for _ in range(MOST_STOPS):
        shown_by = press_and_look(page, "Shift+Tab" if backwards else "Tab")
        found = ask(page, _WHERE, None, "the focused element", _ANSWERED_WITHIN)
        if found is None and outside < _ROUNDS:
            outside += 1
            continue
        if found is None or (stops and found["number"] == stops[0].number):
            return Tour(tuple(stops), tuple(page.evaluate(_MISSED, OPERABLE)))
        stops.append(TourStop(**found, visible=bool(shown_by)))
        if [stop.number for stop in stops].count(found["number"]) > _ROUNDS:
            break
    raise ContractBroken(f"the keyboard focus is trapped: it does not come round, and was last on {stops[-1].name}")
