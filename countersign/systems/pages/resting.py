"""A focus that nobody moves, while the page goes on living."""

from countersign.systems.pages.model import Rested
from countersign.transport.browser import Window

# A focus can get lost without any event (its element is hidden or taken out), so it is looked at after each change too.
_REST = """(order) => {
  const rest = globalThis.countersignRest = {
    on: document.activeElement, since: performance.now(), updates: 0, moves: [],
    order: [...document.querySelectorAll(order)], shuffles: 0,
  };
  const look = () => {
    if (document.activeElement === rest.on) return;
    const now = document.activeElement;
    const name = now === document.body ? "nothing" : now.innerText || now.getAttribute("aria-label") || now.tagName;
    if (rest.moves.at(-1) !== name) rest.moves.push(name.trim().slice(0, 60));
  };
  document.addEventListener("focusin", look);
  document.addEventListener("focusout", () => setTimeout(look));
  new MutationObserver(() => {
    rest.updates += 1;
    look();
    const still = rest.order.filter((element) => element.isConnected);
    const now = [...document.querySelectorAll(order)].filter((element) => still.includes(element));
    if (now.some((element, at) => element !== still[at])) rest.shuffles += 1;
  }).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
_RESTED = """() => {
  const {on, since, updates, moves, shuffles} = globalThis.countersignRest;
  return {
    on: (on.innerText || on.tagName).trim().replace(/\\s+/g, " "), seconds: (performance.now() - since) / 1000,
    updates, shuffles, moves: document.activeElement === on || moves.length ? moves : ["nothing"],
  };
}"""
_FOCUSED = """() => {
  const element = document.activeElement;
  return element === document.body ? "" : (element.textContent || element.tagName).trim().replace(/\\s+/g, " ");
}"""
ANSWERED_WITHIN = 5.0


def rests(window: Window, rows: str) -> None:
    """Watch from now on whether the focus stays where it is, and the rows (a CSS selector) in their order."""
    window.ask(_REST, rows, "the focus that is left alone", ANSWERED_WITHIN)


def rested(window: Window) -> Rested:
    """Give what was seen since then."""
    found = window.ask(_RESTED, None, "the focus that was left alone", ANSWERED_WITHIN)
    return Rested(found["on"], found["seconds"], found["updates"], tuple(found["moves"]), found["shuffles"])


def focused_words(window: Window) -> str:
    """Give the words of whatever has the focus; empty where that is nothing."""
    return str(window.ask(_FOCUSED, None, "the focused element", ANSWERED_WITHIN))
