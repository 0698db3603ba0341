/** The report that is open: what it says, and the nurse's decision on it. */

import * as api from "/page/api.js";
import { askOverride, closeOverride } from "/page/override.js";
import { byId, el, problemLine } from "/page/parts.js";
import { flagWords, statusWord, urgencyWord, waitingWords } from "/page/words.js";

const SPEAKERS = { user: "Patient", assistant: "Assistant" };

export class Report {
  /** @param {{decided: (entry, how: string) => void, closed: () => void}} hooks */
  constructor(user, hooks) {
    this.user = user;
    this.hooks = hooks;
    this.id = null;
    this.opener = null;
  }

  static wipe() {
    closeOverride();
    byId("report").hidden = true;
    byId("report-body").replaceChildren();
    byId("report-problem").replaceChildren();
  }

  async show(entry) {
    this.id = entry.id;
    this.entry = entry;
    this.opener = document.activeElement;
    Report.wipe();
    byId("report").hidden = false;
    byId("report-body").append(el("p", { class: "quiet" }, "Loading the report …"));
    byId("close-report").onclick = () => this.close(true);
    byId("approve").onclick = () => this.decide({ approved: true }, "approved");
    byId("override").onclick = () => this.override();
    this.mayDecide(false);
    byId("report-heading").focus();
    await this.load(entry);
  }

  async load(entry) {
    try {
      const [report, conversation] = await Promise.all([
        api.ask(`/api/pars/${entry.id}`, "The report could not be loaded."),
        api.ask(`/api/sessions/${entry.session_id}/messages`, "The conversation could not be loaded."),
      ]);
      if (this.id !== entry.id) return; // another one was opened meanwhile
      byId("report-body").replaceChildren(...parts(entry, report), ...spoken(conversation.messages));
      this.mayDecide(this.user.role === "nurse" && !report.reviewed);
      if (report.reviewed) problemLine("report-problem", "This report has been decided.");
    } catch (problem) {
      if (this.id !== entry.id) return;
      byId("report-body").replaceChildren();
      problemLine("report-problem", problem.message);
    }
  }

  /** The queue was read again: `entry` is what it says of this report, or nothing. */
  follow(entry) {
    if (!this.id || !entry || entry.id !== this.id) {
      if (this.id) this.look();
      return;
    }
    const changed = entry.urgency !== this.entry.urgency || entry.status !== this.entry.status;
    this.entry = entry;
    if (changed) this.load(entry);
  }

  /** It is not in the queue any more, or only outside the filter. */
  async look() {
    const { id } = this;
    try {
      const report = await api.ask(`/api/pars/${id}`, "The report could not be read.");
      if (!report.reviewed || this.id !== id) return;
      closeOverride();
      this.mayDecide(false);
      problemLine("report-problem", "A colleague has decided this report.");
    } catch (problem) {
      if (this.id === id) problemLine("report-problem", problem.message);
    }
  }

  mayDecide(may) {
    byId("decisions").hidden = this.user.role !== "nurse";
    byId("approve").disabled = !may;
    byId("override").disabled = !may;
  }

  close(moveFocus = false) {
    const { opener } = this;
    this.id = null;
    this.entry = null;
    Report.wipe();
    this.hooks.closed();
    if (moveFocus) (opener?.isConnected ? opener : byId("queue-heading")).focus();
  }

  override() {
    askOverride((reason, assessment) => this.sent({ approved: false, override_reason: reason, override_assessment: assessment }, "overridden"));
  }

  async decide(body, how) {
    this.mayDecide(false);
    problemLine("report-problem", "");
    try {
      await this.sent(body, how);
    } catch (problem) {
      this.mayDecide(problem.code !== "ALREADY_REVIEWED");
      problemLine("report-problem", problem.message);
    }
  }

  async sent(body, how) {
    const { entry } = this;
    await api.ask(`/api/pars/${entry.id}/review`, "Your decision was not taken.", { method: "POST", body });
    this.close();
    this.hooks.decided(entry, how);
  }
}

function parts(entry, report) {
  const flags = flagWords(report.red_flags);
  return [
    el("p", { class: "report-patient" }, entry.patient_name),
    el(
      "p",
      { class: "report-facts" },
      el("span", { class: `urgency ${report.urgency}` }, urgencyWord(report.urgency)),
      el("span", { class: "quiet" }, standing(report.status, waitingWords(entry.wait_time_minutes))),
    ),
    el("p", { class: flags ? "report-flags" : "quiet" }, flags ? `Red flags: ${flags}` : "No red flags"),
    ...told("Chief complaint", el("p", { class: "said" }, report.chief_complaint)),
    ...(report.symptoms.length ? told("Symptoms", el("ul", { class: "symptoms" }, ...report.symptoms.map((each) => el("li", {}, each)))) : []),
    ...told("Preliminary assessment", el("p", { class: "assessment" }, report.assessment), el("p", { class: "quiet" }, origin(report))),
    ...(report.additional_notes ? told("Notes", el("p", { class: "said" }, report.additional_notes)) : []),
  ];
}

function standing(status, time) {
  return status === "pending" ? `Waiting ${time}` : `${statusWord(status)}, waiting ${time}`;
}

function origin({ degraded, confidence }) {
  return degraded ? "Made by the fixed rules alone, without the AI." : `Written by the AI, confidence ${Math.round(confidence * 100)} of 100.`;
}

function spoken(messages) {
  const lines = messages.map(({ role, content }) => el("li", {}, el("b", {}, SPEAKERS[role] ?? "MedAssist"), el("p", {}, content)));
  return told("Conversation", el("ol", { class: "spoken", role: "list", tabindex: "0", "aria-label": "Conversation" }, ...lines));
}

function told(title, ...contents) {
  return [el("h3", {}, title), ...contents];
}
