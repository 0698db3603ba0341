/** The consent text: one box for each thing to agree to, and all of them are needed. */

import * as api from "/page/api.js";
import { byId, el, problemLine } from "/page/parts.js";

const SENTENCES = {
  ai_use: "An artificial intelligence may read what I write.",
  preliminary_only: "The report is preliminary. It is no diagnosis and no prescription.",
  shared_with_nurse: "A nurse may read my conversation and my report.",
  limitations: "This is not for emergencies. In an emergency I call the emergency number.",
};

/** Shows the text in force; `then` is called when it has been agreed to. */
export async function askConsent(then) {
  byId("consent-text").textContent = "";
  byId("agreements").replaceChildren();
  byId("agree").disabled = true;
  problemLine("consent-problem", "");
  let text;
  try {
    text = await api.ask("/api/consent/active", "The text could not be loaded.");
  } catch (problem) {
    problemLine("consent-problem", problem.message);
    const retry = () => askConsent(then);
    byId("consent-problem").append(el("button", { type: "button", class: "secondary", on: { click: retry } }, "Try again"));
    return;
  }
  byId("consent-heading").textContent = text.title;
  byId("consent-text").textContent = text.content;
  const boxes = text.required_fields.map(agreement);
  byId("agreements").replaceChildren(...boxes.map(({ line }) => line));
  byId("agree").disabled = false;
  byId("consent-form").onsubmit = (event) => {
    event.preventDefault();
    submit(text, boxes, then);
  };
  byId("consent-heading").focus();
}

function agreement(name) {
  const id = `agree-${name}`;
  const box = el("input", { type: "checkbox", id, on: { change: () => problemLine("consent-problem", "") } });
  const line = el("div", { class: "agreement" }, box, el("label", { for: id }, SENTENCES[name] ?? name.replaceAll("_", " ")));
  return { name, box, line };
}

async function submit(text, boxes, then) {
  const open = boxes.find(({ box }) => !box.checked);
  if (open) {
    problemLine("consent-problem", "Please tick every box. Without your agreement the assistant may not read what you write.");
    open.box.focus();
    return;
  }
  byId("agree").disabled = true;
  try {
    const responses = Object.fromEntries(boxes.map(({ name }) => [name, true]));
    await api.ask("/api/consent/submit", "Your agreement could not be kept.", { method: "POST", body: { consent_id: text.id, responses } });
    then();
  } catch (problem) {
    problemLine("consent-problem", problem.message);
  } finally {
    byId("agree").disabled = false;
  }
}
