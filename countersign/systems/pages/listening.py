"""What a screen reader is given to say while a page lives: every change of a region that is announced."""

from countersign.systems.pages.model import Said
from countersign.transport.browser import Window

# A status is read as a whole, an alert too, unless the page says otherwise (WAI-ARIA 1.2, aria-atomic).
_LISTEN = """() => {
  const heard = globalThis.countersignHeard = [];
  const implied = {log: "polite", status: "polite", alert: "assertive"};
  const whole = {status: "true", alert: "true"};
  const selector = "[aria-live], [role=log], [role=status], [role=alert], output";
  const words = (node) => (node.innerText ?? node.textContent ?? "").replace(/\\s+/g, " ").trim();
  new MutationObserver((changes) => {
    const spoken = new Map();
    for (const change of changes) {
      const element = change.target instanceof Element ? change.target : change.target.parentElement;
      const region = element?.closest(selector);
      if (!region || !region.checkVisibility()) continue;
      const role = region.getAttribute("role") ?? "";
      const manner = region.getAttribute("aria-live") ?? implied[role] ?? "off";
      if (manner === "off") continue;
      const parts = spoken.get(region) ?? {role, manner, news: []};
      spoken.set(region, parts);
      if ((region.getAttribute("aria-atomic") ?? whole[role]) === "true") parts.news = [words(region)];
      else if (change.type === "characterData") parts.news.push(words(change.target));
      else parts.news.push(...[...change.addedNodes].map(words));
    }
    for (const {role, manner, news} of spoken.values()) {
      const text = news.filter(Boolean).join(" ");
      if (text) heard.push({at: Date.now() / 1000, role, manner, text});
    }
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""
_HEARD = "() => globalThis.countersignHeard ?? []"
LISTENING_WITHIN = 5.0


def listens(window: Window) -> None:
    """Note from now on whatever is announced, until the page is loaded anew."""
    window.ask(_LISTEN, None, "listening to what is announced", LISTENING_WITHIN)


def heard(window: Window) -> tuple[Said, ...]:
    """Give all that was announced since then."""
    return tuple(Said(**each) for each in window.ask(_HEARD, None, "what was announced", LISTENING_WITHIN))
