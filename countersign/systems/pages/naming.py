"""What is written on a control and how it is named: people who speak to a page call it by what they see."""

from playwright.sync_api import Locator

from countersign.systems.pages.access import node_of
from countersign.systems.pages.model import Labelled
from countersign.transport.browser import Window
from countersign.transport.browser.touring import OPERABLE

# Words that only a screen reader meets are clipped away to a point; they are no part of what is seen.
_SEEN_WORDS = """(element) => {
  const clipped = (node) => {
    for (let each = node; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each), box = each.getBoundingClientRect();
      const clips = style.overflow !== "visible" || style.clipPath !== "none";
      if (clips && (box.width <= 1 || box.height <= 1)) return true;
    }
    return !node.checkVisibility({visibilityProperty: true, opacityProperty: true});
  };
  const read = (part) => {
    const words = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (!clipped(walker.currentNode.parentElement)) words.push(walker.currentNode.data);
    }
    return words.join(" ");
  };
  const own = element.matches("select, textarea, input") ? "" : read(element);
  return (own || [...(element.labels ?? [])].map(read).join(" ")).replace(/\\s+/g, " ").trim();
}"""


def labels(window: Window, part: Locator) -> tuple[Labelled, ...]:
    """Read every control in a part of the page that is in view."""
    found = []
    with window.waiting("the names of the controls") as milliseconds:
        for element in part.locator(OPERABLE).all():
            if element.is_visible():
                control = node_of(window, element)
                found.append(
                    Labelled(control.role, str(element.evaluate(_SEEN_WORDS, timeout=milliseconds)), control.name)
                )
    return tuple(found)
