/** Feedback on one answer, and the summary at the end. */

import { counted, el } from "/page/dom.js";

/** One shape for both sources: the frame `evaluation_feedback` and the `evaluation` of a stored message. */
export function fromFrame(frame) {
  return shaped(frame.score, frame.content, frame.suggestions, frame.metadata?.keyword_matches);
}

export function fromStored(evaluation) {
  return shaped(evaluation.score, evaluation.feedback, evaluation.suggestions, evaluation.keyword_matches);
}

function shaped(score, comment, suggestions, keywords) {
  return { score, comment: comment ?? "", suggestions: suggestions ?? [], detected: keywords?.matched ?? [] };
}

/** @returns {HTMLElement} a group named "Feedback" with score, comment, keywords and suggestions */
export function feedbackCard({ score, comment, suggestions, detected }) {
  return el(
    "div",
    { class: `feedback ${band(score)}`, role: "group", "aria-label": "Feedback" },
    el("p", { class: "score" }, `Score: ${score}`),
    el("p", { class: "comment" }, comment),
    el("p", { class: "keywords" }, `Keywords detected: ${detected.length ? detected.join(", ") : "none"}`),
    suggestions.length
      ? el("ul", { class: "suggestions", role: "list", "aria-label": "Suggestions" }, ...suggestions.map((text) => el("li", {}, text)))
      : null,
  );
}

function band(score) {
  if (score >= 80) return "strong";
  return score >= 50 ? "fair" : "weak";
}

/** @returns {DocumentFragment} the body below the heading "Session summary" */
export function summaryBody(summary, status) {
  const body = document.createDocumentFragment();
  body.append(
    el("p", { class: "outcome" }, outcome(status)),
    el(
      "dl",
      { class: "figures" },
      figure("Exchanges", summary.total_exchanges),
      figure("Average score", summary.average_score ?? "none yet"),
      figure("Time used", minutes(summary.completion_time_minutes)),
    ),
    el("p", { class: "overall" }, summary.overall_feedback ?? ""),
    categories("Strengths", summary.strengths, "Nothing stood out yet."),
    categories("Improvements", summary.improvements, "Nothing to add: well done."),
  );
  return body;
}

function outcome(status) {
  return status === "completed"
    ? "You completed this training."
    : "You ended this training early, so it does not count as completed. You can start it again at any time.";
}

function figure(name, value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, String(value)));
}

function minutes(value) {
  return typeof value === "number" ? counted(value, "minute") : "unknown";
}

function categories(title, names, none) {
  const items = names?.length ? names.map((name) => el("li", {}, name)) : [el("li", { class: "none" }, none)];
  return el("div", { class: "categories" }, el("h3", {}, title), el("ul", { role: "list", "aria-label": title }, ...items));
}
