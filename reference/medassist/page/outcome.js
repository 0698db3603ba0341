/** What came of a report, in the words the patient may read. */

import { byId, el } from "/page/parts.js";
import { momentWords } from "/page/words.js";

const ADVICE = {
  immediate: "The nurse treats this as an emergency.",
  urgent: "The nurse treats this as urgent.",
  routine: "The nurse treats this as not urgent.",
};

/** Shows the region Outcome; without a report it only says that the conversation is closed. */
export function showOutcome(report) {
  byId("outcome-body").replaceChildren(...(report ? decided(report) : [el("p", {}, "This conversation was closed without a report.")]));
  byId("outcome").hidden = false;
}

function decided(report) {
  return [
    el("p", { class: "verdict" }, report.approved ? "A nurse has read and approved your report." : "A nurse has read your report and corrected the assessment."),
    ADVICE[report.urgency] ? el("p", {}, ADVICE[report.urgency]) : null,
    el("h3", {}, "Assessment"),
    el("p", { class: "assessment" }, report.assessment ?? ""),
    el("h3", {}, "What you told us"),
    el("p", { class: "told" }, report.chief_complaint),
    report.reviewed_at ? el("p", { class: "quiet" }, `Decided ${momentWords(report.reviewed_at)}`) : null,
  ].filter(Boolean);
}
