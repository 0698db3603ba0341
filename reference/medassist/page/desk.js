/** The desk of a nurse on duty: keeps the queue up to date and says what changed. */

import * as api from "/page/api.js";
import { Line } from "/page/line.js";
import { byId, el, paced, problemLine } from "/page/parts.js";
import { Queue } from "/page/queue.js";
import { Report } from "/page/report.js";
import { flagWords, urgencyWord } from "/page/words.js";

const BETWEEN_READS_MS = 400;
const WAITING_TIMES_EVERY_MS = 20_000;
const AFTER_TYPING_MS = 250;
const MOST = 200;
const LEAST_SEARCH = 2;

export class Desk {
  constructor(user) {
    this.user = user;
    this.over = false;
    this.lastEvent = null;
    this.told = new Map(); // report id -> the notices that came before the queue was read again
    this.mine = new Set(); // reports decided here
    this.queue = new Queue(user, (entry) => this.report.show(entry));
    this.report = new Report(user, { decided: (entry, how) => this.decided(entry, how), closed: () => this.queue.unmark() });
    this.read = paced(() => this.reload(), BETWEEN_READS_MS);
    this.line = new Line("nurse", () => (this.lastEvent === null ? {} : { last_event_id: this.lastEvent }), {
      joined: ({ last_event_id: last }) => {
        this.lastEvent ??= last;
        this.read();
      },
      frame: (frame) => this.heard(frame),
    });
  }

  /** Takes everything of patients off the page. */
  static wipe() {
    Queue.wipe();
    Report.wipe();
    for (const id of ["alarm", "news", "counts"]) byId(id).replaceChildren();
    for (const id of ["search", "urgency"]) byId(id).value = "";
    byId("only-red-flags").checked = false;
  }

  open() {
    Desk.wipe();
    this.wire();
    this.read();
    this.line.open();
    byId("desk-heading").focus();
  }

  close() {
    this.over = true;
    window.clearInterval(this.clock);
    window.clearTimeout(this.typing);
    this.line.close();
    this.report.close();
  }

  wire() {
    byId("filters").onsubmit = (event) => event.preventDefault();
    byId("urgency").onchange = () => this.narrow();
    byId("only-red-flags").onchange = () => this.narrow();
    byId("search").oninput = () => {
      window.clearTimeout(this.typing);
      this.typing = window.setTimeout(() => this.narrow(), AFTER_TYPING_MS);
    };
    this.clock = window.setInterval(() => this.queue.refreshWaiting(), WAITING_TIMES_EVERY_MS);
  }

  // ---- the queue

  get filter() {
    const words = byId("search").value.trim();
    return {
      ...(byId("urgency").value ? { urgency: byId("urgency").value } : {}),
      ...(byId("only-red-flags").checked ? { has_red_flags: "true" } : {}),
      ...(words.length >= LEAST_SEARCH ? { q: words } : {}),
    };
  }

  narrow() {
    this.narrowed = true;
    this.read();
  }

  async reload() {
    if (this.over) return;
    const filter = this.filter;
    const told = this.told;
    this.told = new Map();
    let found;
    try {
      const query = new URLSearchParams({ ...filter, limit: MOST });
      found = await api.ask(`/api/pars/${filter.q ? "search" : "queue"}?${query}`, "The queue could not be loaded.");
    } catch (problem) {
      if (!this.over) problemLine("queue-problem", `${problem.message} What you see may be old.`);
      return;
    }
    if (this.over) return;
    problemLine("queue-problem", "");
    const waiting = found.queue.filter(({ status }) => status !== "reviewed"); // a search also finds decided ones
    const before = this.queue.show(waiting);
    const isWhole = !Object.keys(filter).length;
    if (isWhole) this.count(found);
    this.note(waiting.length, found.total, isWhole, Boolean(filter.q));
    this.announce(told, before);
    this.report.follow(this.queue.entry(this.report.id));
  }

  note(shown, total, isWhole, isSearch) {
    const none = isWhole ? "No report waits for a decision." : "No waiting report matches.";
    const part = !isSearch && total > shown ? `The first ${shown} of ${total} reports are shown, the most urgent ones.` : "";
    byId("queue-note").textContent = shown ? part : none;
    if (!this.narrowed) return;
    this.narrowed = false;
    this.news(shown === 1 ? "1 report matches." : `${shown} reports match.`);
  }

  count({ total, immediate_count: immediate, urgent_count: urgent, red_flag_count: flagged }) {
    const figures = [["Waiting", total], ["Immediate", immediate], ["Urgent", urgent], ["With red flags", flagged]];
    byId("counts").replaceChildren(...figures.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(value)))));
  }

  // ---- what is told

  heard({ type, event_id: number, payload }) {
    if (number) this.lastEvent = number;
    if (type === "queue_update") this.count(payload);
    if (["new_par", "par_update", "red_flag_alert"].includes(type) && payload.par_id) {
      this.told.set(payload.par_id, [...(this.told.get(payload.par_id) ?? []), { type, payload }]);
      this.read();
    }
  }

  /** Says what the notices mean, now that the queue tells whom they are about. */
  announce(told, before) {
    const sentences = [];
    for (const [id, notices] of told) {
      const entry = this.queue.entry(id);
      const name = (entry ?? before.get(id))?.patient_name ?? "a patient outside your filter";
      const latest = notices.at(-1).payload;
      if (notices.some(({ type }) => type === "red_flag_alert")) this.alarm(id, name, notices);
      if (notices.some(({ type }) => type === "new_par")) sentences.push(`New report: ${name}, ${urgencyWord(latest.urgency ?? entry?.urgency).toLowerCase()}.`);
      else if (latest.status === "reviewed" && !this.mine.has(id)) sentences.push(`The report of ${name} has been decided.`);
      if (latest.status === "reviewed" && byId("alarm").dataset.report === id) byId("alarm").replaceChildren();
    }
    if (sentences.length) this.news(sentences.join(" "));
  }

  alarm(id, name, notices) {
    const flags = notices.flatMap(({ payload }) => payload.red_flags ?? []);
    byId("alarm").dataset.report = id;
    byId("alarm").replaceChildren(el("p", {}, `Emergency: ${name}, ${flagWords([...new Set(flags)])}.`));
  }

  news(sentence) {
    byId("news").textContent = sentence;
  }

  decided(entry, how) {
    this.mine.add(entry.id);
    if (byId("alarm").dataset.report === entry.id) byId("alarm").replaceChildren();
    this.queue.take(entry.id);
    this.news(`The report of ${entry.patient_name} is ${how}.`);
    byId("queue-heading").focus();
    this.read();
  }
}
