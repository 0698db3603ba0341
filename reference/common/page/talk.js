/** The list of what was said. It only shows; what happens is decided by whoever adds to it. */

import { el } from "/page/dom.js";

let made = 0;

export class Talk {
  /** @param {HTMLElement} log the element with the role log; @param {string} own the speaker who is followed always */
  constructor(log, own) {
    this.log = log;
    this.own = own;
    this.log.replaceChildren();
  }

  /** Adds an entry at the end. @returns {Entry} */
  add(speaker, text, { at = new Date() } = {}) {
    const entry = new Entry(speaker, text, at);
    this.following(() => this.log.append(entry.element), speaker === this.own);
    return entry;
  }

  /** Changes something and stays at the end, if that is where the reader was. */
  following(change, always = false) {
    const atEnd = always || this.atEnd();
    change();
    if (atEnd) this.toEnd();
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

/** @returns {HTMLElement} the time of day as people read it, with the whole moment for machines */
export function clock(at) {
  const two = (number) => String(number).padStart(2, "0");
  return el("time", { datetime: at.toISOString() }, `${two(at.getHours())}:${two(at.getMinutes())}`);
}

/** A time of the server; times without zone are UTC. */
export function serverTime(text) {
  const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text ?? "") ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
