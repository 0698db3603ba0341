/** One running session: joins the chat, keeps lines in order, survives a lost connection, shows the end. */

import * as api from "/page/api.js";
import { Conversation, CUSTOMER, SYSTEM, YOU } from "/page/conversation.js";
import { clearDocuments, showDocuments } from "/page/documents.js";
import { byId, counted, el } from "/page/dom.js";
import { fromFrame, fromStored, summaryBody } from "/page/feedback.js";
import { GONE, Line, TAKEN_OVER } from "/page/line.js";
import { serverTime } from "/page/talk.js";

const LONGEST = 2000;
const SHOW_LEFT_BELOW = 200;

export class Training {
  /** @param session what store.js keeps; @param onLeft called with a notice when the trainee is back to choosing */
  constructor(session, onLeft) {
    this.session = session;
    this.onLeft = onLeft;
    this.over = false;
    this.greeted = false;
    this.wasLost = false;
    this.outbox = []; // lines not yet on the wire, oldest first
    this.inFlight = null; // the one line sent but neither confirmed nor refused; one at a time, so an answer is never mistaken
    this.unrated = []; // confirmed lines whose feedback is awaited
    this.known = new Map(); // message id -> entry
    this.early = null; // frames that came after joining but before the server told what it has stored
    this.line = new Line(session.websocketUrl, {
      joined: (frame) => this.joined(frame),
      frame: (frame) => this.heard(frame),
      lost: (waitMs) => this.lost(waitMs),
      refused: (code) => this.refused(code),
    });
  }

  open() {
    byId("choose").hidden = true;
    byId("training").hidden = false;
    byId("summary").hidden = true;
    byId("composer").hidden = false;
    byId("end-session").hidden = false;
    this.showTitle(this.session.title);
    this.conversation = new Conversation();
    this.wire();
    this.connection("Disconnected", "Connecting …");
    this.writing();
    showDocuments(this.session.scenario);
    byId("message").focus();
    this.line.open();
  }

  wire() {
    const message = byId("message");
    message.value = "";
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
    byId("end-session").onclick = () => this.line.send({ type: "session_complete" });
    byId("connect-now").onclick = () => this.line.open();
    byId("choose-again").onclick = () => this.leave();
    window.ononline = () => !this.line.joined && !this.over && this.line.open();
    this.typed();
  }

  showTitle(title) {
    byId("training-heading").textContent = title;
    document.title = `ChatTrain: ${title}`;
  }

  // ---- the connection

  joined(frame) {
    this.showTitle(frame.scenario?.title ?? this.session.title);
    if (!this.greeted) {
      this.greeted = true;
      this.conversation.add(SYSTEM, "You are connected with a customer played by an AI. Every answer you give is rated.", { at: serverTime(frame.timestamp) });
      if (frame.first_message) this.conversation.add(CUSTOMER, frame.first_message, { at: serverTime(frame.timestamp) });
    }
    if (this.wasLost) this.conversation.add(SYSTEM, "Connected again. Nothing you sent was lost.");
    this.wasLost = false;
    this.early = [];
    this.connection("Connected");
    this.line.send({ type: "session_start" });
  }

  lost(waitMs) {
    if (this.over) return;
    if (this.greeted && !this.wasLost) {
      this.wasLost = true;
      this.conversation.add(SYSTEM, "The connection was lost. What you sent is kept; the page reconnects by itself.");
    }
    const seconds = Math.max(1, Math.round(waitMs / 1000));
    this.connection("Disconnected", `Trying again in ${counted(seconds, "second")}.`, "Try now");
  }

  refused(code) {
    if (this.over) return;
    if (code === TAKEN_OVER) {
      this.wasLost = true;
      this.conversation.add(SYSTEM, "This training was opened in another window and goes on there.");
      this.connection("Disconnected", "Open in another window.", "Continue here");
      return;
    }
    const why = code === GONE ? "That session can no longer be opened." : "The training service refused the connection.";
    this.leave(`${why} Choose a scenario to start a new one.`);
  }

  connection(state, note = "", action = "") {
    byId("connection").textContent = state;
    byId("connection").classList.toggle("up", state === "Connected");
    byId("connection-note").textContent = note;
    byId("connect-now").textContent = action || "Try now";
    byId("connect-now").hidden = !action;
    byId("end-session").disabled = state !== "Connected";
    this.typed();
  }

  // ---- sending

  typed() {
    const { value } = byId("message");
    byId("send").disabled = !this.line.joined || this.over || !value.trim();
    const left = LONGEST - value.length;
    byId("message-left").textContent = left < SHOW_LEFT_BELOW ? `${counted(left, "character")} left.` : "";
  }

  submit() {
    const message = byId("message");
    if (byId("send").disabled) return;
    const entry = this.conversation.add(YOU, message.value);
    entry.mark("Sending …");
    this.outbox.push(entry);
    message.value = "";
    this.typed();
    message.focus();
    this.pump();
  }

  pump() {
    if (this.inFlight || this.early || !this.outbox.length) return;
    const [entry] = this.outbox;
    if (!this.line.send({ type: "user_message", content: entry.text })) return;
    this.outbox.shift();
    this.inFlight = entry;
    this.writing();
  }

  confirmed(id) {
    const entry = this.inFlight;
    if (!entry) return;
    this.inFlight = null;
    this.keep(entry, id);
    this.unrated.push(entry);
    this.pump();
  }

  keep(entry, id) {
    entry.id = id;
    entry.mark("");
    this.known.set(id, entry);
  }

  notAccepted(frame) {
    const wait = frame.retry_after ? ` Wait ${counted(Math.ceil(frame.retry_after), "second")}, then send it again.` : "";
    const entry = this.inFlight;
    this.inFlight = null;
    this.conversation.add(SYSTEM, `${frame.content}${wait}`, { at: serverTime(frame.timestamp) });
    if (entry) this.giveBack(entry);
    this.pump();
    this.writing();
  }

  /** A refused line is not lost: its text can go back into the input. */
  giveBack(entry) {
    const edit = () => {
      const message = byId("message");
      message.value = message.value ? `${message.value}\n${entry.text}` : entry.text;
      entry.remove();
      this.typed();
      message.focus();
    };
    entry.mark("Not sent.", el("button", { type: "button", class: "link", on: { click: edit } }, "Edit and send again"));
  }

  writing() {
    byId("writing").hidden = this.over || (!this.inFlight && !this.unrated.length);
  }

  // ---- what the server says

  heard(frame) {
    if (frame.type === "session_info") this.toldSoFar(frame.metadata ?? {});
    else if (this.early && frame.type !== "error") this.early.push(frame);
    else if (this.early) this.notTold(frame);
    else this.take(frame);
    this.writing();
  }

  take(frame) {
    const handlers = {
      message_received: () => this.confirmed(frame.message_id),
      assistant_message: () => this.answered(frame.message_id, frame.content, frame.metadata, frame.timestamp),
      evaluation_feedback: () => this.rated(fromFrame(frame)),
      session_complete: () => this.ended(frame.summary, frame.status),
      security_error: () => this.notAccepted(frame),
      error: () => this.notAccepted(frame),
    };
    if (Object.hasOwn(handlers, frame.type)) handlers[frame.type]();
  }

  /** What came before is part of what is stored: taken from there, in its place, and not once more from the frames. */
  toldSoFar(metadata) {
    const stored = ["message_received", "assistant_message", "evaluation_feedback"];
    const others = (this.early ?? []).filter(({ type }) => !stored.includes(type));
    this.early = null;
    this.restored(metadata);
    others.forEach((frame) => this.take(frame));
  }

  /** The server cannot tell what is stored: go on with what came. */
  notTold(error) {
    const early = this.early;
    this.early = null;
    [...early, error].forEach((frame) => this.take(frame));
  }

  answered(id, content, metadata, timestamp) {
    if (this.known.has(id)) return;
    const speaker = metadata?.error ? SYSTEM : CUSTOMER; // a stand-in for a failed AI is not the customer speaking
    this.known.set(id, this.conversation.add(speaker, content, { at: serverTime(timestamp) }));
  }

  rated(feedback) {
    const entry = this.unrated.shift();
    if (!entry) return;
    entry.rated = true;
    this.conversation.rate(entry, feedback);
  }

  /** Puts in what the server has stored and this page does not show yet: all of it after a reload. */
  restored({ session, messages = [] }) {
    const fill = () => messages.forEach((item) => this.restoredItem(item));
    if (this.known.size) fill();
    else this.conversation.quietly(fill);
    if (this.inFlight) {
      // The line dropped before it was stored: it goes out again, once.
      this.outbox.unshift(this.inFlight);
      this.inFlight = null;
    }
    if (session && session.status !== "active") this.readEnd();
    else this.pump();
  }

  restoredItem({ id, role, content, timestamp, metadata, evaluation }) {
    if (role !== "user") {
      this.answered(id, content, metadata, timestamp);
      return;
    }
    let entry = this.known.get(id);
    if (!entry && this.inFlight) {
      entry = this.inFlight; // stored, only the confirmation got lost
      this.inFlight = null;
      this.keep(entry, id);
    } else if (!entry) {
      entry = this.conversation.add(YOU, content, { at: serverTime(timestamp) });
      this.keep(entry, id);
    }
    if (entry.rated) return;
    if (evaluation) {
      entry.rated = true;
      this.unrated = this.unrated.filter((one) => one !== entry);
      this.conversation.rate(entry, fromStored(evaluation));
    } else if (!this.unrated.includes(entry)) {
      this.unrated.push(entry);
    }
  }

  // ---- the end

  async readEnd() {
    try {
      const { summary, status } = await api.session(this.session.id, this.session.token);
      this.ended(summary ?? {}, status);
    } catch (problem) {
      this.conversation.add(SYSTEM, `This session has ended. ${problem.message}`);
    }
  }

  ended(summary, status) {
    if (this.over) return;
    this.over = true;
    this.line.close();
    this.conversation.add(SYSTEM, status === "completed" ? "This training is completed." : "This training was ended early.");
    this.connection("Disconnected", "This session has ended.");
    byId("composer").hidden = true;
    byId("end-session").hidden = true;
    byId("summary-body").replaceChildren(summaryBody(summary, status));
    byId("summary").hidden = false;
    this.conversation.toEnd();
    byId("summary-heading").focus();
  }

  leave(notice = "") {
    this.over = true;
    this.line.close();
    window.ononline = null;
    clearDocuments();
    this.onLeft(notice);
  }
}
