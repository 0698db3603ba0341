/** The table of waiting reports. Rows stay the same elements as long as their report waits, so the focus stays too. */

import { byId, el } from "/page/parts.js";
import { flagWords, statusWord, urgencyWord, waitingWords } from "/page/words.js";

export class Queue {
  /** @param {(entry) => void} onOpen called with the entry whose report is wanted */
  constructor(user, onOpen) {
    this.user = user;
    this.onOpen = onOpen;
    this.rows = new Map(); // report id -> {entry, element, readAt}
    this.opened = null;
    this.filled = false;
  }

  static wipe() {
    byId("rows").replaceChildren();
    byId("queue-note").textContent = "";
    byId("queue-problem").replaceChildren();
  }

  entry(id) {
    return this.rows.get(id)?.entry;
  }

  /** Shows these entries in this order. @returns {Map} the entries that were shown before, by id */
  show(entries) {
    const before = new Map([...this.rows].map(([id, { entry }]) => [id, entry]));
    const focused = document.activeElement;
    const wanted = new Set(entries.map(({ id }) => id));
    for (const id of before.keys()) if (!wanted.has(id)) this.take(id);
    const body = byId("rows");
    let place = body.firstElementChild;
    for (const entry of entries) {
      const row = this.row(entry);
      if (row === place) place = place.nextElementSibling;
      else body.insertBefore(row, place);
    }
    this.filled = true;
    if (focused !== document.activeElement) (focused.isConnected ? focused : byId("queue-heading")).focus();
    return before;
  }

  take(id) {
    this.rows.get(id)?.element.remove();
    this.rows.delete(id);
  }

  unmark() {
    this.opened = null;
    for (const { element } of this.rows.values()) element.classList.remove("open");
  }

  refreshWaiting() {
    for (const { entry, element, readAt } of this.rows.values()) {
      const minutes = entry.wait_time_minutes + (Date.now() - readAt) / 60_000;
      element.querySelector(".waiting").textContent = waitingWords(minutes);
    }
  }

  row(entry) {
    const kept = this.rows.get(entry.id);
    const element = kept?.element ?? el("tr", { role: "row", class: this.filled ? "new" : "" });
    this.rows.set(entry.id, { entry, element, readAt: Date.now() });
    const cells = this.cells(entry);
    if (!kept) element.append(...cells, this.openCell(entry));
    else cells.forEach((cell, at) => element.children[at].isEqualNode(cell) || element.children[at].replaceWith(cell));
    return element;
  }

  cells(entry) {
    return [
      el("th", { role: "rowheader", scope: "row", id: `patient-${entry.id}` }, entry.patient_name),
      cell("Complaint", "", el("span", { class: "complaint" }, entry.chief_complaint)),
      cell("Urgency", "", el("span", { class: `urgency ${entry.urgency}` }, urgencyWord(entry.urgency))),
      cell("Red flags", "", entry.has_red_flags ? flagWords(entry.red_flags) : "None"),
      cell("Waiting", "waiting", waitingWords(entry.wait_time_minutes)),
      cell("Status", "status", this.status(entry)),
    ];
  }

  openCell(entry) {
    const open = () => {
      this.unmark();
      this.opened = entry.id;
      this.rows.get(entry.id).element.classList.add("open");
      this.onOpen(this.entry(entry.id));
    };
    const button = { type: "button", class: "secondary", "aria-describedby": `patient-${entry.id}`, on: { click: open } };
    return cell("", "open-cell", el("button", button, "Open report"));
  }

  status({ status, assigned_nurse_id: holder }) {
    if (!holder) return statusWord(status);
    return `${statusWord(status)} by ${holder === this.user.id ? "you" : "a colleague"}`;
  }
}

function cell(label, kind, content) {
  return el("td", { role: "cell", class: kind || null, "data-label": label }, content);
}
