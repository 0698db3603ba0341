"""What a person sees of a page: its texts with their contrast and size, its controls with their place, what moves."""

from countersign.systems.pages.model import Placed, SeenText
from countersign.transport.browser import Window
from countersign.transport.browser.touring import OPERABLE

READ_WITHIN = 8.0

# Colours come in many notations; a canvas knows them all. Text on a picture has no one contrast and is left out.
_TEXTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(colour, [red, green, blue, alpha / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null;
      layers.push(rgba(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), rgba("Canvas"));
  };
  const light = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const seen = (element, boxes) => {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
    for (let each = element; each; each = each.parentElement) {
      const box = each.getBoundingClientRect();
      const clips = getComputedStyle(each).overflow !== "visible" || getComputedStyle(each).clipPath !== "none";
      if (clips && (box.width <= 1 || box.height <= 1)) return false;
    }
    return [...boxes].some((box) => box.width > 1 && box.height > 1 && box.right > 0);
  };
  const told = (text, element) => {
    const below = ground(element);
    if (!below) return [];
    let strength = 1;
    for (let each = element; each; each = each.parentElement) strength *= Number(getComputedStyle(each).opacity);
    const style = getComputedStyle(element);
    const [red, green, blue, alpha] = rgba(style.color);
    const [first, second] = [light(over([red, green, blue, alpha * strength], below)), light(below)];
    const contrast = (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    return [{text: text.trim().replace(/\\s+/g, " ").slice(0, 80), contrast, pixels: parseFloat(style.fontSize)}];
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement, range = document.createRange();
    if (!node.data.trim() || element.closest("script, style, option, :disabled")) continue;
    range.selectNodeContents(node);
    if (seen(element, range.getClientRects())) texts.push(...told(node.data, element));
  }
  for (const field of document.querySelectorAll("input, select, textarea")) {
    const words = field.selectedOptions?.[0]?.text ?? (field.type === "file" ? "" : field.value);
    if (words && !field.disabled && !/checkbox|radio/.test(field.type) && seen(field, field.getClientRects())) {
      texts.push(...told(words, field));
    }
  }
  return texts;
}"""

_PLACES = """(selector) => {
  const shown = (element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const words = (element) => element.labels?.[0]?.textContent || element.textContent || element.tagName;
  const labelled = (element, at) => [...(element.labels ?? [])].some((each) => each.contains(at));
  const reached = (element, at) => element.contains(at) || labelled(element, at);
  const trouble = (element) => {
    element.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return "has no size";
    const width = document.documentElement.clientWidth;
    if (box.left + scrollX < -1 || box.right + scrollX > width + 1) return "reaches out of the window";
    if (!reached(element, document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))) {
      return "is covered";
    }
    const cut = element.matches("button, a, [role=button]") && getComputedStyle(element).overflow !== "visible";
    return cut && element.scrollWidth > element.clientWidth + 1 ? "is cut off" : "";
  };
  const dialog = document.querySelector("dialog:modal");
  const before = scrollY;
  const places = [...(dialog ?? document).querySelectorAll(selector)]
    .filter((element) => shown(element) && element.getBoundingClientRect().right > 0)
    .map((element) => ({name: words(element).trim().replace(/\\s+/g, " "), trouble: trouble(element)}));
  scrollTo(0, before);
  return places;
}"""

_MOVING = """async (milliseconds) => {
  const moving = new Set();
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    for (const each of document.getAnimations()) {
      const on = each.effect?.target;
      const what = each.transitionProperty ?? each.animationName;
      if (each.playState === "running") moving.add(`${what} of ${on?.className}`);
    }
    await new Promise(requestAnimationFrame);
  }
  return [...moving];
}"""
# In a media query an em is the size of text in the settings, whatever the page does.
_SETTINGS = """() => ({
  forced_colors: matchMedia("(forced-colors: active)").matches,
  less_motion: matchMedia("(prefers-reduced-motion: reduce)").matches,
  text_times: [2, 1].find((times) => matchMedia(`(max-width: ${innerWidth / (16 * times - 1)}em)`).matches) ?? 0,
})"""


def texts(window: Window) -> tuple[SeenText, ...]:
    """Read every text that is seen, those of disabled controls left out."""
    return tuple(SeenText(**each) for each in window.ask(_TEXTS, None, "the texts in view", READ_WITHIN))


def places(window: Window) -> tuple[Placed, ...]:
    """Look whether each control that is shown stands in the window, uncovered and whole."""
    return tuple(Placed(**each) for each in window.ask(_PLACES, OPERABLE, "the controls in view", READ_WITHIN))


def moving(window: Window, seconds: float) -> tuple[str, ...]:
    """Watch for so long; name whatever moves or fades by itself."""
    return tuple(window.ask(_MOVING, seconds * 1000, "what moves on the page", seconds + READ_WITHIN))


def is_as_wished(window: Window, **wished: float) -> bool:
    """Say whether the browser really asks the page for what the person wished (the names of `Window.wish`)."""
    in_force = settings(window)
    return all(in_force[name] == value for name, value in wished.items())


def settings(window: Window) -> dict[str, float]:
    """Read what the browser asks the page for: own colours, less motion, and how many times as large text is."""
    return dict(window.ask(_SETTINGS, None, "the settings of the browser", READ_WITHIN))
