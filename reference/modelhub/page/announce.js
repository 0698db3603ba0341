/** Tells results and troubles in regions that are read out. */

import { byId, el } from "/page/dom.js";

const KEPT = 4;
/** The rule is 5 s between two tellings; a reader that lags behind the one and not the other must not hear them closer. */
const PROGRESS_EVERY_MS = 5200;
const lastProgress = new Map();

export function announce(sentence) {
  const region = byId("announcements");
  region.append(el("p", {}, sentence));
  while (region.children.length > KEPT) region.firstChild.remove();
}

export function announceProgress(model, sentence) {
  const now = Date.now();
  if (now - (lastProgress.get(model) ?? 0) < PROGRESS_EVERY_MS) return;
  lastProgress.set(model, now);
  announce(sentence);
}

export function complain(sentence, hint = "") {
  byId("errors").replaceChildren(el("p", {}, sentence, hint ? ` ${hint}` : ""));
}

export const calm = () => byId("errors").replaceChildren();
