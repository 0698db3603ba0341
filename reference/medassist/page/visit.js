/** One conversation of a patient: what is said, what is answered, what becomes of the report. */

import * as api from "/page/api.js";
import { counted } from "/page/dom.js";
import { Line } from "/page/line.js";
import { Outbox } from "/page/outbox.js";
import { showOutcome } from "/page/outcome.js";
import { byId, el } from "/page/parts.js";
import { Talk, serverTime } from "/page/talk.js";

const LONGEST = 5000;
const YOU = "You";
const ASSISTANT = "Assistant";
const NURSE = "Nurse";
const SYSTEM = "MedAssist";
const OPEN = ["active", "escalated"];

const PROGRESS = {
  none: "",
  ready: "Your report is ready and waits for a nurse.",
  decided: "A nurse has decided.",
  closed: "This conversation is closed.",
};

export class Visit {
  /** @param {{consent: () => void, again: () => void}} page what to do when consent is missing, and to begin anew */
  constructor(page) {
    this.page = page;
    this.session = null;
    this.line = null;
    this.seen = 0; // the highest number of a stored message that is shown
    this.known = new Map(); // message id -> entry
    this.unanswered = new Set(); // ids of the patient's messages that still get an answer
    this.advised = []; // emergency advice that is shown but has no id yet
    this.streamed = "";
    this.over = false;
    this.talk = new Talk(byId("conversation"), YOU);
    this.outbox = new Outbox((content, id) => Boolean(this.line?.send("chat", { content, client_message_id: id })));
  }

  /** Takes everything of a patient off the page. */
  static wipe() {
    for (const id of ["conversation", "emergency", "outcome-body", "progress"]) byId(id).replaceChildren();
    byId("outcome").hidden = true;
    byId("message").value = "";
    byId("draft").textContent = "";
    byId("draft").hidden = true;
  }

  async open(session) {
    Visit.wipe();
    this.wire();
    this.progress("none");
    try {
      this.session = session ?? (await api.ask("/api/sessions", "The conversation could not be opened.", { method: "POST", body: {} }));
      await this.load();
    } catch (problem) {
      if (!this.over) this.troubled(problem.message);
      return;
    }
    if (this.over) return; // left while it was loading
    if (!OPEN.includes(this.session.status)) {
      await this.ended();
      return;
    }
    if (this.session.has_par) this.progress("ready");
    this.line = new Line(this.session.id, () => ({ last_sequence: this.seen }), {
      joined: () => this.joined(),
      frame: (frame) => this.heard(frame),
      lost: () => this.lost(),
    });
    this.line.open();
    byId("message").focus();
  }

  close() {
    this.over = true;
    this.line?.close();
  }

  wire() {
    const message = byId("message");
    message.oninput = () => this.typed();
    message.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    };
    byId("composer").onsubmit = (event) => {
      event.preventDefault();
      this.submit();
    };
    byId("ask-report").onclick = () => this.askReport();
    byId("new-visit").onclick = () => this.page.again();
    byId("composer").hidden = false;
    byId("ask-review").hidden = true;
    byId("welcome").hidden = false;
    this.typed();
    this.writing();
  }

  troubled(sentence) {
    const again = () => {
      entry.remove();
      this.page.again();
    };
    const entry = this.talk.add(SYSTEM, sentence);
    entry.mark(" ", el("button", { type: "button", class: "link", on: { click: again } }, "Try again"));
  }

  // ---- writing

  typed() {
    const length = byId("message").value.length;
    byId("message-left").textContent = `${length} of ${counted(LONGEST, "character")}`;
  }

  submit() {
    const message = byId("message");
    const content = message.value.trim();
    message.focus();
    if (!content || this.over) return;
    const entry = this.talk.add(YOU, content);
    message.value = "";
    this.typed();
    this.started();
    entry.mark("Sending …");
    this.outbox.put(content, entry);
  }

  started() {
    byId("welcome").hidden = true;
  }

  writing() {
    byId("writing").hidden = this.over || (!this.unanswered.size && !this.streamed);
  }

  /** A refused message is not lost: it can be sent again as it is. */
  notSent(sentence) {
    const sent = this.outbox.giveBack();
    this.talk.add(SYSTEM, sentence);
    if (!sent) return;
    const again = () => {
      sent.entry.mark("Sending …");
      this.outbox.put(sent.content, sent.entry);
      byId("message").focus();
    };
    sent.entry.mark("Not sent.", el("button", { type: "button", class: "link", on: { click: again } }, "Send again"));
  }

  // ---- the line

  joined() {
    this.stream("");
    this.outbox.again();
  }

  async lost() {
    this.stream("");
    try {
      const now = await api.ask(`/api/sessions/${this.session.id}`, "The conversation could not be read.");
      if (OPEN.includes(now.status) || this.over) return;
    } catch {
      return; // MedAssist is away; the line says so and tries again
    }
    await this.ended(); // closed meanwhile: no line is opened to it any more
  }

  heard({ type, payload, timestamp }) {
    const handlers = {
      status: () => this.received(payload),
      red_flag_alert: () => this.advise(payload.message, timestamp),
      streaming: () => this.stream(this.streamed + payload.token),
      streaming_complete: () => this.answered(payload, timestamp),
      message: () => this.stored(payload),
      par_ready: () => this.progress("ready", true),
      par_update: () => payload.status === "reviewed" && this.ended(true),
      error: () => this.refused(payload),
    };
    if (Object.hasOwn(handlers, type)) handlers[type]();
    this.writing();
  }

  received({ status, message_id: id, client_message_id: named, sequence }) {
    if (status !== "message_received") return;
    const sent = this.outbox.confirmed(named);
    if (!sent) return;
    if (!this.known.has(id)) this.unanswered.add(id);
    this.keep(id, sequence, sent.entry);
    sent.entry.mark("");
    byId("ask-review").hidden = !byId("progress").hidden;
  }

  answered({ message_id: id, in_reply_to: to, sequence_number: sequence, content }, timestamp) {
    this.stream("");
    this.unanswered.delete(to);
    if (this.known.has(id)) return;
    this.keep(id, sequence, this.talk.add(ASSISTANT, content, { at: serverTime(timestamp) }));
  }

  refused({ error, code, details }) {
    if (code === "CONSENT_REQUIRED") {
      const sent = this.outbox.giveBack();
      if (sent) {
        byId("message").value = sent.content;
        sent.entry.remove();
      }
      this.page.consent();
    } else if (code === "SESSION_CLOSED") {
      this.notSent(error);
      this.ended();
    } else {
      const wait = details?.retry_after ? ` Wait ${counted(Math.ceil(details.retry_after), "second")}, then send it again.` : "";
      this.notSent(`${error}${wait}`);
    }
  }

  /** The words as they come, for the eye only: the log announces the whole answer once. */
  stream(text) {
    this.streamed = text;
    this.talk.following(() => {
      byId("draft").textContent = text;
      byId("draft").hidden = !text;
    });
  }

  // ---- what is stored

  async load() {
    const messages = [];
    for (;;) {
      const path = `/api/sessions/${this.session.id}/messages?after_sequence=${messages.at(-1)?.sequence_number ?? 0}`;
      const page = await api.ask(path, "The conversation could not be loaded.");
      messages.push(...page.messages);
      if (!page.messages.length || messages.length >= page.total) break;
    }
    this.talk.quietly(() => messages.forEach((message) => this.stored(message)));
    this.writing();
  }

  stored(message) {
    const { id, role, content, metadata, sequence_number: sequence, created_at: at } = message;
    this.seen = Math.max(this.seen, sequence);
    if (role === "assistant") this.unanswered.delete(metadata?.in_reply_to);
    if (this.known.has(id)) return;
    if (metadata?.kind === "emergency_advice") {
      this.advise(content, at, { id, sequence });
      return;
    }
    const mine = role === "user" ? this.outbox.confirmed(metadata?.client_message_id) : null;
    mine?.entry.mark("");
    const speaker = { user: YOU, assistant: ASSISTANT }[role] ?? (metadata?.from === "nurse" ? NURSE : SYSTEM);
    this.keep(id, sequence, mine?.entry ?? this.talk.add(speaker, content, { at: serverTime(at) }));
    if (role === "user") this.unanswered.add(id);
    if (role === "user") byId("ask-review").hidden = this.session.has_par;
  }

  keep(id, sequence, entry) {
    this.known.set(id, entry);
    this.seen = Math.max(this.seen, sequence);
    this.started();
  }

  /** Emergency advice stays in view as long as the conversation does, and stands where it was given too. */
  advise(text, at, { id = null, sequence = 0 } = {}) {
    const shown = id ? this.advised.findIndex((advice) => advice.text === text) : -1;
    const entry = shown >= 0 ? this.advised.splice(shown, 1)[0] : this.talk.add(SYSTEM, text, { at: serverTime(at) });
    if (id) this.keep(id, sequence, entry);
    else this.advised.push(entry);
    if (byId("emergency").textContent.includes(text)) return;
    this.talk.following(() => byId("emergency").replaceChildren(el("p", { class: "emergency-title" }, "Emergency"), el("p", {}, text)));
  }

  // ---- the report

  progress(state, told = false) {
    const sentence = PROGRESS[state];
    if (told && sentence !== byId("progress").textContent) this.talk.add(SYSTEM, sentence);
    byId("progress").textContent = sentence;
    byId("progress").hidden = !sentence;
    if (sentence) byId("ask-review").hidden = true;
  }

  async askReport() {
    byId("ask-report").disabled = true;
    try {
      await api.ask(`/api/sessions/${this.session.id}/assessment`, "The report could not be made.", { method: "POST" });
      this.progress("ready", true);
      byId("message").focus();
    } catch (problem) {
      this.talk.add(SYSTEM, problem.message);
    } finally {
      byId("ask-report").disabled = false;
    }
  }

  /** Nothing can be written any more; what a nurse decided is shown, `told` when it comes just now. */
  async ended(told = false) {
    if (this.over) return;
    this.over = true;
    this.line?.close();
    byId("connection-line").hidden = true;
    byId("composer").hidden = true;
    byId("ask-review").hidden = true;
    byId("new-visit").hidden = false;
    this.writing();
    this.stream("");
    const report = await this.decidedReport();
    this.progress(report ? "decided" : "closed", told);
    showOutcome(report);
    if (told) byId("outcome-heading").focus();
  }

  async decidedReport() {
    try {
      return await api.ask(`/api/pars/session/${this.session.id}`, "The outcome could not be loaded.");
    } catch (problem) {
      if (problem.status !== 403 && problem.status !== 404) this.talk.add(SYSTEM, problem.message);
      return null; // closed without a decision
    }
  }
}
