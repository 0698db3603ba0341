/** The first view: who are you, and what do you want to train? */

import * as api from "/page/api.js";
import { byId, counted, el } from "/page/dom.js";
import { keepName, lastName } from "/page/store.js";

const NAME_FORM = /^[A-Za-z0-9._-]{1,100}$/;

/** Shows the scenarios; `onStarted(session, scenario)` is called when the server has opened a session. */
export async function showChoices(onStarted, { notice = "", focus = false } = {}) {
  document.title = "ChatTrain: Select Training Scenario";
  byId("training").hidden = true;
  byId("choose").hidden = false;
  const name = byId("user-name");
  name.value ||= lastName();
  name.oninput = () => nameProblem("");
  say(notice);
  if (focus) byId("choose-heading").focus();
  await load(onStarted, notice);
}

async function load(onStarted, notice = "") {
  progress("Loading the scenarios …");
  byId("scenarios").replaceChildren();
  const again = el("button", { type: "button", class: "secondary", on: { click: () => load(onStarted) } }, "Load the scenarios again");
  try {
    const offered = await api.scenarios();
    say(notice);
    byId("scenarios").replaceChildren(...offered.map((scenario) => card(scenario, onStarted)));
    if (!offered.length) say("There is nothing to train at the moment. Ask your trainer when scenarios will be available, then load them again.", again);
  } catch (problem) {
    say(problem.message, again);
  }
  progress("");
}

function card(scenario, onStarted) {
  const { title, config } = scenario;
  const headingId = `scenario-${scenario.id}`;
  const start = el("button", { type: "button", "aria-label": `Start Training Session: ${title}` }, "Start Training Session");
  start.addEventListener("click", () => begin(scenario, start, onStarted));
  return el(
    "li",
    { class: "scenario", "aria-labelledby": headingId },
    el("h2", { id: headingId }, title),
    el("p", { class: "description" }, config.description ?? ""),
    el(
      "p",
      { class: "facts" },
      el("span", {}, counted(config.duration_minutes, "minute")),
      " ",
      el("span", { class: "difficulty" }, config.difficulty ?? ""),
      " ",
      el("span", {}, counted(config.documents?.length ?? 0, "document")),
    ),
    start,
  );
}

async function begin(scenario, button, onStarted) {
  const name = byId("user-name").value.trim();
  const wrong = wrongName(name);
  nameProblem(wrong);
  if (wrong) {
    byId("user-name").focus();
    return;
  }
  say("");
  progress("Starting your session …");
  const buttons = [...byId("scenarios").querySelectorAll("button")];
  // Not `disabled`: a disabled button loses the keyboard's place on the page.
  if (buttons.some((one) => one.getAttribute("aria-disabled") === "true")) return;
  buttons.forEach((one) => one.setAttribute("aria-disabled", "true"));
  try {
    const session = await api.startSession(scenario.id, name);
    keepName(name);
    onStarted(session, scenario);
  } catch (problem) {
    if (problem.field === "user_id") {
      nameProblem("This name was not accepted. Use letters, digits, dot, underscore or hyphen.");
      byId("user-name").focus();
    } else {
      say(problem.message);
    }
  } finally {
    buttons.forEach((one) => one.removeAttribute("aria-disabled"));
    progress("");
  }
}

function wrongName(name) {
  if (!name) return "Enter your pilot user name first, then start a session.";
  return NAME_FORM.test(name) ? "" : "Use only letters, digits, dot, underscore and hyphen, for example pilot_user_1.";
}

function nameProblem(text) {
  byId("user-name-error").textContent = text;
  byId("user-name").setAttribute("aria-invalid", String(Boolean(text)));
}

function say(text, action = null) {
  byId("choose-problem").replaceChildren(...(text ? [el("p", { class: "notice" }, text)] : []), ...(text && action ? [action] : []));
}

function progress(text) {
  byId("choose-progress").textContent = text;
}
