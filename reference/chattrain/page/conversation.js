/** The list of what was said. It only shows; what happens is decided in training.js. */

import { byId, el } from "/page/dom.js";
import { feedbackCard } from "/page/feedback.js";

export const YOU = "You";
export const CUSTOMER = "Customer";
export const SYSTEM = "System";

let made = 0;

export class Conversation {
  constructor() {
    this.log = byId("conversation");
    this.log.replaceChildren();
  }

  /** Adds an entry at the end. @returns {Entry} */
  add(speaker, text, { at = new Date() } = {}) {
    const entry = new Entry(speaker, text, at);
    const following = this.atEnd();
    this.log.append(entry.element);
    if (following || speaker === YOU) this.toEnd();
    return entry;
  }

  rate(entry, feedback) {
    const following = this.atEnd();
    entry.element.append(feedbackCard(feedback));
    if (following) this.toEnd();
  }

  /** Fills without announcing every single old message. */
  quietly(fill) {
    this.log.setAttribute("aria-busy", "true");
    try {
      fill();
    } finally {
      this.log.removeAttribute("aria-busy");
    }
    this.toEnd();
  }

  /** Whoever scrolled up to read is left in peace. */
  atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

export class Entry {
  constructor(speaker, text, at) {
    const id = `speaker-${(made += 1)}`;
    this.text = text;
    this.id = null;
    this.rated = false;
    this.state = el("p", { class: "entry-state" });
    this.element = el(
      "article",
      { class: `entry ${speaker.toLowerCase()}`, "aria-labelledby": id },
      el("div", { class: "entry-head" }, el("span", { class: "speaker", id }, speaker), " ", clock(at)),
      el("p", { class: "text" }, text),
      this.state,
    );
  }

  /** Shows what is going on with the line, with an optional button. */
  mark(text, action = null) {
    this.state.replaceChildren(...(text ? [text] : []), ...(action ? [" ", action] : []));
    this.element.classList.toggle("failed", Boolean(action));
  }

  remove() {
    this.element.remove();
  }
}

function clock(at) {
  const two = (number) => String(number).padStart(2, "0");
  return el("time", { datetime: at.toISOString() }, `${two(at.getHours())}:${two(at.getMinutes())}`);
}

/** A time of the server; times without zone are UTC. */
export function serverTime(text) {
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text ?? "") ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
